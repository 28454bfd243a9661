"""What came back from a Grafana: read as what it should be, or told apart as what it is instead."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cli import reading
from cli.grafana import failure
from cli.grafana.address import Address

OK, CREATED, REDIRECT, BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 200, 201, 300, 400, 401, 403, 404
NO_PROXY, TOO_MANY, SERVER = 407, 429, 500
DONE = (OK, CREATED)
#: No value that JSON can have.
NO_JSON = object()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever it was; `json` is NO_JSON where it is none."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    json: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            said = reading.parsed(self.body)
        except ValueError:
            said = NO_JSON
        object.__setattr__(self, "json", said)

    @property
    def message(self) -> str:
        """Its own words for why not; empty where it has none that a person would read."""
        if str(self.headers.get("Content-Type") or "").startswith("text/plain"):
            return self.body.decode(errors="replace")
        return str(self.fields.get("message") or self.fields.get("error") or "")

    @property
    def fields(self) -> dict[str, Any]:
        """The body, when it is a JSON object; empty otherwise."""
        return self.json if isinstance(self.json, dict) else {}

    @property
    def is_page(self) -> bool:
        """It is for people to look at: a login page, or a proxy's."""
        return "html" in str(self.headers.get("Content-Type") or "") or self.body.lstrip()[:1] == b"<"

    @property
    def is_half(self) -> bool:
        """It should be JSON, and is none."""
        return self.json is NO_JSON and not self.is_page


def value(where: Address, answer: Answer, doing: str, needs: str) -> Any:
    """The answer's JSON; each way of not answering is an error of its own.

    Args:
        where: who answered.
        answer: what came.
        doing: what was asked, for the error: "save the page".
        needs: the permission that it takes, should Grafana not name it.
    """
    if (status := answer.status) in DONE:
        return _decoded(where, answer)
    message = answer.message
    if REDIRECT <= status < BAD_REQUEST:
        raise failure.redirected(where, str(answer.headers.get("Location") or ""))
    if status == UNAUTHORIZED:
        raise failure.wrong_token(where, message)
    if status == FORBIDDEN:
        raise failure.forbidden(doing, needs, message)
    if status == NOT_FOUND and not answer.fields:
        raise failure.no_api(where, status)
    if status == NO_PROXY:
        raise failure.no_proxy(where)
    if status == TOO_MANY or status >= SERVER:
        after = str(answer.headers.get("Retry-After") or "")
        raise failure.trouble(where, status, message, after)
    raise failure.refused(doing, status, message)


def _decoded(where: Address, answer: Answer) -> Any:
    if answer.is_page:
        raise failure.login_page(where)
    if answer.is_half:
        raise failure.half(where)
    return answer.json


@contextmanager
def understood(where: Address) -> Iterator[None]:
    """JSON, but not of the shape that a Grafana sends: as good as half an answer."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise failure.half(where) from error
