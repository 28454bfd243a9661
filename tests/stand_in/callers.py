"""Who is calling: passwords, tokens and organisations."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from tests.stand_in.answers import JSON_UTF8, Refusal, RefusedError
from tests.stand_in.rows import ADMIN, Account
from tests.stand_in.state import State

MAIN_ORG = 1
PASSWORDS = {"admin": "admin"}
MALFORMED = Refusal(401, "Invalid Basic Auth Header", traced=True, content_type=JSON_UTF8)


@dataclass(frozen=True)
class Caller:
    """An account, in the organisation that the request asks for."""

    account: Account
    org_id: int = MAIN_ORG


def identify(state: State, headers: Mapping[str, str], target_org: str = "") -> Caller | None:
    """The caller, or None without credentials.

    Args:
        state: where accounts and tokens are.
        headers: of the request, with lower-case names.
        target_org: the organisation that the URL asks for, which wins over the header.

    Raises:
        RefusedError: the credentials are wrong.
    """
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    asked = target_org or headers.get("x-grafana-org-id", "")
    org_id = int(asked) if asked.isdecimal() else MAIN_ORG
    if scheme == "Basic":
        login, password = _basic(secret)
        if login != "api_key":
            if PASSWORDS.get(login) != password:
                raise RefusedError(state.profile.bad_password)
            return Caller(ADMIN, org_id)
        scheme, secret = "Bearer", password
    if scheme != "Bearer":
        return None
    if secret not in state.tokens:
        raise RefusedError(state.profile.bad_token)
    if org_id != MAIN_ORG and state.profile.foreign_token:
        raise RefusedError(state.profile.foreign_token)
    return Caller(state.accounts[state.tokens[secret]])


def _basic(secret: str) -> tuple[str, str]:
    try:
        login, colon, password = base64.b64decode(secret, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        colon = ""
    if not colon:
        raise RefusedError(MALFORMED)
    return login, password
