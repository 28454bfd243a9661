"""A gauge of the recent: the mean of what was observed last."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from math import isfinite
from statistics import fmean
from threading import Lock

from queries.instruments import accepted
from queries.instruments.collectors import GaugeCollector


class Mean:
    """A gauge as the mean of what was observed last."""

    def __init__(self, of: GaugeCollector, recent: int, labels: Mapping[str, str]) -> None:
        self._of, self._labels, self._lock = of, labels, Lock()
        self._seen: deque[float] = deque(maxlen=recent)

    def observe(self, *scores: float) -> None:
        """These more; what is no number has no mean."""
        with self._lock:
            for score in scores:
                number = accepted.number(score)
                if number is None or not isfinite(number):
                    self._of.no_amount(score)
                else:
                    self._seen.append(number)
            if self._seen:
                self._of.set(fmean(self._seen), **self._labels)
