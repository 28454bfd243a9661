"""The webhook: who may speak, what may be said, and what is answered."""

from __future__ import annotations

import hmac
from dataclasses import asdict
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from examples.remediation.healer import Healer
from examples.remediation.notification import NotANotification, read

#: A notification of a thousand alerts is half of it.
LONGEST = 2_000_000
NOT_WRITTEN = "the audit log or the stop file cannot be written: nothing is done without them"


def app(healer: Healer, token: str) -> FastAPI:
    """The webhook of a healer; whoever bears the token may speak to it."""
    made = FastAPI(title="Remediation", docs_url=None, redoc_url=None, openapi_url=None)

    def known(request: Request) -> None:
        kind, _, said = request.headers.get("authorization", "").partition(" ")
        # compared as bytes and in constant time: a guess learns nothing from how long the answer took
        if not hmac.compare_digest(said.strip().encode(), token.encode()) or kind.lower() != "bearer":
            raise HTTPException(401, "no valid token", headers={"WWW-Authenticate": "Bearer"})

    guarded: Any = [Depends(known)]

    @made.post("/alerts", dependencies=guarded)
    async def alerts(request: Request) -> JSONResponse:
        try:
            said = read(await _body(request))
        except NotANotification as error:
            raise HTTPException(400, str(error)) from None
        try:
            found = await healer.answer(said)
        except OSError:
            raise HTTPException(503, NOT_WRITTEN) from None
        answer = {"dry": healer.dry, "answers": [asdict(one) for one in found]}
        # Alertmanager says again what was answered so; that something has resolved it would never repeat otherwise
        return JSONResponse(answer, 502 if any(one.outcome == "failed" for one in found) else 200)

    @made.post("/stop", dependencies=guarded)
    async def stop() -> dict[str, Any]:
        return _by_hand(healer.stop)

    @made.post("/go-on", dependencies=guarded)
    async def go_on() -> dict[str, Any]:
        return _by_hand(healer.go_on)

    @made.get("/state", dependencies=guarded)
    async def state() -> dict[str, Any]:
        return {"dry": healer.dry, "stopped": healer.stopped}

    @made.get("/healthz")
    async def healthy() -> dict[str, bool]:
        return {"ok": True}

    def _by_hand(verb: Any) -> dict[str, Any]:
        try:
            verb()
        except OSError:
            raise HTTPException(503, NOT_WRITTEN) from None
        return {"dry": healer.dry, "stopped": healer.stopped}

    return made


async def _body(request: Request) -> bytes:
    """No more of it than is looked at."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise HTTPException(413, f"longer than {LONGEST} bytes")
    return body
