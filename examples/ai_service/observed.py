"""Every request: it has an id, its lines bear it, it is timed and counted; a part that is gone answers none."""

from __future__ import annotations

import re
from asyncio import CancelledError
from collections.abc import Callable
from time import perf_counter
from typing import Any, NamedTuple
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, bound_contextvars

from . import reports
from .logs import Log, failure

#: What is taken of a caller's id: no line break may forge a line, and none is as long as a page.
LONGEST = 64
UNSAFE = re.compile(r"[^A-Za-z0-9._:-]")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
#: What no route knows; its path may be anything, and so is no label.
NO_ROUTE = "none"
#: Asked by machines all the time: not worth a line.
QUIET = ("/metrics", "/healthz", "/readyz")
CONTROL = "/control"
#: nginx's word for a caller who did not wait: nobody's error.
CALLER_GONE = 499
#: Bytes of a body: what all routes take, and no more of it is read.
LONGEST_BODY = 1_000_000
TOO_LONG = f"longer than {LONGEST_BODY} bytes"


class Seen(NamedTuple):
    """A request that was answered.

    Attributes:
        handler: the path as its route spells it.
        method: GET, POST, ...
        status: HTTP's number.
        seconds: until the last byte.
        received: length of the body that came.
        sent: of the one that went.
    """

    handler: str
    method: str
    status: int
    seconds: float
    received: int
    sent: int


class Observed:
    """Middleware around one app.

    Args:
        app: it.
        log: the app's.
        observe: counts what was answered.
        gone: whether the part is; then nothing but its control answers, as of a process that hangs.
    """

    def __init__(self, app: ASGIApp, log: Log, observe: Callable[[Seen], None], gone: Callable[[], bool]) -> None:
        self._app, self._log, self._observe, self._gone = app, log, observe, gone

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._gone() and not scope["path"].startswith(CONTROL):
            await PlainTextResponse("gone", status_code=503)(scope, receive, send)
            return
        await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        request_id = clean(headers.get("x-request-id", "")) or uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        declared = headers.get("content-length", "")
        seen = {"status": 0, "received": 0, "sent": 0}

        async def received() -> Message:
            # raised where a route reads: so who may not speak is refused before, and the answer is the app's
            if declared.isdecimal() and int(declared[:LONGEST]) > LONGEST_BODY:
                raise HTTPException(413, TOO_LONG)
            message = await receive()
            seen["received"] += len(message.get("body", b""))
            if seen["received"] > LONGEST_BODY:
                raise HTTPException(413, TOO_LONG)
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message = {**message, "headers": [*message["headers"], (b"x-request-id", request_id.encode())]}
            seen["sent"] += len(message.get("body", b""))
            await send(message)

        with bound_contextvars(request_id=request_id, user_id=clean(headers.get("x-user-id", "")), path=scope["path"]):
            began = perf_counter()
            try:
                await self._app(scope, received, sent)
            except CancelledError:
                seen["status"] = CALLER_GONE
                raise
            except Exception as problem:  # noqa: BLE001 - nobody behind us would say it without repeating the request
                reports.error(problem)
                self._log.error("failed", **failure(problem))
                if not seen["status"]:
                    said = {"error": "internal error", "request_id": request_id}
                    await JSONResponse(said, 500)(scope, received, sent)
            finally:
                self._answered(scope, perf_counter() - began, seen)

    def _answered(self, scope: Scope, seconds: float, seen: dict[str, int]) -> None:
        route: Any = scope.get("route")
        handler = getattr(route, "path", NO_ROUTE)
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._observe(Seen(handler, method, seen["status"] or 500, seconds, seen["received"], seen["sent"]))
        if handler not in QUIET:
            said = {"method": method, "status": seen["status"] or 500, "latency": round(seconds, 6)}
            self._log.info("request", **said, request_length=seen["received"], response_length=seen["sent"])


def clean(said: str) -> str:
    """What may stand in a log of what a caller says."""
    return UNSAFE.sub("", said)[:LONGEST]


def caller(name: str) -> None:
    """Whose request it is, as their key says; all later lines bear it."""
    bind_contextvars(user_id=clean(name))
