"""Until somebody wants it to stop: a key on a terminal, Ctrl-C or SIGTERM anywhere, a terminal that is closed."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event

KEYS = frozenset(b"qQ\r\n")
#: Windows has no SIGHUP.
SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
#: How often it is looked whether something ended by itself, in seconds.
LOOKS = 0.2


@contextmanager
def told_to() -> Iterator[Event]:
    """Set by Ctrl-C, SIGTERM and a terminal that is closed, from now on; a second one does not disturb the stopping."""
    stop = Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in SIGNALS}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def wait(stop: Event, ended: Callable[[], bool]) -> bool:
    """True when somebody wants it, False when something ended by itself."""
    with _keys() as pressed:
        while not stop.is_set():
            if ended():
                return False
            if pressed():
                return True
    return True


@contextmanager
def _keys() -> Iterator[Callable[[], bool]]:
    """Whether one of the keys was pressed, within a moment; where there is no terminal nobody presses any."""
    if not sys.stdin or not sys.stdin.isatty():
        never = Event()
        yield lambda: never.wait(LOOKS)
        return
    import termios  # noqa: PLC0415 - Windows has none, and no terminal of this kind
    import tty  # noqa: PLC0415 - likewise

    file = sys.stdin.fileno()
    before = termios.tcgetattr(file)
    tty.setcbreak(file)  # a key is enough, without Enter
    try:
        yield lambda: bool(select.select([file], [], [], LOOKS)[0]) and _wants(file)
    finally:
        with suppress(termios.error):  # it was closed
            termios.tcsetattr(file, termios.TCSADRAIN, before)


def _wants(file: int) -> bool:
    """One of the keys, or the terminal is gone."""
    try:
        read = os.read(file, 64)
    except OSError:
        return True
    return not read or bool(KEYS & set(read))
