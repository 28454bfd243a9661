"""The whole service in one test, without a port: its apps, their users, what they say and what they export."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from io import StringIO
from random import Random
from typing import Any

import httpx
from fastapi import FastAPI
from opentelemetry.sdk.trace import SpanProcessor
from prometheus_client.parser import text_string_to_metric_families

from examples.ai_service.apps.ai_api import JOB as API
from examples.ai_service.apps.model_server import JOB as MODEL_SERVER
from examples.ai_service.load.users import VISITS, World
from examples.ai_service.service import service
from examples.ai_service.settings import Settings
from examples.ai_service.surroundings import Surroundings, around

TOKEN = "control"  # noqa: S105 - of a test
CONTROL = {"Authorization": f"Bearer {TOKEN}"}
#: More would wait for each other, and answers that come late are bad ones.
AT_ONCE = 10
QUICK = Settings(environment="production", latency=0.002, cold_start=0, control_token=TOKEN, gpu="simulated")


@dataclass(slots=True)
class Town:
    """Its service, and its users."""

    around: Surroundings
    apps: dict[str, FastAPI]
    world: World
    lines: StringIO

    async def ask(self, job: str, method: str, path: str, **more: Any) -> httpx.Response:
        """What a part answers."""
        return await self.world.clients[job][0].request(method, path, **more)

    async def control(self, verb: str, **said: Any) -> None:
        """Something is done to it, from outside."""
        (await self.ask(API, "POST", f"/control/{verb}", json=said, headers=CONTROL)).raise_for_status()

    async def begin(self, scenario: str) -> None:
        """From now on this is wrong."""
        await self.control("scenario", value=scenario)
        self.world.scenario = self.around.plant.scenario

    async def visit(self, job: str, times: int) -> int:
        """How many of so many visits ended well."""
        ended: list[BaseException | None] = []
        for begun in range(0, times, AT_ONCE):
            some = (VISITS[job](self.world) for _ in range(min(AT_ONCE, times - begun)))
            ended += await asyncio.gather(*some, return_exceptions=True)
        for one in ended:
            assert one is None or isinstance(one, httpx.HTTPStatusError), one
        return ended.count(None)

    async def exposed(self, job: str) -> bytes:
        """Its /metrics page."""
        return (await self.ask(job, "GET", "/metrics")).raise_for_status().content

    async def value(self, job: str, name: str, **labels: str) -> float:
        """The sum of the samples that are called so and bear these labels."""
        families = text_string_to_metric_families((await self.exposed(job)).decode())
        found = [
            one.value
            for family in families
            for one in family.samples
            if one.name == name and labels.items() <= one.labels.items()
        ]
        assert found, f"{job} exports no {name} with {labels}"
        return sum(found)

    def said(self, **wanted: Any) -> list[dict[str, Any]]:
        """The lines of the log that bear this."""
        lines = [json.loads(line) for line in self.lines.getvalue().splitlines()]
        return [one for one in lines if wanted.items() <= one.items()]


@asynccontextmanager
async def town(settings: Settings = QUICK, spans: SpanProcessor | None = None) -> AsyncIterator[Town]:
    """While it lasts."""
    lines, apps = StringIO(), dict[str, FastAPI]()

    async def model_server(scope: Any, receive: Any, send: Any) -> None:
        await apps[MODEL_SERVER](scope, receive, send)

    surroundings = around(settings, lines=lines, spans=spans)
    models = httpx.AsyncClient(transport=httpx.ASGITransport(app=model_server), base_url="http://model-server")
    async with AsyncExitStack() as stack:
        for one in service(surroundings, "test", models):
            apps[one.job] = one.app
            await stack.enter_async_context(one.app.router.lifespan_context(one.app))
        clients = {}
        for job, app in apps.items():
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test", timeout=30)
            clients[job] = (await stack.enter_async_context(client),)
        world = World(clients, surroundings.plant.scenario, "", Random(3))  # noqa: S311 - a simulation
        made = Town(surroundings, apps, world, lines)
        key = await made.ask(API, "POST", "/keys", json={"owner": "town", "tier": "paid"}, headers=CONTROL)
        world.key = key.json()["key"]
        yield made


def lived(
    story: Callable[[Town], Awaitable[None]], settings: Settings = QUICK, spans: SpanProcessor | None = None
) -> None:
    """A story, from its beginning to its end."""

    async def whole() -> None:
        async with town(settings, spans) as made:
            await story(made)

    asyncio.run(whole())
