"""Visits at a steady rate, whether the service answers or not: users do not wait for each other."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from random import Random

import httpx

from examples.ai_service.apps.ai_api import JOB as API
from examples.ai_service.faults import HEALTHY, Scenario

from .users import VISITS, World

#: Beyond the slowest model, in seconds.
TIMEOUT = 180.0
#: Visits of one job that are under way; one more is left out, so that a service that hangs does not take the machine.
AT_A_TIME = 300


class NoService(Exception):
    """It does not answer, or lets nobody in."""


@dataclass(frozen=True, slots=True)
class Load:
    """The traffic that is wanted.

    Attributes:
        token: of the service's control, which also gives out keys.
        rate: visits of each part, a second.
        duration: seconds; without end where it is 0.
        scenario: what is wrong, for some of it is what users do.
        seed: of the users' chance.
    """

    token: str = field(repr=False)
    rate: float = 1.0
    duration: float = 0.0
    scenario: Scenario = HEALTHY
    seed: int = 11


async def traffic(load: Load, targets: Mapping[str, list[str]]) -> dict[str, Counter[str]]:
    """How the visits of each job ended: well, failed, left out.

    Raises:
        NoService: no key can be had.
    """
    async with AsyncExitStack() as stack:
        clients = {}
        for job in VISITS:
            made = [
                httpx.AsyncClient(base_url=f"http://{at}", timeout=TIMEOUT, limits=_limits()) for at in targets[job]
            ]
            clients[job] = tuple([await stack.enter_async_context(one) for one in made])
        chance = Random(load.seed)  # noqa: S311 - a simulation
        world = World(clients, load.scenario, await _key(clients[API][0], load.token), chance)
        ended = {job: Counter[str]() for job in VISITS}
        await asyncio.gather(*(_stream(load, world, visit, ended[job]) for job, visit in VISITS.items()))
        return ended


async def _key(client: httpx.AsyncClient, token: str) -> str:
    try:
        said = await client.post("/keys", json={"owner": "load"}, headers={"Authorization": f"Bearer {token}"})
        said.raise_for_status()
    except httpx.HTTPError as error:
        raise NoService(f"no key for the API: {error}; DASH_CONTROL_TOKEN is the service's") from error
    return str(said.json()["key"])


async def _stream(load: Load, world: World, visit: Callable[[World], Awaitable[None]], ended: Counter[str]) -> None:
    """One visit after the other, at times that do not depend on how long each takes."""
    loop, under_way = asyncio.get_running_loop(), set[asyncio.Task[None]]()
    began = due = loop.time()
    try:
        while not load.duration or due < began + load.duration:
            if len(under_way) < AT_A_TIME:
                task = asyncio.create_task(_visit(world, visit, ended))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            else:
                ended["left out"] += 1
            # around the rate, for users do not keep step
            due += world.chance.uniform(0.5, 1.5) / load.rate
            await asyncio.sleep(max(0.0, due - loop.time()))
    finally:
        for task in tuple(under_way):
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def _visit(world: World, visit: Callable[[World], Awaitable[None]], ended: Counter[str]) -> None:
    try:
        await visit(world)
    except httpx.HTTPError:
        ended["failed"] += 1
    else:
        ended["well"] += 1


def _limits() -> httpx.Limits:
    return httpx.Limits(max_connections=AT_A_TIME, max_keepalive_connections=20)
