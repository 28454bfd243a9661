"""What came from a Prometheus: its data, or one clear sentence for why it is none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import orjson

from cli.errors import Refused, RemoteError, Unreachable
from cli.grafana.received import Came
from cli.grafana.shown import shown
from cli.prometheus.failing import Declined, TooMuch, TooSlow
from cli.prometheus.hushed import hushed
from cli.prometheus.where import Where

UNAUTHORIZED, FORBIDDEN, NOT_FOUND, BAD_REQUEST, REDIRECT, SERVER = 401, 403, 404, 400, 300, 500
#: It asks us to wait, or has trouble: what it says then is no verdict on the query.
TROUBLE = (429, 500)
#: Prometheus' words for a query that was stopped, and for one that would fill its memory.
STOPPED = ("timeout", "canceled")
TOO_MANY = "too many samples"
NOT_UTF8 = "its answer holds bytes that are no UTF-8: each is shown as \ufffd"


class Said(NamedTuple):
    """The `data` of an answer, and Prometheus' warnings and remarks."""

    data: Any
    notes: tuple[str, ...] = ()


def heard(where: Where, came: Came, secrets: Collection[str] = ()) -> Said:
    """The answer's data; each way of not answering is an error of its own, whose words repeat none of our secrets."""
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
        told = (*_texts(said.get("warnings"), secrets), *_texts(said.get("infos"), secrets))
        return Said(said["data"], (*told, *notes))
    if isinstance(said, dict) and said.get("status") == "error" and status not in TROUBLE:
        words = shown(hushed(str(said.get("error") or "no reason given"), secrets), 400)
        if str(said.get("errorType")) in STOPPED:
            raise TooSlow(words)
        if TOO_MANY in words:
            raise TooMuch(words)
        if BAD_REQUEST <= status < SERVER and status not in (UNAUTHORIZED, FORBIDDEN):
            raise Declined(words)
    raise _other(where, came, text, hushed(_message(came, text, said), secrets))


def _other(where: Where, came: Came, text: str, message: str) -> RemoteError:
    """What answered is no Prometheus, or one that may not or cannot."""
    status, name = came.status_code, where.name
    told = f": {shown(message)}" if message else ""
    if "html" in str(came.headers.get("Content-Type") or "") or text.lstrip()[:1] == "<":
        if status < BAD_REQUEST:
            return Unreachable(f"{name} answers with a web page", fix="an address that no login page stands before")
        told = ": a web page"
    if REDIRECT <= status < BAD_REQUEST:
        return Unreachable(f"{name} sends us on, which is not followed", fix="the address that it sends us on to")
    if status in (UNAUTHORIZED, FORBIDDEN) or "Authentication to data source failed" in message:
        fix = "the role Viewer, or datasources:query" if where.source else "--token-file, or --user"
        return Refused(f"{name} does not let us ask ({status}{told})", fix=fix)
    if status == NOT_FOUND:
        what = "is not there" if where.source else "has no API of a Prometheus"
        return Unreachable(f"{name} {what} ({status}{told})", fix="its address, without /api and /graph")
    if status < BAD_REQUEST:
        return Unreachable(f"{name} answers with half an answer, or none that is JSON", fix="the same again, later")
    behind = ", which does not reach its Prometheus" if where.source and status in (502, 504) else ""
    return Unreachable(f"{name}{behind} has trouble of its own ({status}{told})", fix="the same again, later")


def is_stopped(came: Came) -> bool:
    """A query that Prometheus stopped is not asked again: it would be stopped again."""
    return any(f'"errorType":"{one}"'.encode() in came.content[:500] for one in STOPPED)


def _message(came: Came, text: str, said: Any) -> str:
    if isinstance(said, dict):
        return str(said.get("error") or said.get("message") or "")
    return text if str(came.headers.get("Content-Type") or "").startswith("text/plain") else ""


def _texts(said: Any, secrets: Collection[str]) -> list[str]:
    return [shown(hushed(str(one), secrets), 400) for one in said] if isinstance(said, list) else []
