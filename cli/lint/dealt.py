"""Work on many things by copies of this process, each on a core of its own: who is free takes the next thing."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO, Any, NamedTuple, TypeVar

#: The memory of more copies is not worth the time that they would save.
MOST = 8
#: Things are taken in so many hands at most: all their numbers find room in a pipe before somebody reads there.
HANDS = 1000
#: Bytes of a number.
WIDTH = 4
Thing = TypeVar("Thing")
Made = TypeVar("Made")


class _Copy(NamedTuple):
    """A process, and the file in which it brings what it made."""

    process: int
    bringing: int


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


def dealt(
    things: Sequence[Thing], work: Callable[[Iterable[Thing]], Made], processes: int, shared: Sequence[object] = ()
) -> list[Made]:
    """What so many processes made, this one first; each thing was taken by one of them.

    What a copy took is done here where that copy failed, for whatever reason: what is wrong is then raised where it can
    be told.

    Args:
        things: what there is to do.
        work: takes things as long as there are some; what it makes of them can be pickled.
        processes: this one among them.
        shared: what all have, so that it is not sent: in what was made it is this process's own.
    """
    if processes == 1:
        return [work(things)]
    pile, laying = os.pipe()
    try:
        hands = range(0, len(things), _hand(things))
        os.write(laying, b"".join(first.to_bytes(WIDTH, "big") for first in hands))
        os.close(laying)
        copies = [_copy(pile, things, work, shared) for _ in range(processes - 1)]
        done: list[int] = []
        made = [work(_taken(pile, things, done, lambda: True))]
    finally:
        os.close(pile)
    for copy in filter(None, copies):
        for taken, part in _brought(copy, shared):
            done += taken
            made.append(part)
    left = sorted({*range(len(things))}.difference(done))
    return [*made, work([things[number] for number in left])] if left else made


def _hand(things: Sequence[Thing]) -> int:
    """How many things are taken at a time."""
    return len(things) // HANDS + 1


def _taken(pile: int, things: Sequence[Thing], taken: list[int], is_wanted: Callable[[], bool]) -> Iterator[Thing]:
    """The next of the pile, as long as there is one: what one process has read there is read by no other."""
    hand = _hand(things)
    while is_wanted() and (said := os.read(pile, WIDTH)):
        first = int.from_bytes(said, "big")
        for number in range(first, min(first + hand, len(things))):
            taken.append(number)
            yield things[number]


def _copy(
    pile: int, things: Sequence[Thing], work: Callable[[Iterable[Thing]], Made], shared: Sequence[object]
) -> _Copy | None:
    """A copy of this process that works; None where there can be none."""
    bringing, sending = os.pipe()
    whole = os.getpid()
    try:
        process = os.fork()
    except OSError:
        os.close(bringing)
        os.close(sending)
        return None
    if process == 0:
        # who was begun by a process that is gone works for nobody
        _work(lambda taken: work(_taken(pile, things, taken, lambda: os.getppid() == whole)), sending, shared)
    os.close(sending)
    return _Copy(process, bringing)


def _work(work: Callable[[list[int]], object], sending: int, shared: Sequence[object]) -> None:
    """All that a copy does; it says nothing and leaves nothing behind."""
    failed = 1
    try:
        taken: list[int] = []
        made = work(taken)
        with os.fdopen(sending, "wb") as pipe:
            _Sending(pipe, shared).dump((taken, made))
        failed = 0
    finally:
        os._exit(failed)


def _brought(copy: _Copy, shared: Sequence[object]) -> Iterator[tuple[list[int], Any]]:
    """What a copy took and made; nothing where it failed."""
    with os.fdopen(copy.bringing, "rb") as pipe:
        sent = pipe.read()
    _, failed = os.waitpid(copy.process, 0)
    if not failed:
        yield _Receiving(BytesIO(sent), shared).load()


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
