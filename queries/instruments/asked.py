"""One GET of an ASGI app, without a server: what it answers for `/metrics`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
App: TypeAlias = Callable[[Scope, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]
#: Seconds until an app that does not answer is given up.
LONGEST = 10
#: The content types that carry a page.
KINDS = ("text/plain", "application/openmetrics-text")


def asked(app: App, path: str, headers: Mapping[str, str]) -> bytes:
    """The body that an ASGI app answers to one GET; AssertionError where it answers something else than a page."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    status, body, kind = 0, b"", ""
    requests = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def run() -> None:
        answered = asyncio.Event()

        async def receive() -> Any:
            for request in requests:
                return request
            await answered.wait()  # a response that is streamed listens for the client's going until it is through
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            nonlocal status, body, kind
            if message["type"] == "http.response.start":
                status = message["status"]
                kind = {bytes(name).lower(): value for name, value in message.get("headers", ())}.get(
                    b"content-type", b""
                ).decode("latin-1")
            body += message.get("body", b"")
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                answered.set()

        await asyncio.wait_for(app(scope, receive, send), LONGEST)

    with ThreadPoolExecutor(1) as aside:  # the test itself may be running in a loop
        try:
            aside.submit(asyncio.run, run()).result()
        except TimeoutError as error:
            raise AssertionError(f"{path} does not answer within {LONGEST} s") from error
    if status != 200:  # noqa: PLR2004 - HTTP's OK
        raise AssertionError(f"{path} answers {status}" if status else f"{path} does not answer")
    if kind.partition(";")[0].strip().lower() not in KINDS:
        raise AssertionError(f"{path} answers {kind or 'no content type'}: Prometheus 3 reads {' or '.join(KINDS)}")
    return body
