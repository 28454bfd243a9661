"""Is the machine too busy to test how quick something is? Then every service is slow, and its alerts are right."""

from __future__ import annotations

import re
import time
from threading import Event, Thread

#: A sleeper who is woken so many seconds late, more often than this: nobody answers in time on such a machine.
LATE, TOO_OFTEN = 0.05, 0.02
SLEEPS = 0.02
#: What answers that come late set off.
OF_LATENESS = re.compile(
    r".*Latency(BudgetBurn\w+)?|InferenceServerSlow|TaskMaster(Severe)?Drift|HighCPUUsage|OutOfMemory"
)


class Sleeper:
    """Sleeps and looks at the clock, until it is told to stop."""

    def __init__(self) -> None:
        self.slept = self.late = 0
        self._stop = Event()
        self._thread = Thread(target=self._sleep, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """It wakes for good."""
        self._stop.set()
        self._thread.join()

    @property
    def is_busy(self) -> bool:
        """Whether the machine lets it wait."""
        return self.late > TOO_OFTEN * self.slept

    def excused(self, alerts: set[str], wanted: set[str]) -> set[str]:
        """The alerts without those that only say how busy the machine is; on one that is not, all of them."""
        if not self.is_busy:
            return alerts
        return {one for one in alerts if one in wanted or not OF_LATENESS.fullmatch(one)}

    def _sleep(self) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            time.sleep(SLEEPS)
            self.slept += 1
            self.late += time.monotonic() - began - SLEEPS > LATE
