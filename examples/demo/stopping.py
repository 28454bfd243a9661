"""Until somebody wants it to stop: a key on a terminal, Ctrl-C or SIGTERM anywhere, a terminal that is closed."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from threading import Event
from typing import Any

KEYS = frozenset(b"qQ\r\n")
#: Windows has no SIGHUP.
SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
#: How often it is looked whether something ended by itself, in seconds.
LOOKS = 0.2


@dataclass(frozen=True, slots=True)
class Told:
    """What tells it to stop.

    Attributes:
        stop: set by a signal.
        pressed: whether a key says so, within a moment; never, after that moment, where there is no terminal.
        by_key: there is a terminal whose keys are heard.
    """

    stop: Event
    pressed: Callable[[], bool]
    by_key: bool

    def wait(self, ended: Callable[[], bool]) -> bool:
        """True when somebody wants it, False when something ended by itself."""
        while not self.stop.is_set():
            if ended():
                return False
            if self.pressed():
                return True
        return True


@contextmanager
def told_to() -> Iterator[Told]:
    """From now on a signal counts, and a key that `wait` hears; a second one does not disturb the stopping."""
    stop = Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in SIGNALS}
    try:
        with _keys() as pressed:
            # not for `stop` itself: a signal that comes while somebody waits for it would wait for him
            never = Event()
            yield Told(stop, pressed or (lambda: never.wait(LOOKS)), by_key=pressed is not None)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _keys() -> Iterator[Callable[[], bool] | None]:
    """Whether one of the keys was pressed, within a moment; None where there is no terminal."""
    if not sys.stdin or not sys.stdin.isatty() or _is_another_s(sys.stdin.fileno()):
        yield None
        return
    import termios  # noqa: PLC0415 - Windows has none, and no terminal of this kind
    import tty  # noqa: PLC0415 - likewise

    file = sys.stdin.fileno()
    with ExitStack() as afterwards:
        # a terminal that is closed, now or later, is heard as a key: reading from it fails
        with suppress(termios.error):
            before = termios.tcgetattr(file)
            tty.setcbreak(file)  # a key is enough, without Enter
            afterwards.callback(_put_back, file, before)
        yield lambda: bool(select.select([file], [], [], LOOKS)[0]) and _wants(file)


def _is_another_s(file: int) -> bool:
    """Whether we were started in the background of a terminal: who sets its keys there is stopped without a word."""
    try:
        return os.tcgetpgrp(file) != os.getpgrp()
    except OSError:  # it is not the one that we were started from
        return False


def _put_back(file: int, before: list[Any]) -> None:
    import termios  # noqa: PLC0415 - as above

    with suppress(termios.error):  # it was closed
        termios.tcsetattr(file, termios.TCSADRAIN, before)


def _wants(file: int) -> bool:
    """One of the keys, or the terminal is gone."""
    try:
        read = os.read(file, 64)
    except OSError:
        return True
    return not read or bool(KEYS & set(read))
