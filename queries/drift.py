"""Whether answers are getting worse than they were: each score's recent mean against its baseline.

Baselines, windows and limits are those of document 003 (DriftDetector), which dropped the sign, so that an improvement
alarmed; here a deviation is positive where it is for the worse, and only that warns.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from statistics import fmean
from threading import Lock
from types import MappingProxyType
from typing import Literal

BASELINE = MappingProxyType({"latency": 0.85, "length": 0.90, "format": 0.88, "coherence": 0.95, "overall": 0.89})
#: Of so many observations that are kept, so many are recent.
KEPT, RECENT = 1000, 100
#: Shares of the baseline by which a mean has fallen.
WARNING, CRITICAL = 0.15, 0.30

Verdict = Literal["fine", "warning", "critical"]


@dataclass(frozen=True, slots=True)
class Drift:
    """One score against its baseline.

    Attributes:
        metric: which score.
        mean: of the recent observations.
        baseline: what it was when all was well.
        observed: how many observations that mean is of.
    """

    metric: str
    mean: float
    baseline: float
    observed: int

    @property
    def deviation(self) -> float:
        """How far the mean has fallen, as a share of the baseline; negative where it is better."""
        return (self.baseline - self.mean) / self.baseline

    def verdict(self, warning: float = WARNING, critical: float = CRITICAL) -> Verdict:
        """At a limit exactly, the limit is reached."""
        if self.deviation >= critical:
            return "critical"
        return "warning" if self.deviation >= warning else "fine"


class DriftDetector:
    """Remembers scores; any thread may observe."""

    def __init__(self, baseline: Mapping[str, float] = BASELINE, kept: int = KEPT, recent: int = RECENT) -> None:
        if wrong := [name for name, value in baseline.items() if not (isfinite(value) and value > 0)]:
            raise ValueError(f"the baseline of {wrong[0]} is {baseline[wrong[0]]!r}: a number above 0")
        if not 0 < recent <= kept:
            raise ValueError(f"{recent} recent observations of {kept} that are kept")
        self.baseline = MappingProxyType(dict(baseline))
        self._recent, self._lock = recent, Lock()
        self._seen: dict[str, deque[float]] = {name: deque(maxlen=kept) for name in baseline}

    def observe(self, scores: Mapping[str, float]) -> None:
        """Take one answer's scores; those without a baseline are nobody's, and a score that is no number is an error.

        Raises:
            ValueError: NaN or infinite: it would make every later mean one.
        """
        for name, score in scores.items():
            if name in self.baseline and not isfinite(score):
                raise ValueError(f"the score of {name} is {score!r}")
        with self._lock:
            for name in self.baseline.keys() & scores.keys():
                self._seen[name].append(scores[name])

    def drifts(self) -> tuple[Drift, ...]:
        """Each score that was observed, against its baseline."""
        with self._lock:
            recent = {name: tuple(seen)[-self._recent :] for name, seen in self._seen.items() if seen}
        return tuple(Drift(name, fmean(seen), self.baseline[name], len(seen)) for name, seen in recent.items())

    def deviations(self) -> dict[str, float]:
        """As the gauge `taskmaster_drift_deviation_ratio{metric}` bears them."""
        return {one.metric: one.deviation for one in self.drifts()}


def worst(drifts: Iterable[Drift]) -> Verdict:
    """The verdict over all."""
    said = {one.verdict() for one in drifts}
    return "critical" if "critical" in said else "warning" if "warning" in said else "fine"
