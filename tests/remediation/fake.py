"""A service that takes remedies and remembers them, a notification as Alertmanager writes it, and a clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import httpx

from examples.remediation.app import app
from examples.remediation.audit import AuditLog
from examples.remediation.control import Control
from examples.remediation.healer import Healer
from examples.remediation.plan import Limits

TOKEN, CONTROL_TOKEN = "webhook-secret", "control-secret"
BEARS = {b"Authorization": f"Bearer {TOKEN}".encode()}


def alert(name: str, status: str = "firing", number: int = 1, since: str = "2026-11-21T10:00:00Z") -> dict[str, Any]:
    """One alert; another number is another alert of that name."""
    return {
        "status": status,
        "labels": {"alertname": name, "severity": "critical"},
        "annotations": {},
        "startsAt": since,
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus:9090/graph",
        "fingerprint": f"{crc32(name.encode()):08x}{number:08x}",
    }


def notification(*alerts: dict[str, Any]) -> bytes:
    """As Alertmanager sends it."""
    said = {"version": "4", "groupKey": "{}:{}", "status": "firing", "receiver": "remediation", "alerts": alerts}
    return json.dumps({**said, "truncatedAlerts": 0, "groupLabels": {}, "commonLabels": {}}).encode()


class Fake:
    """A webhook with a service behind it; the service answers `status`, or not at all where it is 0."""

    def __init__(self, folder: Path, *, dry: bool = False, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self.told: list[tuple[str, Any, Any]] = []
        self.bearers: list[str] = []
        self.begun = asyncio.Event()  # a remedy is under way, or was
        self.status, self.now = 200, 1_000_000.0
        self.stop, self.audit = folder / "stop", folder / "audit.jsonl"
        service = httpx.AsyncClient(transport=httpx.MockTransport(self._take), base_url="http://service")
        self.healer = Healer(
            None if dry else Control(service, CONTROL_TOKEN),
            AuditLog(self.audit, dry=dry),
            self.stop,
            limits=limits,
            clock=lambda: self.now,
        )
        self.app = app(self.healer, TOKEN)

    async def _take(self, request: httpx.Request) -> httpx.Response:
        self.begun.set()
        if not self.status:
            raise httpx.ReadTimeout("control-secret", request=request)
        self.bearers.append(request.headers["authorization"])
        said = json.loads(request.content)
        if said["value"] is True:
            await asyncio.sleep(0.01)  # to switch something on takes longer than to switch it off
        self.told.append((request.url.path, said["target"], said["value"]))
        return httpx.Response(self.status, text="control-secret")

    async def post(self, path: str, body: bytes = b"", headers: Mapping[bytes, bytes] | None = None) -> httpx.Response:
        """One request to the webhook."""
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://webhook") as client:
            return await client.post(path, content=body, headers=BEARS if headers is None else headers)

    async def notify(self, *alerts: dict[str, Any]) -> list[str]:
        """The outcomes of a notification."""
        answer = await self.post("/alerts", notification(*alerts))
        return [one["outcome"] for one in answer.json()["answers"]]

    def lines(self) -> list[dict[str, Any]]:
        """The audit log."""
        return [json.loads(line) for line in self.audit.read_text().splitlines()]
