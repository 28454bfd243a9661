"""When everything happens: the moment of the questions, the scrapes before it, restarts, and the daily wave of traffic.

Nothing here depends on the clock of the machine: the same seconds of May 2024, today and in ten years.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

MINUTE, HOUR, DAY = 60, 3600, 86400
SCRAPE = 15
#: How long samples come at the scrape interval, and how long in all, then every COARSE seconds.
FINE, HISTORY, COARSE = 2 * HOUR, 15 * DAY, 5 * MINUTE
#: Tuesday 21 May 2024, 14:00 UTC: all of HISTORY lies in one block of 486 h, so that promtool reads its input once.
NOW = 1_716_300_000
#: For ten minutes the first replica of every role had lost its model, and no request had succeeded.
ILL = (NOW - 50 * MINUTE, NOW - 40 * MINUTE)
#: When every number is asked for: now, and while one replica was ill.
MOMENTS = (NOW, NOW - 45 * MINUTE)
#: The first replica restarted in the last hour, and missed two scrapes; the second one days ago.
RESTARTS = (NOW - 23 * MINUTE, NOW - 3 * DAY - 5 * HOUR)
MISSED = 2 * SCRAPE
REPLICAS = ("a:8000", "b:8000")
#: How many times a day observations change how they are spread.
SLOTS = 48


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A replica that is scraped.

    Attributes:
        scrapes: when, in milliseconds; times: those of them that worked.
        starts: the places in `times` where the process begins to count at 0; the first has counted for days.
        load: between a sample and the one before, seconds weighted by traffic; 1 on average at the beginning.
        position: where each sample stands in the day's wave, 0 to 1.
        slots: which part of the day it is in. gaps: the seconds between each sample and the one before.
    """

    job: str
    instance: str
    scrapes: array[int]
    times: array[int]
    starts: tuple[int, ...]
    load: list[float]
    position: list[float]
    slots: list[int]
    gaps: list[float]

    @property
    def labels(self) -> dict[str, str]:
        """What scraping adds to every series."""
        return {"job": self.job, "instance": self.instance}


def target(job: str, replica: int) -> Target:
    """A replica of a job: `target("backend", 0)`."""
    instance = REPLICAS[replica]
    # no scrape falls on a whole second: windows may be open or closed at their ends, the answer is the same
    late = crc32(f"{job} {instance}".encode()) % SCRAPE * 1000 + 377
    scrapes = array("q", (second * 1000 + late for second in _grid() if second * 1000 + late <= NOW * 1000))
    restart = RESTARTS[replica] * 1000
    times = array("q", (one for one in scrapes if not restart - MISSED * 1000 < one <= restart))
    waves = [_wave(one / 1000) for one in times]
    gaps = [SCRAPE, *((late - soon) / 1000 for soon, late in pairwise(times))]
    grown = [1 + 0.02 * (one / 1000 - NOW + HISTORY) / DAY for one in times]
    return Target(
        job,
        instance,
        scrapes,
        times,
        (0, bisect_left(times, restart)),
        [gap * (0.5 + wave) * more for gap, wave, more in zip(gaps, waves, grown, strict=True)],
        waves,
        [one * SLOTS // (DAY * 1000) % SLOTS for one in times],
        gaps,
    )


def is_ill(instance: str, time: int) -> bool:
    """Whether the replica had lost its model at a time in milliseconds."""
    return instance == REPLICAS[0] and ILL[0] * 1000 <= time < ILL[1] * 1000


def _wave(second: float) -> float:
    """0 at night, 1 in the early afternoon."""
    return 0.5 + 0.5 * math.sin(2 * math.pi * (second - 8 * HOUR) / DAY)


def _grid() -> list[int]:
    """When a scrape interval begins: every SCRAPE seconds just before now and a week ago, else every COARSE seconds."""
    fine = [(NOW - 7 * DAY - FINE, NOW - 7 * DAY), (NOW - FINE, NOW)]
    seconds = {one for one in range(NOW - HISTORY, NOW, COARSE) if not any(begin <= one < end for begin, end in fine)}
    return sorted(seconds.union(*(range(begin, end, SCRAPE) for begin, end in fine)))
