"""Ctrl-C at any moment of work on many things: what was begun is finished and told, the rest is not begun."""

import signal
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event, Thread, get_ident
from typing import Any

import pytest

from cli.deploy.side_by_side import side_by_side


def test_everything_is_done_in_its_order() -> None:
    assert side_by_side(str.upper, ["a", "b", "c"], 2) == (["A", "B", "C"], False)


def test_somebody_reckons_while_others_wait_for_an_answer() -> None:
    """Requests are counted where they are made; four on their way leave two more to be compared."""
    everybody = Barrier(6, timeout=10)

    assert side_by_side(lambda _: everybody.wait() >= 0, range(6), 4) == ([True] * 6, False)


def test_one_at_a_time_is_one() -> None:
    threads, _ = side_by_side(lambda _: get_ident(), range(20), 1)

    assert len({*threads}) == 1


def test_what_was_begun_while_ctrl_c_came_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes while the first is handed over, and somebody is at it already."""
    begun, given_up, submit = Event(), Event(), ThreadPoolExecutor.submit

    def work(thing: str) -> str:
        begun.set()
        assert given_up.wait(10)
        return thing.upper()

    def interrupted(pool: ThreadPoolExecutor, *of: Any) -> Future[Any]:
        future = submit(pool, *of)
        if of[-1] == "a":
            assert begun.wait(10)
            signal.raise_signal(signal.SIGINT)
        return future

    monkeypatch.setattr(ThreadPoolExecutor, "submit", interrupted)

    assert side_by_side(work, ["a", "b"], 1, given_up.set) == (["A", None], True)


def test_what_was_done_when_ctrl_c_came_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes when all is done and only the threads are waited for."""
    shutdown = ThreadPoolExecutor.shutdown
    calls: list[Any] = []

    def interrupted(pool: ThreadPoolExecutor, **how: Any) -> None:
        calls.append(how)
        if len(calls) == 1:
            signal.raise_signal(signal.SIGINT)
        shutdown(pool, **how)

    monkeypatch.setattr(ThreadPoolExecutor, "shutdown", interrupted)

    assert side_by_side(str.upper, ["a", "b"], 1) == (["A", "B"], True)


def test_ctrl_c_is_heard_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)

    side_by_side(str.upper, ["a"], 1)

    assert signal.getsignal(signal.SIGINT) is before


def test_outside_the_main_thread_nobody_hears_it() -> None:
    made: list[Any] = []
    thread = Thread(target=lambda: made.append(side_by_side(str.upper, ["a"], 1)))
    thread.start()
    thread.join()

    assert made == [(["A"], False)]
