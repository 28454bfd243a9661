"""What came back from a Grafana: read as what it should be, or told apart as what it is instead."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from cli.grafana import failure
from cli.grafana.address import Address

OK, REDIRECT, BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY, SERVER = 200, 300, 400, 401, 403, 404, 429, 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever it was."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def message(self) -> str:
        """Its own words for why not; empty where it has none that a person would read."""
        if str(self.headers.get("Content-Type") or "").startswith("text/plain"):
            return self.body.decode(errors="replace")
        return str(self.fields.get("message") or self.fields.get("error") or "")

    @property
    def fields(self) -> dict[str, Any]:
        """The body, when it is a JSON object; empty otherwise."""
        try:
            said: Any = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return {}
        return said if isinstance(said, dict) else {}


def value(where: Address, answer: Answer, doing: str, needs: str) -> Any:
    """The answer's JSON; each way of not answering is an error of its own.

    Args:
        where: who answered.
        answer: what came.
        doing: what was asked, for the error: "save the page".
        needs: the permission that it takes, should Grafana not name it.
    """
    status, message = answer.status, answer.message
    if status == OK:
        return _decoded(where, answer)
    if REDIRECT <= status < BAD_REQUEST:
        raise failure.redirected(where, "")  # a 3xx that does not say where to
    if status == UNAUTHORIZED:
        raise failure.wrong_token(where, message)
    if status == FORBIDDEN:
        raise failure.forbidden(doing, needs, message)
    if status == NOT_FOUND and not answer.fields:
        raise failure.no_api(where, status)
    if status == TOO_MANY or status >= SERVER:
        after = str(answer.headers.get("Retry-After") or "")
        raise failure.trouble(where, status, message, after)
    raise failure.refused(doing, status, message)


def _decoded(where: Address, answer: Answer) -> Any:
    kind = str(answer.headers.get("Content-Type") or "")
    if "html" in kind or answer.body.lstrip()[:1] == b"<":
        raise failure.login_page(where)
    try:
        return orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise failure.half(where) from error


@contextmanager
def understood(where: Address) -> Iterator[None]:
    """JSON, but not of the shape that a Grafana sends: as good as half an answer."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise failure.half(where) from error
