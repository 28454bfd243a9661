"""What happened, in plain words: how much was counted, how observations were spread, what gauges showed.

No PromQL and no tree: from the world's arrays straight to a number, so that a wrong formula has nowhere to hide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tests.prometheus.clock import HOUR, MINUTE
from tests.prometheus.lifelike import Series, World

Wanted = str | Callable[[str], bool]
Told = float | dict[tuple[str, ...], float]


@dataclass(frozen=True, slots=True)
class Past:
    """The world as it was before a moment.

    Attributes:
        at: the moment, in Unix seconds.
        only: the labels of the series that are looked at, so far.
    """

    world: World
    at: float
    only: Mapping[str, Wanted] = field(default_factory=dict)

    def where(self, **wanted: Wanted) -> Past:
        """The same past, of fewer series."""
        return replace(self, only={**self.only, **wanted})

    def ago(self, seconds: float) -> Past:
        """The same series, so long before."""
        return replace(self, at=self.at - seconds)

    def each(self, name: str, *labels: str, tell: Callable[[Past], float]) -> dict[tuple[str, ...], float]:
        """For every combination of labels that a name bears what `tell` makes of it."""
        keys = {tuple(one.labels[label] for label in labels) for one in self._series(name)}
        return {key: tell(self.where(**dict(zip(labels, key, strict=True)))) for key in keys}

    # Counters ------------------------------------------------------------------------------------

    def rate(self, name: str, window: float = MINUTE) -> float:
        """How many came per second."""
        return sum(_pace(one, self.at - window, self.at) for one in self._series(name))

    def added(self, name: str, window: float = HOUR) -> float:
        """How many came within a window."""
        return self.rate(name, window) * window

    def mean_rate(self, name: str) -> float:
        """How many came per second of one series."""
        return self.rate(name) / len(self._series(name))

    # Histograms and summaries ------------------------------------------------------------------

    def mean(self, name: str, window: float = MINUTE) -> float:
        """The mean of what was observed."""
        return self.rate(f"{name}_sum", window) / self.rate(f"{name}_count", window)

    def share_below(self, name: str, le: str) -> float:
        """Of what was observed, the share at or below a bound."""
        return self.where(le=le).rate(f"{name}_bucket") / self.where(le="+Inf").rate(f"{name}_bucket")

    def bucket(self, name: str, q: float) -> tuple[float, float, float]:
        """The bounds of the bucket that the q-th observation fell into, and how far into it: 0 to 1."""
        bounds = sorted({one.labels["le"] for one in self._series(f"{name}_bucket")}, key=float)
        below = [self.where(le=le).rate(f"{name}_bucket") for le in bounds]
        inside = [late - soon for soon, late in pairwise((0.0, *below))]
        wanted = q * sum(inside)
        low = 0.0
        for bound, count in zip(bounds, inside, strict=True):
            if count and wanted <= count:
                return low, float(bound), wanted / count
            wanted, low = wanted - count, float(bound)
        raise ValueError(f"nothing was observed of {name}")

    def quantile(self, name: str, q: float) -> float:
        """What a share q of what was observed stayed below, if a bucket is filled evenly."""
        low, high, inside = self.bucket(name, q)
        return low + (high - low) * inside

    # Gauges --------------------------------------------------------------------------------------

    def now(self, name: str) -> list[float]:
        """The value of every series."""
        return [one.values[bisect_right(one.times, self.at * 1000) - 1] for one in self._series(name)]

    def average(self, name: str) -> float:
        """The mean of the series."""
        values = self.now(name)
        return sum(values) / len(values)

    def uptime(self, window: float = HOUR) -> float:
        """Of all scrapes in a window, the share that worked, each target counting the same."""
        shares = []
        for one in self._series("up"):
            seen = one.values[one.between(self.at - window, self.at)]
            shares.append(sum(seen) / len(seen))
        return sum(shares) / len(shares)

    def _series(self, name: str) -> list[Series]:
        return self.world.select(name, **self.only)


def _pace(series: Series, begin: float, end: float) -> float:
    part = series.between(begin, end)
    times, values = series.times[part], series.values[part]
    steps = (late - soon if late >= soon else late for soon, late in pairwise(values))
    return sum(steps) / (times[-1] - times[0]) * 1000
