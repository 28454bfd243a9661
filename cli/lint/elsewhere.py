"""Work in a copy of this process, so that another core does it: what it made comes back, or is made here after all."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import IO, TypeVar

#: The memory of more copies is not worth the time that they would save.
MOST = 8
Made = TypeVar("Made")


def cores() -> int:
    """How many copies of this process can work at a time, itself among them; 1 where it cannot be copied safely.

    A copy goes on with one thread, and would wait for ever for what another was holding: it takes a Linux that says how
    many there are.
    """
    try:
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - a Path takes longer than the look
    except OSError:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST) if threads == 1 else 1


def elsewhere(work: Callable[[], Made], shared: Sequence[object]) -> Callable[[], Made]:
    """Begins work in a copy of this process; what is returned waits for what it made.

    Where the copy fails, for whatever reason, the work is done here: what is wrong is then raised where it can be told.

    Args:
        work: what it makes can be pickled.
        shared: what both have, so that it is not sent: in what was made it is this process's own.
    """
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return work
    if child == 0:
        _work(work, shared, writing)
    os.close(writing)

    def made() -> Made:
        with os.fdopen(reading, "rb") as pipe:
            sent = pipe.read()
        _, failed = os.waitpid(child, 0)
        if failed:
            return work()
        brought: Made = _Receiving(BytesIO(sent), shared).load()
        return brought

    return made


def _work(work: Callable[[], object], shared: Sequence[object], writing: int) -> None:
    """All that the copy does; it says nothing and leaves nothing behind."""
    failed = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            _Sending(pipe, shared).dump(work())
        failed = 0
    finally:
        os._exit(failed)


class _Sending(pickle.Pickler):
    """Says of what is shared only which it is."""

    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.numbers = {id(one): number for number, one in enumerate(shared)}

    def persistent_id(self, obj: object) -> int | None:
        """Which of the shared ones it is."""
        return self.numbers.get(id(obj))


class _Receiving(pickle.Unpickler):
    """Takes what is shared from here."""

    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file)
        self.shared = shared

    def persistent_load(self, number: int) -> object:
        """The shared one that was meant."""
        return self.shared[number]
