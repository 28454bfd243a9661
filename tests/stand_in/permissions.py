"""Who may do what: the roles' fixed grants, and those on single pages."""

import json
import random
from pathlib import Path

from tests.stand_in.answers import JSON_UTF8, Answer, say
from tests.stand_in.rows import ADMIN, Account, Page
from tests.stand_in.state import State

Grants = dict[str, list[str]]  # action -> scopes

# What each role has on an empty server, as `GET /api/access-control/user/permissions` said.
FIXED: dict[str, Grants] = json.loads(Path(__file__).with_name("grants.json").read_text())
ROLES = tuple(FIXED)

VIEW = ("dashboards:read",)
EDIT = ("dashboards:read", "dashboards:write", "dashboards:delete")
ON_PAGE = {"Viewer": VIEW, "Editor": EDIT}
ON_FOLDER = {
    "Viewer": (*VIEW, "folders:read"),
    "Editor": (*EDIT, "dashboards:create", "folders:read", "folders:write", "folders:delete"),
}
# Not recorded: the fixed roles of the documentation.
LIBRARY = {"Viewer": ("read",), "Editor": ("create", "delete", "read", "write")}
LIBRARY["Admin"] = LIBRARY["Editor"]
ON_SERVICE_ACCOUNT = (
    "serviceaccounts.permissions:read",
    "serviceaccounts.permissions:write",
    "serviceaccounts:delete",
    "serviceaccounts:read",
    "serviceaccounts:write",
)

# Grafana keeps an account's grants for a moment: a page that somebody else has just made is
# forbidden until then. The recording shows the effect, not the time, which is assumed here.
KEPT_SECONDS = 10.0


def grants_of(state: State, account: Account) -> Grants:
    """The account's actions and scopes, which may be some seconds old."""
    until, grants = state.grants.get(account.id, (0.0, {}))
    if state.clock.seconds() >= until:
        grants = _granted(state, account)
        state.grants[account.id] = (state.clock.seconds() + KEPT_SECONDS, grants)
    return grants


def forget_grants(state: State, account: Account) -> None:
    """Grafana reads an account's grants anew after the account itself has made something."""
    state.grants.pop(account.id, None)


def allows(grants: Grants, action: str, *scopes: str) -> bool:
    """Whether one of the scopes is granted; without scopes, whether the action is granted at all."""
    granted = grants.get(action, [])
    if not scopes:
        return bool(granted)
    return any(_covers(pattern, scope) for pattern in granted for scope in scopes)


def scopes_of(state: State, page: Page) -> tuple[str, ...]:
    """The scopes under which a page may be granted: its own, and those of the folders around."""
    around = [folder.uid for folder in state.ancestors(page)] or ["general"]
    own = f"folders:uid:{page.uid}" if page.is_folder else f"dashboards:uid:{page.uid}"
    return (own, *(f"folders:uid:{uid}" for uid in around))


def denied(*actions: str) -> Answer:
    """The answer to a caller without the permission."""
    needed = actions[0] if len(actions) == 1 else f"any of {', '.join(actions)}"
    digits = "".join(random.choices("0123456789", k=10))  # noqa: S311 - a label, not a secret
    body = {
        "accessErrorId": f"ACE{digits}",
        "message": f"You'll need additional permissions to perform this action. Permissions needed: {needed}",
        "title": "Access denied",
    }
    return say(body, 403, JSON_UTF8)


def _granted(state: State, account: Account) -> Grants:
    grants = {action: list(scopes) for action, scopes in FIXED[account.role].items()}
    if account == ADMIN:  # who makes a service account may manage it
        for other in state.accounts.values():
            for action in ON_SERVICE_ACCOUNT if other.is_service else ():
                grants[action].append(f"serviceaccounts:id:{other.id}")
    if state.profile.library_rights:
        for verb in LIBRARY[account.role]:
            grants[f"library.panels:{verb}"] = ["folders:*"]
    for page in state.pages.values():
        if page.born_at_root:
            kind, actions = ("folders", ON_FOLDER) if page.is_folder else ("dashboards", ON_PAGE)
            for action in actions.get(account.role, ()):
                grants.setdefault(action, []).append(f"{kind}:uid:{page.uid}")
    withheld = state.withheld.get(account.id, frozenset())
    return {action: scopes for action, scopes in sorted(grants.items()) if action not in withheld}


def _covers(pattern: str, scope: str) -> bool:
    return scope.startswith(pattern[:-1]) if pattern.endswith("*") else pattern == scope
