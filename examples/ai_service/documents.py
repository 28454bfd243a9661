"""The worker queue: documents wait, and workers process one each; their caller does not wait for it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from .faults import Plant

#: The documents whose state is remembered.
REMEMBERED = 10_000
MOST = 50_000
#: How often a worker that is stuck looks whether it still is, in seconds.
LOOKS = 0.05
State = Literal["waiting", "running", "done", "failed"]


@dataclass(slots=True)
class Document:
    """One document.

    Attributes:
        name: its caller asks for it by this.
        text: what is processed.
        request_id: of the request that brought it, so that its lines can be found.
        context: the trace that it belongs to.
        state: how far it is.
        words: that the model wrote about it.
    """

    name: str
    text: str
    request_id: str = ""
    context: object = field(default=None, repr=False)
    state: State = "waiting"
    words: int = 0


class QueueFull(Exception):
    """No document more is taken."""


class Documents:
    """The queue, and its workers; they begin with the first document.

    Args:
        process: one document; an exception is a failure.
        plant: what is wrong.
        job: whose queue it is.
        workers: of one replica.
    """

    def __init__(self, process: Callable[[Document], Awaitable[None]], plant: Plant, job: str, workers: int) -> None:
        self._process, self._plant, self._job, self._workers = process, plant, job, workers
        self._waiting: asyncio.Queue[Document] = asyncio.Queue(MOST)
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._tasks: list[asyncio.Task[None]] = []
        #: Taken by workers that are stuck, and not begun.
        self._held = 0

    @property
    def depth(self) -> int:
        """Documents that wait."""
        return self._waiting.qsize() + self._held

    def find(self, name: str) -> Document | None:
        """A document that is still remembered."""
        return self._known.get(name)

    def put(self, document: Document) -> None:
        """It waits for a worker from now on.

        Raises:
            QueueFull: the queue takes no more.
        """
        try:
            self._waiting.put_nowait(document)
        except asyncio.QueueFull:
            raise QueueFull(f"{MOST} documents wait") from None
        self._known[document.name] = document
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        while len(self._tasks) < self._workers * self._plant.parts[self._job].replicas:
            self._tasks.append(asyncio.create_task(self._work()))

    async def close(self) -> None:
        """Workers stop; what waits is lost, as the queue is this process'."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def _work(self) -> None:
        while True:
            document = await self._waiting.get()
            self._held += 1
            try:
                # asked again and again: scenarios and repairs come from outside, at any time
                while self._plant.fault(self._job).stuck:  # noqa: ASYNC110 - likewise
                    await asyncio.sleep(LOOKS)
            finally:
                self._held -= 1
            await self._one(document)

    async def _one(self, document: Document) -> None:
        document.state = "running"
        try:
            await self._process(document)
        except Exception:  # noqa: BLE001 - whatever it was, who processes has said it, and the next one waits
            document.state = "failed"
        else:
            document.state = "done"
