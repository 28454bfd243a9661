"""What the samples of a series look like over time: counters, gauges, histograms, each as plain numbers.

Counters rise with the day's traffic and begin at 0 when their process does. A histogram's buckets, count and sum are
made from one count of observations, so that they agree at every sample.
"""

from __future__ import annotations

import math
import operator
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, cycle, islice, pairwise
from random import Random
from zlib import crc32

from queries import RATIO, SCORE, Histogram
from tests.prometheus.clock import DAY, SLOTS, Target

#: A series' traffic is never quite its share; every series reads the same table, each from another place.
NOISE = [Random(place).uniform(0.5, 1.5) for place in range(1009)]  # noqa: S311 - the same every time, no secret
#: How widely observations are spread: the deviation of their logarithm.
SPREAD = 0.6
BEFORE = 3 * DAY


def place(key: str) -> float:
    """A number from 0 to 1 that belongs to a key."""
    return crc32(key.encode()) % 1000 / 999


def noise(key: str) -> Iterator[float]:
    """Around 1, without end."""
    return islice(cycle(NOISE), crc32(key.encode()) % len(NOISE), None)


def arrivals(target: Target, rate: float, key: str) -> list[float]:
    """What comes between a sample and the one before: so much a second on average, times the traffic."""
    steps = [rate * load * more for load, more in zip(target.load, noise(key), strict=False)]
    steps[0] += rate * BEFORE
    return steps


def rising(target: Target, rate: float, key: str) -> array[float]:
    """A counter of whole things, from 0 at each start."""
    return array("d", map(int, _counted(target, arrivals(target, rate, key))))


def elapsed(target: Target, shares: Sequence[float]) -> array[float]:
    """A counter of seconds: of each second a share."""
    steps = [seconds * share for seconds, share in zip(target.gaps, shares, strict=True)]
    steps[0] += BEFORE * shares[0]
    return array("d", (round(one, 3) for one in _counted(target, steps)))


def wandering(target: Target, low: float, high: float, key: str) -> list[float]:
    """A gauge that follows the day between two values, never quite the same."""
    span = high - low
    moves = zip(target.position, noise(key), strict=False)
    return [low + span * (0.7 * wave + 0.3 * (more - 0.5)) for wave, more in moves]


def _counted(target: Target, steps: Sequence[float]) -> Iterator[float]:
    for begin, end in pairwise((*target.starts, len(steps))):
        yield from accumulate(steps[begin:end])


@dataclass(frozen=True, slots=True)
class Observed:
    """A histogram's series: at every sample how many observations were at or below each bound, and their sum."""

    bounds: tuple[float, ...]
    below: tuple[array[float], ...]
    count: array[float]
    sum: array[float]


def observed(histogram: Histogram, target: Target, rate: float, key: str) -> Observed:
    """So many observations a second, spread over the buckets by a law that changes through the day."""
    steps = arrivals(target, rate, key)
    size = 0.8 + 0.3 * place(key)
    shares = [_shares(histogram, size * (1 + 0.1 * math.sin(2 * math.pi * slot / SLOTS))) for slot in range(SLOTS)]
    inside = []
    for bucket in range(len(histogram.buckets) + 1):
        here = [one[bucket] for one in shares]
        came = [step * here[slot] for step, slot in zip(steps, target.slots, strict=True)]
        inside.append(array("d", map(int, _counted(target, came))))
    below = list(accumulate(inside, lambda less, more: array("d", map(operator.add, less, more))))
    total = [0.0] * len(steps)
    for value, column in zip(_values(histogram), inside, strict=True):
        total = [soon + count * value for soon, count in zip(total, column, strict=True)]
    return Observed(histogram.buckets, tuple(below[:-1]), below[-1], array("d", (round(one, 6) for one in total)))


def _shares(histogram: Histogram, size: float) -> list[float]:
    """The share of the observations in each bucket, the one above all bounds too; `size` makes them all greater."""
    bounds = histogram.buckets
    if histogram.unit == RATIO:  # most are near 1, none is above
        found = [min(1.0, one) ** (6 * size) for one in bounds]
    else:
        middle = bounds[len(bounds) // 4] * size
        found = [0.5 * (1 + math.erf(math.log(one / middle) / SPREAD / math.sqrt(2))) for one in bounds]
    if histogram.unit == SCORE:  # no mark is above the last
        found = [one / found[-1] for one in found]
    return [high - low for low, high in pairwise((0.0, *found, 1.0))]


def _values(histogram: Histogram) -> list[float]:
    """What one observation of each bucket is: the middle of it; a mark is a whole number, the bucket's bound."""
    found = [high if histogram.unit == SCORE else (low + high) / 2 for low, high in pairwise((0.0, *histogram.buckets))]
    return [*found, histogram.buckets[-1] * 1.25]
