"""What users of each part of the service do, one visit each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

import httpx

from examples.ai_service import prose
from examples.ai_service.apps import ai_api, ai_app, inference_server, ml_serving, taskmaster
from examples.ai_service.faults import Scenario

#: Documents that are brought at once, and inputs that are asked at once.
BATCH = 4
#: Of those who voted down, the mark is at most this; of the others at least the other.
LOW, HIGH = 2, 4
KINDS = ("summarise", "draft", "extract", "translate")


@dataclass(slots=True)
class World:
    """What users know.

    Attributes:
        clients: one for each job, or several; asked in turn.
        scenario: what is wrong, for some of it is what users do.
        key: for the API.
        chance: theirs.
        visits: how many there were of each job.
    """

    clients: Mapping[str, tuple[httpx.AsyncClient, ...]]
    scenario: Scenario
    key: str
    chance: Random
    visits: dict[str, int] = field(default_factory=dict)

    def client(self, job: str) -> httpx.AsyncClient:
        """The next one of a job."""
        self.visits[job] = self.visits.get(job, 0) + 1
        several = self.clients[job]
        return several[self.visits[job] % len(several)]

    def often(self, share: float) -> bool:
        """Whether it happens, that happens so often."""
        return self.chance.random() < share


async def backend(world: World) -> None:
    """A page, an answer, or documents."""
    client = world.client(ai_app.JOB)
    (await client.get("/")).raise_for_status()
    if world.often(0.3):
        (await client.post("/generate", json={"text": prose.question(world.chance)})).raise_for_status()
    else:
        many = BATCH * 3 if world.scenario.stuck else 1
        batch = {"documents": [prose.question(world.chance) for _ in range(many)]}
        name = (await client.post("/documents", json=batch)).raise_for_status().json()["documents"][0]
        (await client.get(f"/documents/{name}")).raise_for_status()


async def server(world: World) -> None:
    """A batch for one of the models."""
    model = world.chance.choice(inference_server.MODELS)
    many = 64 if world.scenario.stuck else BATCH
    batch = {"inputs": [prose.question(world.chance) for _ in range(many)]}
    client = world.client(inference_server.JOB)
    (await client.post(f"/v1/models/{model}/infer", json=batch)).raise_for_status()


async def api(world: World) -> None:
    """A chat, or an agent with its session."""
    client = world.client(ai_api.JOB)
    asked = {"text": prose.question(world.chance), "model": "large" if world.often(0.2) else "small"}
    key = {"Authorization": f"Bearer {world.key}"}
    if world.often(0.7):
        (await client.post("/chat", json=asked, headers=key)).raise_for_status()
        return
    session = (await client.post("/agents", headers=key)).raise_for_status().json()["session"]
    try:
        (await client.post(f"/agents/{session}/steps", json=asked, headers=key)).raise_for_status()
    finally:
        await client.delete(f"/agents/{session}", headers=key)


async def worker(world: World) -> None:
    """A task, and mostly a word on what came of it."""
    client = world.client(taskmaster.JOB)
    text = " ".join(prose.question(world.chance) for _ in range(world.chance.randint(1, 9)))
    asked = {"text": text, "kind": world.chance.choice(KINDS)}
    request_id = uuid4().hex
    done = (await client.post("/tasks", json=asked, headers={"X-Request-ID": request_id})).raise_for_status()
    # a user sees the quality, too; the worse it is, the less they like it
    down = world.often(max(world.scenario.unhappy, 1.2 - 1.3 * done.json()["quality"]))
    vote = {"request_id": request_id, "thumbs": "down" if down else "up", "reason": "not what I asked" if down else ""}
    if world.often(0.8):
        (await client.post("/feedback", json=vote)).raise_for_status()


async def serving(world: World) -> None:
    """An opinion to be classified; what it really was; a mark."""
    client = world.client(ml_serving.JOB)
    text, label = prose.opinion(world.chance, strange=world.scenario.strange)
    name = (await client.post("/predict", json={"text": text})).raise_for_status().json()["id"]
    (await client.post("/truth", json={"id": name, "label": label})).raise_for_status()
    unhappy = world.often(world.scenario.unhappy)
    mark = world.chance.randint(1, LOW) if unhappy else world.chance.randint(HIGH, 5)
    (await client.post("/feedback", json={"mark": mark})).raise_for_status()


#: Who visits what.
VISITS: Mapping[str, Callable[[World], Awaitable[None]]] = {
    ai_app.JOB: backend,
    inference_server.JOB: server,
    ai_api.JOB: api,
    taskmaster.JOB: worker,
    ml_serving.JOB: serving,
}
