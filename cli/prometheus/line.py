"""The line to a Prometheus, its own or through a Grafana: a question's JSON, or one clear sentence for why there is none.

Every question here only asks, so that each may be asked again.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import Any, NamedTuple, Self
from urllib.parse import quote, urlencode

import orjson

from cli.errors import Refused, RemoteError, Unreachable
from cli.grafana.address import Address
from cli.grafana.patience import Patience
from cli.grafana.question import Bound, NoAnswer, ask
from cli.grafana.session import Came, Straight
from cli.grafana.shown import shown
from cli.prometheus.failing import Declined, TooMuch, TooSlow

AGENT = "dashboards-py"
#: A longer URL is a form: what is on the way may take no more.
LONGEST_URL = 2_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE = Patience(tries=3, base=0.25, cap=2.0, longest_wait=10.0)
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, BAD_REQUEST, REDIRECT, SERVER = 401, 403, 404, 400, 300, 500
AGAIN = (429, 500, 502, 503, 504)
#: Prometheus' words for a query that was stopped, and for one that would fill its memory.
STOPPED = ("timeout", "canceled")
TOO_MANY = "too many samples"
NOT_UTF8 = "its answer holds bytes that are no UTF-8: each is shown as \ufffd"
#: Statuses of whoever is on the way and did not get through, by the word of why nothing came.
WHY = {
    "nobody": "nobody answers",
    "cut": "the connection breaks off",
    "tls": "no secure connection; http:// if it has no TLS",
    "untrusted": "its certificate is not trusted; --ca FILE names who signed it",
    "proxy": "the proxy on the way is not there, or does not let us through",
}


@dataclass(frozen=True, slots=True)
class Where:
    """A Prometheus.

    Attributes:
        address: of itself, or of the Grafana that knows it.
        source: uid of the Grafana's data source; empty for a Prometheus of its own.
        headers: which go with every question: a tenant's.
    """

    address: Address
    source: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """What a person would call it."""
        if self.source:
            return f"data source {shown(self.source)} of the Grafana at {self.address.url}"
        return f"the Prometheus at {self.address.url}"


class Said(NamedTuple):
    """The `data` of an answer, and Prometheus' warnings and remarks."""

    data: Any
    notes: tuple[str, ...] = ()


