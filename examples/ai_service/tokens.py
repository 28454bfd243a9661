"""Bearer tokens: compared in constant time, refused in the same words whatever is wrong with them."""

import hmac
from collections.abc import Callable

from fastapi import HTTPException, Request


def bearer(request: Request) -> str:
    """What the request's Authorization bears; empty where it bears nothing."""
    kind, _, said = request.headers.get("authorization", "").partition(" ")
    return said.strip() if kind.lower() == "bearer" else ""


def guard(token: str) -> Callable[[Request], None]:
    """A dependency that lets in only whoever bears this token; nobody, where there is none."""

    def guarded(request: Request) -> None:
        if not token:
            raise HTTPException(403, "switched off: the service has no DASH_CONTROL_TOKEN")
        if not hmac.compare_digest(bearer(request).encode(), token.encode()):
            raise HTTPException(401, "no valid token", headers={"WWW-Authenticate": "Bearer"})

    return guarded
