"""Which path leads to which handler, and what a caller needs to get there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from tests.stand_in import accounts, dashboards, folders, history, search, site
from tests.stand_in.answers import NO_ROUTE, Answer, RefusedError
from tests.stand_in.callers import MAIN_ORG, Caller, identify
from tests.stand_in.calls import Call, Request
from tests.stand_in.permissions import allows, denied
from tests.stand_in.state import State

Door = Literal["open", "login", "browser"]  # open to all, 401 or a redirect without a login


@dataclass(frozen=True)
class Route:
    """One endpoint."""

    method: str
    path: str
    handler: Callable[[Call], Answer]
    needs: tuple[str, ...] = ()  # any of these actions
    scope: str = ""  # on this scope; without one, on any
    door: Door = "login"

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The parameters in the path, or None when the route is another one."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path) if method == self.method else None
        return {name: unquote(text) for name, text in found.groupdict().items()} if found else None


PAGE = "/api/dashboards/uid/{uid}"
FOLDER = "/api/folders/{uid}"
THIS_FOLDER = "folders:uid:{uid}"
WRITE = ("dashboards:write",)
SAVE = ("dashboards:create", "dashboards:write")

ROUTES = (
    Route("GET", "/", site.web_page, door="browser"),
    Route("GET", "/d/{uid}/{slug}", site.web_page, door="browser"),
    Route("GET", "/login", site.web_page, door="open"),
    Route("GET", "/healthz", site.healthz, door="open"),
    Route("GET", "/api/health", site.health, door="open"),
    Route("GET", "/api/login/ping", site.ping),
    Route("GET", "/api/frontend/settings", site.settings),
    Route("GET", "/api/org", accounts.org),
    Route("GET", "/api/orgs", accounts.orgs),
    Route("GET", "/api/user", accounts.user),
    Route("GET", "/api/user/orgs", accounts.user_orgs),
    Route("GET", "/api/access-control/user/permissions", accounts.permissions),
    Route("GET", "/api/access-control/user/actions", accounts.actions),
    Route("POST", "/api/serviceaccounts", accounts.post_account, ("serviceaccounts:create",)),
    Route(
        "POST",
        "/api/serviceaccounts/{account}/tokens",
        accounts.post_token,
        ("serviceaccounts:write",),
        "serviceaccounts:id:{account}",
    ),
    Route("POST", "/api/dashboards/db", dashboards.post, SAVE),
    Route("POST", "/api/dashboards/import", dashboards.import_one, SAVE),
    Route("POST", "/api/dashboards/calculate-diff", history.calculate_diff, WRITE),
    Route("GET", "/api/dashboards/tags", search.list_tags),
    Route("GET", PAGE, dashboards.get, ("dashboards:read",)),
    Route("DELETE", PAGE, dashboards.delete, ("dashboards:delete",)),
    Route("GET", f"{PAGE}/versions", history.list_versions, WRITE),
    Route("GET", f"{PAGE}/versions/{{version}}", history.get_version, WRITE),
    Route("POST", f"{PAGE}/restore", history.restore, WRITE),
    Route("GET", "/api/search", search.search),
    Route("GET", "/api/folders", folders.list_folders, ("folders:read",)),
    Route("POST", "/api/folders", folders.post, ("folders:create",)),
    Route("GET", FOLDER, folders.get, ("folders:read",), THIS_FOLDER),
    Route("PUT", FOLDER, folders.put, ("folders:write",), THIS_FOLDER),
    Route("DELETE", FOLDER, folders.delete, ("folders:delete",), THIS_FOLDER),
    Route("GET", f"{FOLDER}/counts", folders.counts, ("folders:read",), THIS_FOLDER),
    Route("POST", f"{FOLDER}/move", folders.move, ("folders:write",), THIS_FOLDER),
    Route("GET", "/api/datasources", site.nothing_yet, ("datasources:read",)),
    Route(
        "GET",
        "/api/v1/provisioning/alert-rules",
        site.nothing_yet,
        ("alert.provisioning:read",),
    ),
)


def answer(state: State, request: Request) -> Answer:
    """What the server says to a request, after doing what it asks for."""
    path = request.path.partition("?")[0]
    with state.lock:
        try:
            for route in ROUTES:
                params = route.match(request.method, path)
                if params is not None:
                    return _enter(state, request, route, params)
            _caller(state, request)  # wrong credentials are refused before a wrong path
        except RefusedError as error:
            return error.refusal.answer()
    return NO_ROUTE.answer()


def _enter(state: State, request: Request, route: Route, params: dict[str, str]) -> Answer:
    if route.door == "open":
        return route.handler(Call(state, request))
    caller = _caller(state, request)
    if not caller:
        if route.door == "browser":
            return site.TO_LOGIN
        raise RefusedError(state.profile.no_login)
    call = Call(state, request, caller, params)
    scopes = _scopes(state, route, params)
    foreign = caller.org_id != MAIN_ORG  # nobody here is a member of another organisation
    if route.needs and (foreign or not any(allows(call.grants, action, *scopes) for action in route.needs)):
        return denied(*route.needs)
    return route.handler(call)


def _scopes(state: State, route: Route, params: dict[str, str]) -> tuple[str, ...]:
    if not route.scope:
        return ()
    folder = state.folder(params["uid"]) if "uid" in params else None
    around = [f"folders:uid:{one.uid}" for one in state.ancestors(folder)] if folder else []
    return (route.scope.format(**params), *around)


def _caller(state: State, request: Request) -> Caller | None:
    return identify(state, request.headers, request.query.get("targetOrgId", [""])[0])
