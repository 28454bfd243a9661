"""What PromQL's functions make of the samples of one window, as Prometheus' documentation says."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

#: When, and what.
Samples: TypeAlias = Sequence[tuple[float, float]]
#: Beyond so many times the usual distance to a window's end, a series is taken to begin or end inside it.
NEAR = 1.1
TWO = 2


def extrapolated(samples: Samples, begin: float, end: float, *, counts: bool) -> float | None:
    """By how much a series rose in a window, carried on to its ends; resets of a counter mended."""
    if len(samples) < TWO:
        return None
    (first, low), (last, high) = samples[0], samples[-1]
    rise = high - low
    if counts:
        rise += sum(late for (_, late), (_, soon) in pairwise(samples) if soon < late)
    covered = last - first
    usual = covered / (len(samples) - 1)
    before, after = first - begin, end - last
    if counts and rise > 0 and low >= 0:
        before = min(before, covered * low / rise)
    near = usual * NEAR
    carried = covered + (before if before < near else usual / 2) + (after if after < near else usual / 2)
    return rise * carried / covered


def rate(samples: Samples, begin: float, end: float) -> float | None:
    """By how much a counter rose each second."""
    rise = extrapolated(samples, begin, end, counts=True)
    return None if rise is None else rise / (end - begin)


def increase(samples: Samples, begin: float, end: float) -> float | None:
    """By how much a counter rose."""
    return extrapolated(samples, begin, end, counts=True)


def delta(samples: Samples, begin: float, end: float) -> float | None:
    """By how much a gauge rose."""
    return extrapolated(samples, begin, end, counts=False)


def irate(samples: Samples, _begin: float, _end: float) -> float | None:
    """By how much a counter rose each second between its last two samples."""
    if len(samples) < TWO:
        return None
    (then, before), (now, after) = samples[-2:]
    return (after if after < before else after - before) / (now - then)


def idelta(samples: Samples, _begin: float, _end: float) -> float | None:
    """The difference of the last two samples."""
    return samples[-1][1] - samples[-2][1] if len(samples) >= TWO else None


def line(samples: Samples, at: float) -> tuple[float, float] | None:
    """Slope, and value at a moment, of the straight line through the samples (least squares)."""
    if len(samples) < TWO:
        return None
    if len({value for _, value in samples}) == 1:
        return 0.0, samples[0][1]
    found = statistics.linear_regression([when - at for when, _ in samples], [value for _, value in samples])
    return found.slope, found.intercept


def deriv(samples: Samples, _begin: float, end: float) -> float | None:
    """How fast a gauge rises each second."""
    found = line(samples, end)
    return None if found is None else found[0]


def quantile(q: float, values: Sequence[float]) -> float:
    """The q-quantile, between two values in proportion."""
    if not values or math.isnan(q):
        return math.nan
    if not 0 <= q <= 1:
        return -math.inf if q < 0 else math.inf
    ranked = sorted(values)
    rank = q * (len(ranked) - 1)
    low = math.floor(rank)
    high = min(low + 1, len(ranked) - 1)
    return ranked[low] * (1 - rank + low) + ranked[high] * (rank - low)


def _changes(values: Sequence[float]) -> float:
    return sum(one != other for one, other in pairwise(values))


def _resets(values: Sequence[float]) -> float:
    return sum(after < before for before, after in pairwise(values))


#: Those that look at the values alone; none of them is asked about an empty window.
OF_VALUES: Mapping[str, Callable[[Sequence[float]], float]] = {
    "avg_over_time": lambda values: math.fsum(values) / len(values),
    "min_over_time": min,
    "max_over_time": max,
    "sum_over_time": math.fsum,
    "count_over_time": len,
    "last_over_time": lambda values: values[-1],
    "present_over_time": lambda _: 1.0,
    "stddev_over_time": statistics.pstdev,
    "stdvar_over_time": statistics.pvariance,
    "changes": _changes,
    "resets": _resets,
}
OF_SAMPLES: Mapping[str, Callable[[Samples, float, float], float | None]] = {
    "rate": rate,
    "increase": increase,
    "delta": delta,
    "irate": irate,
    "idelta": idelta,
    "deriv": deriv,
}
