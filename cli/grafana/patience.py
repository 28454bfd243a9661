"""When a request is worth another try, and how long that one waits for its turn."""

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event

#: More would be too large a number, and every ceiling is below.
DOUBLINGS = 60


@dataclass(frozen=True, slots=True)
class Patience:
    """Full jitter: a wait is anything from 0 to `base`, which doubles from try to try, up to `cap`.

    Attributes:
        tries: how often one request is made, the first included.
        base: seconds that the second try waits at most.
        cap: seconds that any try waits at most.
        longest_wait: seconds that it waits at most where Grafana says how long.
        sleep: waits so long, or until the event is set.
        random: anything from 0 to 1.
        clock: seconds since 1970, for the dates that Grafana says.
    """

    tries: int = 4
    base: float = 0.5
    cap: float = 10.0
    longest_wait: float = 30.0
    sleep: Callable[[Event, float], object] = Event.wait
    random: Callable[[], float] = random.random
    clock: Callable[[], float] = time.time

    def wait(self, failed: int, after: str = "") -> float:
        """The seconds before the next try.

        Args:
            failed: how many tries there were.
            after: what Grafana says in Retry-After, if anything.
        """
        asked = self._asked(after)
        if asked is not None:  # and a little more, lest all who were sent away come back at once
            return min(asked + self.random() * self.base, self.longest_wait)
        return self.random() * min(math.ldexp(self.base, min(failed - 1, DOUBLINGS)), self.cap)

    def waited(self, over: Event, failed: int, after: str = "") -> bool:
        """Wait for the next try, as `wait` says; False when there is none, or it is over."""
        if failed >= self.tries or over.is_set():
            return False
        self.sleep(over, self.wait(failed, after))
        return not over.is_set()

    def _asked(self, after: str) -> float | None:
        """Retry-After in seconds, whichever of its two forms it has; None for any other."""
        text = after.strip()
        if text.isascii() and text.isdecimal():
            return float(text[:9])
        try:
            until = parsedate_to_datetime(text)
        except (ValueError, OverflowError):  # no date, and one that no calendar has
            return None
        if until.tzinfo is None:  # "-0000": a time in UTC of which nobody knows where it was said
            until = until.replace(tzinfo=UTC)
        return max(0.0, (until - datetime.fromtimestamp(self.clock(), UTC)).total_seconds())