class Line:
    """A pool of connections to one Prometheus, safe to share between threads."""

    def __init__(self, where: Where, connections: int = 16, patience: Patience | None = None) -> None:
        self.where, self._patience, self._over = where, patience or PATIENCE, Event()
        self._below = f"/api/datasources/proxy/uid/{quote(where.source, safe='')}" if where.source else ""
        self._session = Straight(where.address, connections, {"User-Agent": AGENT, **_who(where), **where.headers})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.give_up()
        self._session.close()

    def give_up(self) -> None:
        """No more tries: what fails now has failed."""
        self._over.set()

    def said(self, path: str, of: Iterable[tuple[str, str]] = (), bound: Bound | None = None) -> Said:
        """What it says to a path below `/api/v1/`.

        Raises:
            Declined: it refuses the query.
            TooSlow: it took too long.
            TooMuch: more came than is taken.
            Unreachable: nobody is there, or somebody else.
            Refused: we may not ask.
        """
        query = urlencode([*of])
        whole = f"{self._below}/api/v1/{path}"
        is_form = len(query) > LONGEST_URL
        url = whole if is_form or not query else f"{whole}?{query}"
        body, headers = (query.encode(), FORM) if is_form else (None, None)
        for failed in count(1):
            after = ""
            try:
                came = ask(self._session, url, body, headers, bound)
            except NoAnswer as error:
                if error.word in ("slow", "large", "tls", "untrusted") or not self._waited(failed, after):
                    raise self._nothing(error, bound or Bound()) from error
                continue
            if came.status_code not in AGAIN or _stopped(came):
                return self._read(came)
            after = str(came.headers.get("Retry-After") or "")
            if not self._waited(failed, after):
                return self._read(came)
        raise AssertionError("counting ends nowhere")

    def _waited(self, failed: int, after: str) -> bool:
        if failed >= self._patience.tries or self._over.is_set():
            return False
        self._patience.sleep(self._over, self._patience.wait(failed, after))
        return not self._over.is_set()

    def _nothing(self, error: NoAnswer, bound: Bound) -> RemoteError:
        if error.word == "slow":
            return TooSlow(f"no answer within {bound.seconds:g} s")
        if error.word == "large":
            return TooMuch(f"the answer is larger than {bound.largest // 2**20} MB")
        return Unreachable(f"{self.where.name}: {WHY[error.word]}", fix="look whether it is there, and its address")

    def _read(self, came: Came) -> Said:
        """The answer's data; each way of not answering is an error of its own."""
        status, body = came.status_code, came.content
        notes: tuple[str, ...] = ()
        try:
            text = body.decode()
        except UnicodeDecodeError:
            text, notes = body.decode(errors="replace"), (NOT_UTF8,)
        try:
            said = orjson.loads(text)
        except ValueError:
            said = None
        if isinstance(said, dict) and said.get("status") == "success" and "data" in said and status < REDIRECT:
            told = (*_texts(said.get("warnings")), *_texts(said.get("infos")))
            return Said(said["data"], (*told, *notes))
        if isinstance(said, dict) and said.get("status") == "error" and status not in AGAIN[:2]:
            words = shown(str(said.get("error") or "no reason given"), 400)
            if str(said.get("errorType")) in STOPPED:
                raise TooSlow(words)
            if TOO_MANY in words:
                raise TooMuch(words)
            if BAD_REQUEST <= status < SERVER and status not in (UNAUTHORIZED, FORBIDDEN):
                raise Declined(words)
        raise self._other(came, text, said)

    def _other(self, came: Came, text: str, said: Any) -> RemoteError:
        """What answered is no Prometheus, or one that may not or cannot."""
        status, name = came.status_code, self.where.name
        message = _message(came, text, said)
        told = f": {shown(message)}" if message else ""
        if "html" in str(came.headers.get("Content-Type") or "") or text.lstrip()[:1] == "<":
            if status < BAD_REQUEST:
                return Unreachable(f"{name} answers with a web page", fix="an address that no login page stands before")
            told = ": a web page"
        if REDIRECT <= status < BAD_REQUEST:
            return Unreachable(f"{name} sends us on, which is not followed", fix="the address that it sends us on to")
        if status in (UNAUTHORIZED, FORBIDDEN) or "Authentication to data source failed" in message:
            fix = "the role Viewer, or datasources:query" if self.where.source else "--token-file, or --user"
            return Refused(f"{name} does not let us ask ({status}{told})", fix=fix)
        if status == NOT_FOUND:
            what = "is not there" if self.where.source else "has no API of a Prometheus"
            return Unreachable(f"{name} {what} ({status}{told})", fix="its address, without /api and /graph")
        if status < BAD_REQUEST:
            return Unreachable(f"{name} answers with half an answer, or none that is JSON", fix="the same again, later")
        behind = ", which does not reach its Prometheus" if self.where.source and status in (502, 504) else ""
        return Unreachable(f"{name}{behind} has trouble of its own ({status}{told})", fix="the same again, later")


def _who(where: Where) -> Mapping[str, str]:
    """Who asks, as a header; in which organisation of a Grafana."""
    credentials = where.address.credentials
    organisation = where.address.organisation
    headers = {"X-Grafana-Org-Id": str(organisation)} if organisation and where.source else {}
    if credentials.token:
        return {**headers, "Authorization": f"Bearer {credentials.token}"}
    if credentials.user:
        said = f"{credentials.user}:{credentials.password}".encode()
        return {**headers, "Authorization": f"Basic {base64.b64encode(said).decode()}"}
    return headers


def _stopped(came: Came) -> bool:
    """A query that Prometheus stopped is not asked again: it would be stopped again."""
    return any(f'"errorType":"{one}"'.encode() in came.content[:500] for one in STOPPED)


def _message(came: Came, text: str, said: Any) -> str:
    if isinstance(said, dict):
        return str(said.get("error") or said.get("message") or "")
    return text if str(came.headers.get("Content-Type") or "").startswith("text/plain") else ""


def _texts(said: Any) -> list[str]:
    return [shown(str(one), 400) for one in said] if isinstance(said, list) else []
