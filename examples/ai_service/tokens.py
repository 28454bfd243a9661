"""Bearer tokens: compared in constant time, refused in the same words whatever is wrong with them."""

import hmac
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute


def bearer(request: Request) -> str:
    """What the request's Authorization bears; empty where it bears nothing."""
    kind, _, said = request.headers.get("authorization", "").partition(" ")
    return said.strip() if kind.lower() == "bearer" else ""


def guard(token: str) -> Callable[[Request], None]:
    """A check that lets in only whoever bears this token; nobody, where there is none."""

    def guarded(request: Request) -> None:
        if not token:
            raise HTTPException(403, "switched off: the service has no DASH_CONTROL_TOKEN")
        if not hmac.compare_digest(bearer(request).encode(), token.encode()):
            raise HTTPException(401, "no valid token", headers={"WWW-Authenticate": "Bearer"})

    return guarded


def first(check: Callable[[Request], object]) -> type[APIRoute]:
    """Routes whose callers are checked before their body is read: FastAPI's dependencies would wait for it."""

    class Checked(APIRoute):
        """One of them."""

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            """FastAPI's, behind the check."""
            handle = super().get_route_handler()

            async def checked(request: Request) -> Response:
                check(request)
                return await handle(request)

            return checked

    return Checked
