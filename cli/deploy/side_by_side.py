"""The same work on many things, some at a time, and what Ctrl-C means: finish what is in flight, begin no more."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import zip_longest
from threading import current_thread, main_thread
from typing import TypeVar

#: Of so many things that wait for an answer one more is being compared meanwhile.
RECKONING = 2
Thing = TypeVar("Thing")
Made = TypeVar("Made")


def side_by_side(
    work: Callable[[Thing], Made],
    things: Sequence[Thing],
    jobs: int,
    give_up: Callable[[], object] = lambda: None,
) -> tuple[list[Made | None], bool]:
    """What the work made of each thing, in their order, None where Ctrl-C came before its turn; and whether it came.

    A second Ctrl-C is not caught: the caller ends the process, for a request on its way cannot be called back.

    Args:
        work: what is to be done with each.
        things: with these.
        jobs: how many requests at a time; some things more are worked on, for who compares asks nothing.
        give_up: called at Ctrl-C: what is in flight need not wait for another try.
    """
    interrupted = False
    futures: list[Future[Made]] = []
    pool = ThreadPoolExecutor(max_workers=jobs + jobs // RECKONING)
    try:
        with _not_yet():
            futures += [pool.submit(work, thing) for thing in things]
        wait(futures)
        pool.shutdown()
    except KeyboardInterrupt:
        interrupted = True
        give_up()
        # Not `wait(futures)`: one that is cancelled before its turn would be waited for for ever.
        pool.shutdown(cancel_futures=True)
    done = zip_longest(futures, things)
    return [None if future is None or future.cancelled() else future.result() for future, _ in done], interrupted


@contextmanager
def _not_yet() -> Iterator[None]:
    """Ctrl-C comes when the block is done: while a thread starts it would leave work behind that nobody knows of."""
    if current_thread() is not main_thread():  # who alone hears it
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    for number in came[:1]:
        signal.raise_signal(number)
