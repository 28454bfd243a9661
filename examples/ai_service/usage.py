"""What the process believes to use of its machine: document 004 has the service say so itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

STATM = Path("/proc/self/statm")


class Usage:
    """CPU since the last question, and memory now; both in percent of the machine's."""

    def __init__(self, wall: Callable[[], float] = perf_counter, worked: Callable[[], float] = process_time) -> None:
        self._wall, self._worked = wall, worked
        self._last = (wall(), worked())

    def cpu(self) -> float:
        """The share of all CPUs."""
        (was, had), now = self._last, (self._wall(), self._worked())
        self._last = now
        passed = (now[0] - was) * (os.cpu_count() or 1)
        return max(0.0, min(100.0, 100 * (now[1] - had) / passed)) if passed > 0 else 0.0

    def memory(self) -> float:
        """The share of the memory; 0 where the system does not say."""
        try:
            pages = int(STATM.read_text().split()[1])
        except (OSError, ValueError, IndexError):
            return 0.0
        return 100 * pages / os.sysconf("SC_PHYS_PAGES")
