"""Work on many things by copies of this process, each on a core of its own: who is free takes the next thing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple, TypeVar

from cli.lint.sent import received, send

#: The memory of more copies is not worth the time that they would save.
MOST = 8
#: Things are taken in so many hands at most: all their numbers find room in a pipe before somebody reads there.
HANDS = 1000
#: Bytes of a number.
WIDTH = 4
Thing = TypeVar("Thing")
Made = TypeVar("Made")


class _Copy(NamedTuple):
    """A process, and the end of the pipe in which it brings what it made."""

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
    be told. None is left when this ends, in whatever way.

    Args:
        things: what there is to do.
        work: takes things as long as there are some; what it makes of them can be pickled.
        processes: this one among them; fewer where there can be no more.
        shared: what all have, so that it is not sent: in what was made it is this process's own.
    """
    pile = _pile(things) if processes > 1 else None
    if pile is None:
        return [work(things)]
    copies: list[_Copy] = []
    done: list[int] = []
    try:
        for _ in range(processes - 1):
            _copy(pile, things, work, shared, copies)
        made = [work(_taken(pile, things, done, lambda: True))]
        for copy in copies:
            with os.fdopen(copy.bringing, "rb", closefd=False) as pipe:
                sent = pipe.read()
            for taken, part in received(sent, shared):
                done += taken
                made.append(part)
    finally:
        os.close(pile)
        for copy in copies:
            _end(copy)
    left = sorted({*range(len(things))}.difference(done))
    return [*made, work([things[number] for number in left])] if left else made


def _hand(things: Sequence[Thing]) -> int:
    """How many things are taken at a time."""
    return len(things) // HANDS + 1


def _pile(things: Sequence[Thing]) -> int | None:
    """Where the numbers of things can be read; None where no file can be opened."""
    try:
        pile, laying = os.pipe()
    except OSError:
        return None
    os.write(laying, b"".join(first.to_bytes(WIDTH, "big") for first in range(0, len(things), _hand(things))))
    os.close(laying)
    return pile


def _taken(pile: int, things: Sequence[Thing], taken: list[int], is_wanted: Callable[[], bool]) -> Iterator[Thing]:
    """The next of the pile, as long as there is one: what one process has read there is read by no other."""
    hand = _hand(things)
    while is_wanted() and (said := os.read(pile, WIDTH)):
        first = int.from_bytes(said, "big")
        for number in range(first, min(first + hand, len(things))):
            taken.append(number)
            yield things[number]


def _copy(
    pile: int,
    things: Sequence[Thing],
    work: Callable[[Iterable[Thing]], Made],
    shared: Sequence[object],
    copies: list[_Copy],
) -> None:
    """Adds a copy of this process that works, where there can be one."""
    try:
        bringing, sending = os.pipe()
    except OSError:
        return
    whole = os.getpid()
    # Ctrl-C is for the first process, and would let a copy that is not at work yet run through the whole program
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = os.fork()
        if process == 0:
            # who was begun by a process that is gone works for nobody, and must be told so when it brings something
            ends = (bringing, *(one.bringing for one in copies))
            _work(lambda taken: work(_taken(pile, things, taken, lambda: os.getppid() == whole)), ends, sending, shared)
        copies.append(_Copy(process, bringing))
    except OSError:
        os.close(bringing)
    finally:
        os.close(sending)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(work: Callable[[list[int]], object], others: Iterable[int], sending: int, shared: Sequence[object]) -> None:
    """All that a copy does; it says nothing and leaves nothing behind. `others` are the files of the first process."""
    try:
        for file in others:
            os.close(file)
        taken: list[int] = []
        made = work(taken)
        with os.fdopen(sending, "wb") as pipe:
            send((taken, made), pipe, shared)
    finally:
        os._exit(0)


def _end(copy: _Copy) -> None:
    """The copy is gone, whatever it was at; it has brought what it made, or nobody wants that any more."""
    os.close(copy.bringing)
    with suppress(ChildProcessError):  # where nobody wants to know how processes end, it may be gone already
        if os.waitpid(copy.process, os.WNOHANG) == (0, 0):
            os.kill(copy.process, signal.SIGKILL)
            os.waitpid(copy.process, 0)
