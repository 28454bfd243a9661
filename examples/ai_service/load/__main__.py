"""`python -m examples.ai_service.load --scenario slow`: sets what is wrong, and has users visit every part."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import httpx

from examples.ai_service.faults import SCENARIOS

from .traffic import Load, NoService, traffic

SERVICE = "http://127.0.0.1:8700"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when the time was over or it was stopped, 1 when no service answers."""
    asked = _parser().parse_args(arguments)
    token = os.environ.get("DASH_CONTROL_TOKEN", "")
    load = Load(token, asked.rate, asked.duration, SCENARIOS[asked.scenario])
    try:
        asyncio.run(_run(load, asked.service.rstrip("/"), asked.healthy_first))
    except NoService as error:
        print(f"load: {error}", file=sys.stderr)  # noqa: T201 - a command's talk
        return 1
    return 0


async def _run(load: Load, service: str, healthy_first: float) -> None:
    work = asyncio.create_task(_scenes(load, service, healthy_first))
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, work.cancel)
    try:
        said = await work
    except asyncio.CancelledError:
        return
    print(json.dumps({"type": "ai-service-load", "version": 1, "ended": said}))  # noqa: T201 - a command's answer


async def _scenes(load: Load, service: str, healthy_first: float) -> dict[str, Any]:
    targets = await control(service, load.token, "healthy")
    if healthy_first:
        await traffic(Load(load.token, load.rate, healthy_first), targets)
    await control(service, load.token, load.scenario.name)
    return {job: dict(ended) for job, ended in (await traffic(load, targets)).items()}


async def control(service: str, token: str, scenario: str) -> dict[str, list[str]]:
    """The addresses of the service, now that this is wrong with it.

    Raises:
        NoService: it does not answer, or lets nobody in.
    """
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=service, headers=headers) as client:
        try:
            said = (await client.post("/control/scenario", json={"value": scenario})).raise_for_status()
        except httpx.HTTPError as error:
            raise NoService(f"{service}: {error or type(error).__name__}; DASH_CONTROL_TOKEN is its token") from error
        targets: dict[str, list[str]] = said.json()["targets"]
        return targets


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.ai_service.load", description=__doc__)
    parser.add_argument("--service", default=SERVICE, help="any of its addresses (%(default)s)")
    parser.add_argument("--scenario", choices=tuple(SCENARIOS), default="healthy", help="what is wrong (%(default)s)")
    parser.add_argument("--rate", type=float, default=1.0, help="visits of each part, a second (%(default)s)")
    parser.add_argument("--duration", type=float, default=0.0, help="seconds; 0: until it is stopped (%(default)s)")
    parser.add_argument("--healthy-first", type=float, default=0.0, metavar="SECONDS", help="before anything is wrong")
    return parser


if __name__ == "__main__":
    sys.exit(main())
