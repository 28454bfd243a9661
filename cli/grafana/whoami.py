"""Who we are to a Grafana, and what else it says of itself; no push asks this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from cli.errors import RemoteError
from cli.grafana.address import Address
from cli.grafana.answer import OK, UNAUTHORIZED, Answer
from cli.grafana.offer import DASHBOARDS, FOLDERS, offered
from cli.grafana.patience import Patience
from cli.grafana.wire import Wire

NOT_FOUND = 404
#: How Grafana begins the login of a service account, where it tells it at all.
SERVICE = "sa-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whoami:
    """What it said; whatever it did not say is empty.

    Attributes:
        name: of the account: a login, or what the account is.
        is_admin: of the whole server.
        organisation: its number; 0 where it is not told.
        organisation_name: what people call it.
        apis: the versions of each group of `/apis` that pages and folders are in.
        enough: a push could speak it.
        clock: what its clock says.
    """

    name: str = ""
    is_admin: bool = False
    organisation: int = 0
    organisation_name: str = ""
    apis: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    enough: bool = False
    clock: datetime | None = None


def whoami(where: Address, patience: Patience) -> Whoami:
    """Ask; never fails, for nothing depends on it."""
    with Wire(where, 1, patience) as wire:
        user, organisation = _answer(wire, "/api/user"), _answer(wire, "/api/org")
        apis = {group: _versions(_answer(wire, f"/apis/{group}")) for group in (DASHBOARDS, FOLDERS)}
        enough = _is_enough(wire)
    said = organisation.fields if organisation.status == OK else {}
    return Whoami(
        name=_name(user, where),
        is_admin=user.status == OK and user.fields.get("isGrafanaAdmin") is True,
        organisation=said["id"] if isinstance(said.get("id"), int) else 0,
        organisation_name=str(said.get("name") or ""),
        apis={group: versions for group, versions in apis.items() if versions},
        enough=enough,
        clock=_clock(user),
    )


def _answer(wire: Wire, path: str) -> Answer:
    try:
        return wire.get(path)
    except RemoteError:
        return Answer(0, {}, b"")


def _is_enough(wire: Wire) -> bool:
    try:
        return offered(wire) is not None
    except RemoteError:
        return False


def _name(user: Answer, where: Address) -> str:
    """A service account has no user of its own: Grafana answers 404, and that is no error."""
    login = str(user.fields.get("login") or "") if user.status == OK else ""
    if login:
        return f"the service account {login}" if login.startswith(SERVICE) else f"the user {login}"
    if user.status == NOT_FOUND and where.credentials.token:
        return "a service account"
    return "nobody: no credentials are given" if user.status == UNAUTHORIZED and not where.credentials.kind else ""


def _versions(group: Answer) -> tuple[str, ...]:
    said: Any = group.fields.get("versions") if group.status == OK else None
    named = [one.get("version") for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    return tuple(str(version) for version in named if version)


def _clock(answer: Answer) -> datetime | None:
    try:
        clock = parsedate_to_datetime(str(answer.headers.get("Date") or ""))
    except (ValueError, OverflowError):
        return None
    return clock if clock.tzinfo else None
