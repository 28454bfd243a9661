"""A world to ask about: for every metric of the catalogs the series that a healthy service would have, as numbers.

Two replicas of each role, the second scraped a little later than the first; every combination of label values; fifteen
days of history. The arrays that Prometheus is fed are kept, so that every answer can be computed from them again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from queries import (
    BOOL,
    BYTES,
    CELSIUS,
    PERCENT,
    RATIO,
    SCORE,
    SECONDS,
    TIMESTAMP,
    TOKENS,
    USD_PER_TOKEN,
    WATTS,
    Counter,
    Gauge,
    Histogram,
    Metric,
    RecordingRule,
    Summary,
    Unit,
)
from queries.promql import bucket
from tests.prometheus import catalogs, shapes
from tests.prometheus.clock import REPLICAS, Target, is_ill, target
from tests.prometheus.plausible import label_sets, weight

#: How fast what is counted comes, each series; fast enough that a minute of every bucket says something.
EACH_SECOND: Mapping[Unit, float] = {TOKENS: 3.0}
OTHERS_EACH_SECOND = 2.0
#: A counter that counts a part of another, and its share of it.
PARTS = {"prediction_correct_total": ("prediction_total", 0.91)}
#: A gauge of a part has the name of the whole but for one word.
WHOLES = (("_used_", "_total_"), ("Available", "Total"))
GIB = 2.0**30
#: Where a gauge without limits moves, by unit; the last is for things that wait or run.
LEVELS: Mapping[Unit, tuple[float, float]] = {
    CELSIUS: (40, 70),
    PERCENT: (25, 75),
    RATIO: (-0.05, 0.1),
    SCORE: (0.02, 0.09),
    SECONDS: (0.1, 2),
    WATTS: (90, 280),
}
WAITING = (1, 12)
#: Of a machine's CPU, what each mode of work gets.
WORK = {"user": 0.7, "system": 0.2, "iowait": 0.05, "softirq": 0.03, "irq": 0.01, "nice": 0.01, "steal": 0.0}


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One series: its labels with job and instance, and its samples; times in milliseconds."""

    name: str
    labels: Mapping[str, str]
    times: array[int]
    values: array[float]

    def between(self, begin: float, end: float) -> slice:
        """Which samples lie between two times in seconds."""
        return slice(bisect_right(self.times, begin * 1000), bisect_right(self.times, end * 1000))


class World:
    """Every series, by name."""

    def __init__(self, metrics: list[Metric]) -> None:
        self.series: dict[str, list[Series]] = defaultdict(list)
        jobs = sorted({one.role.job for one in metrics if one.role is not None})
        self._targets = {job: [target(job, replica) for replica in range(len(REPLICAS))] for job in jobs}
        for metric in metrics:
            for replica in self._targets[metric.role.job] if metric.role is not None else ():
                for name, labels, values in _series(metric, replica):
                    times = replica.scrapes if metric.name == "up" else replica.times
                    self.series[name].append(Series(name, labels | replica.labels, times, values))

    def select(self, name: str, **wanted: str | Callable[[str], bool]) -> list[Series]:
        """The series of a name whose labels are as wanted: a value, or whatever a function takes."""
        return [one for one in self.series.get(name, ()) if all(_fits(one, *want) for want in wanted.items())]


def lifelike() -> World:
    """The world of every catalog, and what Prometheus has recorded in it."""
    world = World(catalogs.metrics())
    server = target("prometheus", 0)
    for rule in catalogs.objective_recordings():
        values = array("d", shapes.wandering(server, *_recorded(rule), rule.record))
        world.series[rule.record].append(Series(rule.record, {}, server.times, values))
    return world


def _recorded(rule: RecordingRule) -> tuple[float, float]:
    """Between what a healthy service's recording moves; that each is its definition is proven in `tests/slo`."""
    if rule.number.unit == RATIO:
        return (0.0005, 0.004)
    return (0.01, 0.05) if "_bad:" in rule.record else (5, 12)


def _fits(series: Series, label: str, wanted: str | Callable[[str], bool]) -> bool:
    value = series.labels.get(label, "")
    return value == wanted if isinstance(wanted, str) else wanted(value)


def _series(metric: Metric, replica: Target) -> Iterator[tuple[str, dict[str, str], array[float]]]:
    for labels in label_sets(metric):
        whole, part = PARTS.get(metric.name, (metric.name, 1.0))
        key = whole + repr(labels)
        rate = EACH_SECOND.get(metric.unit, OTHERS_EACH_SECOND) * weight(labels) * (0.7 + 0.6 * shapes.place(key))
        match metric:
            case Histogram(name=name):
                seen = shapes.observed(metric, replica, rate, key + replica.instance)
                for bound, values in zip((*seen.bounds, float("inf")), (*seen.below, seen.count), strict=True):
                    yield f"{name}_bucket", {**labels, "le": bucket(bound)}, values
                yield f"{name}_count", labels, seen.count
                yield f"{name}_sum", labels, seen.sum
            case Summary(name=name):
                count = shapes.rising(replica, rate, key + replica.instance)
                yield f"{name}_count", labels, count
                yield f"{name}_sum", labels, array("d", (one * int(400 + 900 * shapes.place(key)) for one in count))
            case Counter(name=name):
                yield name, labels, _counter(key, labels, replica, part * rate)
            case Gauge(name=name):
                yield name, labels, array("d", _gauge(metric, labels, replica))
            case _:
                raise TypeError(f"no idea what a {metric.kind} looks like")


def _counter(key: str, labels: Mapping[str, str], replica: Target, rate: float) -> array[float]:
    if "mode" not in labels:
        return shapes.rising(replica, rate, key + replica.instance)
    # the modes of a CPU add up to one second a second
    busy = shapes.wandering(replica, 0.1, 0.6, replica.instance + labels.get("cpu", ""))
    part = WORK.get(labels["mode"])
    return shapes.elapsed(replica, [1 - one if part is None else one * part for one in busy])


def _gauge(gauge: Gauge, labels: Mapping[str, str], replica: Target) -> Iterator[float]:
    key = gauge.name + repr(labels) + replica.instance
    for part, whole in WHOLES:
        size = GIB * (48 if replica.instance == REPLICAS[0] else 80)
        if gauge.unit == BYTES and part in gauge.name:
            return (round(size * one) for one in shapes.wandering(replica, 0.3, 0.8, key))
        if gauge.unit == BYTES and whole in gauge.name:
            return (size for _ in replica.times)
    if gauge.name == "up":
        worked = set(replica.times)
        return (float(one in worked) for one in replica.scrapes)
    if gauge.unit == BOOL:
        return (float(not is_ill(replica.instance, one)) for one in replica.times)
    if gauge.unit == TIMESTAMP:
        lag = 1.5 + 5 * shapes.place(key)
        return (0.0 if is_ill(replica.instance, one) else round(one / 1000 - lag, 3) for one in replica.times)
    if gauge.unit == USD_PER_TOKEN:  # a price list: the same on every replica
        price = round(1e-6 * (0.2 + 2 * shapes.place(repr(labels))), 9)
        return (price for _ in replica.times)
    if gauge.low is not None and gauge.high is not None:
        span = gauge.high - gauge.low
        low, high = gauge.low + 0.72 * span, gauge.low + 0.88 * span
    else:
        low, high = LEVELS.get(gauge.unit, WAITING)
    digits = 0 if gauge.unit not in LEVELS else 4
    return (round(one, digits) for one in shapes.wandering(replica, low, high, key))
