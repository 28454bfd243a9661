"""Which path leads to which handler, and what a caller needs to get there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import unquote

from tests.stand_in import (
    accounts,
    alerting,
    annotations,
    dashboards,
    data_sources,
    discovery,
    folders,
    history,
    library,
    notifying,
    proxy,
    resources,
    rule_views,
    search,
    site,
)
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

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        one = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        return re.compile(re.sub(r"\{\*(\w+)\}", r"(?P<\1>.*)", one))

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The parameters in the path, or None when the route is another one."""
        found = self._pattern.fullmatch(path) if method == self.method else None
        return {name: unquote(text) for name, text in found.groupdict().items()} if found else None


PAGE = "/api/dashboards/uid/{uid}"
BEHIND = "/api/datasources/proxy/uid/{uid}/{*rest}"
ELEMENT = "/api/library-elements/{uid}"
FOLDER = "/api/folders/{uid}"
THIS_FOLDER = "folders:uid:{uid}"
WRITE = ("dashboards:write",)
SAVE = ("dashboards:create", "dashboards:write")

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OBJECTS = "/apis/{group}/{version}/namespaces/{namespace}/{plural}"
RESOURCES = (
    Route("GET", "/apis", discovery.groups),
    Route("GET", "/apis/{group}", discovery.group),
    Route("GET", "/apis/{group}/{version}", discovery.kinds),
    *(Route(verb, OBJECTS, resources.collection) for verb in VERBS),
    *(Route(verb, f"{OBJECTS}/{{name}}", resources.single) for verb in VERBS),
)

PROVISIONING = "/api/v1/provisioning"
SEE, CHANGE = ("alert.provisioning:read",), ("alert.provisioning:write",)
RULES, GROUP = f"{PROVISIONING}/alert-rules", f"{PROVISIONING}/folder/{{folder}}/rule-groups/{{group}}"
POINTS, TIMINGS = f"{PROVISIONING}/contact-points", f"{PROVISIONING}/mute-timings"
TREE, TEMPLATES = f"{PROVISIONING}/policies", f"{PROVISIONING}/templates"
ALERTING = (
    Route("GET", RULES, alerting.list_all, SEE),
    Route("POST", RULES, alerting.post, CHANGE),
    Route("GET", f"{RULES}/{{uid}}", alerting.get, SEE),
    Route("PUT", f"{RULES}/{{uid}}", alerting.put, CHANGE),
    Route("DELETE", f"{RULES}/{{uid}}", alerting.delete, CHANGE),
    Route("GET", GROUP, alerting.get_group, SEE),
    Route("PUT", GROUP, alerting.put_group, CHANGE),
    Route("DELETE", GROUP, alerting.delete_group, CHANGE),
    Route("GET", POINTS, notifying.list_points, SEE),
    Route("POST", POINTS, notifying.post_point, CHANGE),
    Route("PUT", f"{POINTS}/{{uid}}", notifying.put_point, CHANGE),
    Route("DELETE", f"{POINTS}/{{uid}}", notifying.delete_point, CHANGE),
    Route("GET", TREE, notifying.get_tree, SEE),
    Route("PUT", TREE, notifying.put_tree, CHANGE),
    Route("DELETE", TREE, notifying.delete_tree, CHANGE),
    Route("GET", TIMINGS, notifying.list_timings, SEE),
    Route("POST", TIMINGS, notifying.post_timing, CHANGE),
    Route("PUT", f"{TIMINGS}/{{name}}", notifying.put_timing, CHANGE),
    Route("DELETE", f"{TIMINGS}/{{name}}", notifying.delete_timing, CHANGE),
    Route("GET", TEMPLATES, notifying.list_templates, SEE),
    Route("PUT", f"{TEMPLATES}/{{name}}", notifying.put_template, CHANGE),
    Route("DELETE", f"{TEMPLATES}/{{name}}", notifying.delete_template, CHANGE),
    Route("GET", "/api/ruler/grafana/api/v1/rules", rule_views.ruler, ("alert.rules:read",)),
    Route("GET", "/api/prometheus/grafana/api/v1/rules", rule_views.states, ("alert.rules:read",)),
)

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
    Route("GET", "/api/datasources", data_sources.list_all, ("datasources:read",)),
    Route("POST", "/api/datasources", data_sources.post, ("datasources:create",)),
    Route("GET", "/api/datasources/uid/{uid}", data_sources.get, ("datasources:read",)),
    Route("GET", "/api/datasources/name/{name}", data_sources.get_by_name, ("datasources:read",)),
    Route("GET", "/api/datasources/uid/{uid}/health", data_sources.health, ("datasources:query",)),
    Route("GET", BEHIND, proxy.forward, ("datasources:query",)),
    Route("POST", BEHIND, proxy.forward, ("datasources:query",)),
    Route("POST", "/api/ds/query", proxy.query, ("datasources:query",)),
    Route("GET", "/api/library-elements", library.list_all),
    Route("POST", "/api/library-elements", library.post),
    Route("GET", "/api/library-elements/name/{name}", library.get_by_name),
    Route("GET", ELEMENT, library.get),
    Route("PATCH", ELEMENT, library.patch),
    Route("DELETE", ELEMENT, library.delete),
    Route("GET", f"{ELEMENT}/connections/", library.list_connections),
    Route("GET", "/api/annotations", annotations.list_some, ("annotations:read",)),
    Route("POST", "/api/annotations", annotations.post, ("annotations:create",)),
    Route("DELETE", "/api/annotations/{id}", annotations.delete, ("annotations:delete",)),
    *ALERTING,
)


def answer(state: State, request: Request, slip: Callable[[], object] | None = None) -> Answer:
    """What the server says to a request, after doing what it asks for; `slip` happens in the middle of a save."""
    path = request.path.partition("?")[0]
    as_resource = bool(state.profile.apis) and path.startswith("/apis")
    params: dict[str, str] | None = {}
    with state.lock:
        state.slip = slip
        try:
            for route in RESOURCES if as_resource else ROUTES:
                params = route.match(request.method, path)
                if params is not None:
                    return _enter(state, request, route, params)
            _caller(state, request)  # wrong credentials are refused before a wrong path
        except RefusedError as error:
            return resources.refused(error.refusal, params or {}) if as_resource else error.refusal.answer()
        finally:
            state.slip = None
    return discovery.NO_PAGE if as_resource else NO_ROUTE.answer()


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
