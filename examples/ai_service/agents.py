"""Agent sessions: opened, stepped, closed; one that nobody ends is ended by its age."""

from collections.abc import Callable
from secrets import token_hex
from time import monotonic

#: Seconds after which a session that nobody ends is ended.
OLDEST = 900.0
#: More are refused: the memory of the service is finite too.
MOST = 5_000


class TooMany(Exception):
    """No session more can be opened."""


class Sessions:
    """The sessions that are open."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._open: dict[str, float] = {}

    def __len__(self) -> int:
        self._end_the_old()
        return len(self._open)

    def __contains__(self, session: str) -> bool:
        return session in self._open

    def open(self) -> str:
        """The name of a new one.

        Raises:
            TooMany: as many are open as there may be.
        """
        self._end_the_old()
        if len(self._open) >= MOST:
            raise TooMany(f"{MOST} agent sessions are open")
        name = token_hex(8)
        self._open[name] = self._clock()
        return name

    def close(self, session: str) -> bool:
        """Whether there was such a one."""
        return self._open.pop(session, None) is not None

    def _end_the_old(self) -> None:
        before = self._clock() - OLDEST
        while self._open and (oldest := next(iter(self._open))) and self._open[oldest] < before:
            del self._open[oldest]
