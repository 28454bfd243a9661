"""A request, and what a handler knows about it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn, TypeVar
from urllib.parse import parse_qs

from tests.stand_in.answers import BAD_REQUEST, Json, RefusedError
from tests.stand_in.callers import Caller
from tests.stand_in.permissions import Grants, allows, grants_of, scopes_of
from tests.stand_in.profiles import Profile
from tests.stand_in.rows import ADMIN, Page
from tests.stand_in.state import State

T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """One request as it came in; the names of its headers are in lower case."""

    method: str
    path: str  # with the query, as sent
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""

    @property
    def body(self) -> Any:
        """The body as JSON, as text when it is none, or None when it is empty."""
        try:
            return json.loads(self.raw) if self.raw else None
        except ValueError:
            return self.raw.decode(errors="replace")

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """The parameters of the URL."""
        return parse_qs(self.path.partition("?")[2])


@dataclass(frozen=True)
class Call:
    """A request that found its route, with the server's state."""

    state: State
    request: Request
    caller: Caller = field(default_factory=lambda: Caller(ADMIN))
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def profile(self) -> Profile:
        """How this Grafana differs from others."""
        return self.state.profile

    @property
    def grants(self) -> Grants:
        """What the caller may do."""
        return grants_of(self.state, self.caller.account)

    def may(self, action: str, page: Page) -> bool:
        """Whether the caller may do that to the page."""
        return allows(self.grants, action, *scopes_of(self.state, page))

    def json(self) -> Json:
        """The body, which must be a JSON object and be said to be one."""
        if "json" not in self.request.headers.get("content-type", ""):
            raise RefusedError(BAD_REQUEST)
        try:
            body = json.loads(self.request.raw, parse_constant=_no_constant)
        except ValueError:
            raise RefusedError(BAD_REQUEST) from None
        if not isinstance(body, dict):
            raise RefusedError(BAD_REQUEST)
        return body

    def number(self, name: str, default: int) -> int:
        """A number from the URL; `default` when it is missing, no number, or not positive."""
        text = self.request.query.get(name, [""])[0]
        return int(text) if text.isdecimal() and int(text) > 0 else default


def value_of(body: Json, key: str, default: T) -> T:
    """The value in a body, of the default's type: Go refuses another one, and reads null as none."""
    value = body.get(key)
    if value is None:
        return default
    if type(value) is not type(default):
        raise RefusedError(BAD_REQUEST)
    typed: T = value
    return typed


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is Python's, not JSON")
