"""What nginx would say of the backend that it stands before: its `stub_status` page, simulated.

nginx exports nothing itself. Its exporter reads this page, as it would that of a real one.
"""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

STATUS = "/stub_status"
#: As nginx' ngx_http_stub_status_module writes it, with the spaces at its ends.
PAGE = (
    "Active connections: {active} \n"
    "server accepts handled requests\n"
    " {requests} {requests} {requests} \n"
    "Reading: 0 Writing: {active} Waiting: 0 \n"
)


class Gateway:
    """Middleware that counts as an nginx without keep-alive: each request is a connection, also one for the page.

    Args:
        app: what it stands before.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._requests, self._active = app, 0, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._requests += 1
        self._active += 1
        try:
            await (self._page() if scope["path"] == STATUS else self._app)(scope, receive, send)
        finally:
            self._active -= 1

    def _page(self) -> ASGIApp:
        return PlainTextResponse(PAGE.format(active=self._active, requests=self._requests))
