"""The simulated model: it takes its time, counts tokens, fails, has to be loaded, and is overloaded. No network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from queries import SECONDS
from queries.unit import Quantity

from . import prose
from .surroundings import Surroundings

#: How often a call that waits looks whether it is its turn, in seconds.
LOOKS = 0.05
#: A slow model takes so many times the alert's limit, at least and at most.
SLOW = (1.05, 1.2)
#: How far a latency is from the mean, as a share of it; none is far beyond, so that a healthy service is healthy.
SPREAD = 0.5
SHORT = "- This is a short answer: the model rests.\n- Please ask again in a minute, and a full one is written."


class ModelFailed(Exception):
    """It answered with an error."""


class ModelGone(Exception):
    """It is not there."""


class Overloaded(Exception):
    """Too many wait for it already."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote.

    Attributes:
        text: to the user.
        tokens_in: that it read.
        tokens_out: that it wrote, also what it thought and did not say.
        model: who wrote it.
    """

    text: str
    tokens_in: int
    tokens_out: int
    model: str


class Model:
    """One model of one part of the service.

    Args:
        name: as labels bear it.
        job: whose it is; faults hit a job.
        limit: of the alert on its latency; slow is longer.
        around: how it is when it is well, what is wrong, and chance.
    """

    def __init__(self, name: str, job: str, limit: Quantity, around: Surroundings) -> None:
        self._name, self._job, self._limit = name, job, limit.to(SECONDS).value
        self._settings, self._plant, self._chance = around.settings, around.plant, around.chance
        self.running, self.waiting = 0, 0

    @property
    def name(self) -> str:
        """Of the model that answers at the moment."""
        return f"{self._name}-fallback" if self._plant.parts[self._job].fallback else self._name

    @property
    def capacity(self) -> int:
        """Calls that are answered at a time."""
        return self._settings.capacity * self._plant.parts[self._job].replicas

    @property
    def load(self) -> float:
        """The share of its capacity that works."""
        return min(1.0, self.running / self.capacity)

    def seconds(self) -> float:
        """How long the next answer takes."""
        if self._plant.fault(self._job).slow:
            return self._limit * self._chance.uniform(*SLOW)
        return self._settings.latency * self._chance.uniform(1 - SPREAD, 1 + SPREAD)

    async def answer(self, prompt: str, requests: int = 1) -> Answer:
        """What it says to a prompt; a batch is so many requests at once.

        Raises:
            ModelFailed: by chance, as often as the settings and the scenario say.
            ModelGone: it is not there.
            Overloaded: more wait than are allowed to.
        """
        if self._plant.parts[self._job].breaker_open:
            return Answer(SHORT, 0, 0, self.name)
        async with self._turn(requests):
            while not self._plant.loaded(self._job):
                if self._plant.fault(self._job).gone:
                    raise ModelGone(f"{self.name} is not loaded")
                await asyncio.sleep(LOOKS)
            await asyncio.sleep(self.seconds())
            wrong = self._plant.fault(self._job)
            if self._chance.random() < max(self._settings.error_rate, wrong.error_rate):
                raise ModelFailed(f"{self.name} failed")
            text = prose.rambling(self._chance) if wrong.rambles else prose.answer(self._chance)
            wrote = self._settings.tokens * wrong.tokens * self._chance.uniform(1 - SPREAD, 1 + SPREAD)
            return Answer(text, max(1, len(prompt.split())), max(1, round(wrote)), self.name)

    @asynccontextmanager
    async def _turn(self, requests: int) -> AsyncIterator[None]:
        if self.waiting + requests > self._settings.patience:
            raise Overloaded(f"{self.waiting} calls wait for {self.name}")
        self.waiting += requests
        try:
            # asked again and again: scenarios and repairs come from outside, at any time
            while self.running >= self.capacity or self._plant.fault(self._job).stuck:  # noqa: ASYNC110 - likewise
                await asyncio.sleep(LOOKS)
        finally:
            self.waiting -= requests
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
