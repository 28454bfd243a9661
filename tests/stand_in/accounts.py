"""Handlers of service accounts, their tokens, and what the caller is and may do."""

import secrets

from tests.stand_in.answers import Answer, Refusal, RefusedError, say
from tests.stand_in.callers import MAIN_ORG
from tests.stand_in.calls import Call, value_of
from tests.stand_in.permissions import ROLES, denied, forget_grants
from tests.stand_in.rows import ADMIN, Account

NAME_TAKEN = Refusal(400, "Failed to create service account", traced=True)
BAD_ROLE = Refusal(400, "invalid role specified")
NO_ACCOUNT = Refusal(404, "Failed to retrieve service account")
TOKEN_TAKEN = Refusal(409, "API key already exists")
NO_USER = Refusal(404, "user not found")
NO_ORG = Refusal(404, "Organization not found", traced=True)
ADDRESS = dict.fromkeys(("address1", "address2", "city", "zipCode", "state", "country"), "")


def post_account(call: Call) -> Answer:
    """Create a service account."""
    body = call.json()
    name, role = value_of(body, "name", ""), value_of(body, "role", "") or "Viewer"
    if role not in ROLES:
        raise RefusedError(BAD_ROLE)
    login = f"sa-{name.lower().replace(' ', '-')}"
    if any(account.login == login for account in call.state.accounts.values()):
        raise RefusedError(NAME_TAKEN)
    account = call.state.join(login, name, role, is_service=True)
    forget_grants(call.state, call.caller.account)
    shown = {
        "id": account.id,
        "name": name,
        "login": login,
        "orgId": MAIN_ORG,
        "isDisabled": False,
        "role": role,
        "tokens": 0,
        "avatarUrl": _avatar(account),
    }
    return say(shown, 201)


def post_token(call: Call) -> Answer:
    """Create a token; only this answer shows its key."""
    text = call.params["account"]
    account = call.state.accounts.get(int(text)) if text.isdecimal() else None
    if not account or not account.is_service:
        raise RefusedError(NO_ACCOUNT)
    name = value_of(call.json(), "name", "")
    if (account.id, name) in call.state.token_names:
        raise RefusedError(TOKEN_TAKEN)
    call.state.token_names.add((account.id, name))
    key = f"glsa_{secrets.token_hex(16)}_{secrets.token_hex(4)}"
    call.state.tokens[key] = account.id
    return say({"id": call.state.next_id("token"), "name": name, "key": key})


def permissions(call: Call) -> Answer:
    """The caller's actions, with their scopes."""
    return say(call.grants)


def actions(call: Call) -> Answer:
    """The caller's actions."""
    return say(dict.fromkeys(call.grants, True))


def org(call: Call) -> Answer:
    """The organisation that the request asks for."""
    if call.caller.org_id != MAIN_ORG:
        raise RefusedError(NO_ORG)
    return say({"id": MAIN_ORG, "name": "Main Org.", "address": ADDRESS})


def orgs(call: Call) -> Answer:
    """All organisations, which only the server's admin may list."""
    if call.caller.account != ADMIN:
        return denied("orgs:read")
    return say([{"id": MAIN_ORG, "name": "Main Org."}])


def user(call: Call) -> Answer:
    """The calling user; a service account is none."""
    account = call.caller.account
    if account.is_service:
        raise RefusedError(NO_USER)
    return say(
        {
            "id": account.id,
            "email": f"{account.login}@localhost",
            "name": account.name,
            "login": account.login,
            "theme": "",
            "orgId": MAIN_ORG,
            "isGrafanaAdmin": account == ADMIN,
            "isDisabled": False,
            "isExternal": False,
            "authLabels": [],
            "updatedAt": "2023-01-01T00:00:00Z",
            "createdAt": "2023-01-01T00:00:00Z",
            "avatarUrl": _avatar(account),
        }
    )


def user_orgs(call: Call) -> Answer:
    """The organisations of the calling user."""
    account = call.caller.account
    row = {"orgId": MAIN_ORG, "name": "Main Org.", "role": account.role}
    return say([] if account.is_service else [row])


def _avatar(account: Account) -> str:
    return f"/avatar/{account.id:032x}"
