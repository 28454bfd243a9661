"""A key, a signal and a terminal that is closed at any moment each stop it; nothing else does."""

from __future__ import annotations

import os
import pty
import signal
import sys
import termios
from collections.abc import Callable, Iterator

import pytest

from examples.demo.stopping import Told, told_to


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The far end of the one that we read from."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, encoding="utf-8") as stdin, os.fdopen(ours, "wb", buffering=0) as far:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield far.fileno()


def wanted_within(told: Told, looks: int) -> bool:
    """Whether somebody wants it to stop, at one of so many looks."""
    left = iter(range(looks))
    return told.wait(lambda: next(left, None) is None)


@pytest.mark.parametrize("key", [b"q", b"Q", b"\r", b"\n"])
def test_a_key_stops_it(terminal: int, key: bytes) -> None:
    with told_to() as told:
        assert told.by_key
        os.write(terminal, key)

        assert wanted_within(told, 10)


def test_another_key_does_not(terminal: int) -> None:
    with told_to() as told:
        os.write(terminal, b"x")

        assert not wanted_within(told, 2)


@pytest.mark.parametrize("one", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it(monkeypatch: pytest.MonkeyPatch, one: signal.Signals) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    before = signal.getsignal(one)
    with told_to() as told:
        assert not told.by_key
        os.kill(os.getpid(), one)

        assert wanted_within(told, 10)
    assert signal.getsignal(one) is before


def test_what_ended_by_itself_is_told_apart() -> None:
    with told_to() as told:
        assert not told.wait(lambda: True)


@pytest.mark.parametrize("closed", ["before it is asked for its settings", "while its keys are heard"])
def test_a_terminal_that_is_closed_stops_it(monkeypatch: pytest.MonkeyPatch, closed: str) -> None:
    ours, theirs = pty.openpty()
    asked: Callable[[int], list[object]] = termios.tcgetattr

    def closing(file: int) -> list[object]:
        if closed.startswith("before"):
            os.close(ours)
        return asked(file)

    with os.fdopen(theirs, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(termios, "tcgetattr", closing)
        with told_to() as told:
            if closed.startswith("while"):
                os.close(ours)

            assert wanted_within(told, 10)


def test_the_keys_of_a_terminal_that_another_has_are_not_ours(terminal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m examples.demo &`: who sets its keys from there is stopped without a word."""
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp() + 1)
    before = termios.tcgetattr(terminal)
    with told_to() as told:
        assert not told.by_key
        assert termios.tcgetattr(terminal) == before


def test_the_terminal_is_left_as_it_was(terminal: int) -> None:
    before = termios.tcgetattr(terminal)

    with told_to():
        assert termios.tcgetattr(terminal) != before

    assert termios.tcgetattr(terminal) == before
