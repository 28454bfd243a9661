"""PromQL a second time: what an expression of ours gives, computed from the world's own arrays.

It reads the tree and never the text, so that a printer's fault shows; it knows a metric's role, so that a series of
another service that slips in shows too. Samples, windows and extrapolation are those of Prometheus' documentation.
"""

from __future__ import annotations

import math
import operator
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from queries.duration import seconds
from queries.expr import Aggregate, Binary, Call, Expr, Match, Matching, Minus, Number, Select, Text, Window
from queries.labels import TARGET
from queries.metric import Metric, Role
from tests.prometheus.lifelike import Series, World
from tests.prometheus.server import Labels

Vector = dict[Labels, float]
Value = float | Vector
LOOKBACK = 300.0
#: Beyond this many times the usual distance to a window's end, a series is taken to begin or end inside it.
NEAR = 1.1
ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: left / right if right else left * math.inf if left else math.nan,
}
COMPARISON: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}
OVER_ALL: Mapping[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "avg": lambda values: math.fsum(values) / len(values),
    "max": max,
    "min": min,
    "count": len,
}


@dataclass(frozen=True, slots=True)
class Reference:
    """Computes expressions over a world at a moment.

    Attributes:
        at: the moment, in Unix seconds.
        windows: how long Grafana's own windows are.
        chosen: what a page narrows its metrics to, by label; `job` and `instance` only those of its `role`.
    """

    world: World
    at: float
    windows: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    role: Role | None = None

    def vector(self, expr: Expr) -> Vector:
        """The series of an expression's answer; a number is a series without labels."""
        value = self.of(expr)
        return value if isinstance(value, dict) else {(): value}

    def of(self, expr: Expr) -> Value:
        """What an expression gives."""
        match expr:
            case Number(value):
                return value
            case Minus(of):
                return self.of(Binary("*", Number(-1), of))
            case Select():
                when = self.at - (seconds(expr.offset) if expr.offset else 0)
                return {_labels(one): now for one in self._series(expr) if (now := _latest(one, when)) is not None}
            case Call(function, args):
                return self._call(function, args)
            case Aggregate():
                return self._aggregate(expr)
            case Binary():
                return self._binary(expr)
            case _:
                raise NotImplementedError(f"teach the reference what {expr} means")

    # Series --------------------------------------------------------------------------------------

    def _series(self, select: Select) -> Iterable[Series]:
        metric = select.metric
        job = metric.role.job if metric is not None and metric.role is not None and "job" in metric.targets else None
        narrowed = self._narrowed(metric, {one.label for one in select.match if one.op == "="})
        for one in self.world.series.get(select.name, ()):
            ours = job is None or one.labels["job"] == job
            if ours and all(_matches(match, one.labels.get(match.label, "")) for match in (*select.match, *narrowed)):
                yield one

    def _narrowed(self, metric: Metric | None, said: set[str]) -> list[Match]:
        if metric is None:
            return []
        theirs = set(TARGET) if self.role is None or metric.role != self.role else set()
        narrowed = (set(self.chosen) & set(metric.label_names)) - theirs - said
        return [Match(label, "=", self.chosen[label]) for label in sorted(narrowed)]

    def _windows(self, window: Window) -> Iterable[tuple[Labels, list[tuple[float, float]], float, float]]:
        end = self.at - (seconds(window.of.offset) if window.of.offset else 0)
        begin = end - seconds(self.windows.get(window.span, window.span))
        for one in self._series(window.of):
            part = one.between(begin, end)
            samples = [(t / 1000, v) for t, v in zip(one.times[part], one.values[part], strict=True)]
            yield _labels(one), samples, begin, end

    # Functions -----------------------------------------------------------------------------------

    def _call(self, function: str, args: tuple[Expr, ...]) -> Value:
        match function, args:
            case "time", ():
                return self.at
            case "vector", (value,):
                return self.vector(value)
            case (("rate" | "increase"), (Window() as window,)):
                return self._extrapolated(window, per_second=function == "rate")
            case (("avg_over_time" | "max_over_time" | "min_over_time" | "sum_over_time"), (Window() as window,)):
                over = OVER_ALL[function.removesuffix("_over_time")]
                return {k: over([v for _, v in seen]) for k, seen, _, _ in self._windows(window) if seen}
            case "histogram_quantile", (Number(q), buckets):
                return _quantiles(q, self.vector(buckets))
            case "label_replace", (of, Text(label), Text(value), Text(""), Text("")):
                return {_with(labels, label, value): one for labels, one in self.vector(of).items()}
            case "absent", (Select() as select,):
                labels = tuple(sorted((one.label, one.value) for one in select.match if one.op == "="))
                return {} if self.vector(select) else {labels: 1.0}
            case _:
                raise NotImplementedError(f"teach the reference what {function} does")

    def _extrapolated(self, window: Window, *, per_second: bool) -> Vector:
        found = {}
        for labels, samples, begin, end in self._windows(window):
            if len(samples) > 1:
                rise = _rise(samples, begin, end)
                found[labels] = rise / (end - begin) if per_second else rise
        return found

    # Operators -----------------------------------------------------------------------------------

    def _aggregate(self, expr: Aggregate) -> Vector:
        inner = self.vector(expr.of)
        groups: dict[Labels, list[tuple[Labels, float]]] = defaultdict(list)
        for labels, value in inner.items():
            kept = tuple(one for one in labels if (one[0] in expr.by) is not expr.without)
            groups[kept].append((labels, value))
        if expr.op in ("topk", "bottomk") and isinstance(expr.param, Number):
            sign = 1 if expr.op == "bottomk" else -1
            ranked = (sorted(group, key=lambda one: sign * one[1]) for group in groups.values())
            return dict(one for group in ranked for one in group[: int(expr.param.value)])
        over = OVER_ALL[expr.op]
        return {labels: over([value for _, value in group]) for labels, group in groups.items()}

    def _binary(self, expr: Binary) -> Value:
        left, right = self.of(expr.left), self.of(expr.right)
        if isinstance(left, dict) and isinstance(right, dict):
            return _joined(expr, left, right)
        if isinstance(left, dict):
            return _kept(expr.op, ((labels, value, right) for labels, value in left.items()))  # type: ignore[misc]
        if isinstance(right, dict):
            return _kept(expr.op, ((labels, left, value) for labels, value in right.items()), of_right=True)
        return ARITHMETIC[expr.op](left, right)


def _joined(expr: Binary, left: Vector, right: Vector) -> Vector:
    """Partners are series with the same labels, as far as the matching looks."""
    matching = expr.matching or Matching(ignoring=True)

    def key(labels: Labels) -> Labels:
        return tuple(one for one in labels if (one[0] in matching.labels) is not matching.ignoring)

    theirs = {key(labels) for labels in right}
    if expr.op == "and":
        return {labels: value for labels, value in left.items() if key(labels) in theirs}
    if expr.op == "unless":
        return {labels: value for labels, value in left.items() if key(labels) not in theirs}
    if expr.op == "or":
        ours = {key(labels) for labels in left}
        return left | {labels: value for labels, value in right.items() if key(labels) not in ours}
    if matching.group == "right" or matching.include:
        raise NotImplementedError("teach the reference group_right and included labels")
    partners: dict[Labels, float] = {}
    for labels, value in right.items():
        if key(labels) in partners:
            raise ValueError(f"two partners on the right for {key(labels)}")
        partners[key(labels)] = value
    pairs = [(labels, value, partners[key(labels)]) for labels, value in left.items() if key(labels) in partners]
    if matching.group == "left":
        return _kept(expr.op, pairs)
    return _kept(expr.op, ((key(labels), one, other) for labels, one, other in pairs))


def _kept(op: str, pairs: Iterable[tuple[Labels, float, float]], *, of_right: bool = False) -> Vector:
    if op in COMPARISON:
        test = COMPARISON[op]
        return {labels: right if of_right else left for labels, left, right in pairs if test(left, right)}
    return {labels: ARITHMETIC[op](left, right) for labels, left, right in pairs}


def _rise(samples: list[tuple[float, float]], begin: float, end: float) -> float:
    """What a counter rose by, resets mended, carried on to the window's ends where the series seems to go on there."""
    (first, low), (last, high) = samples[0], samples[-1]
    rise = high - low + sum(soon for (_, soon), (_, late) in pairwise(samples) if late < soon)
    covered = last - first
    usual = covered / (len(samples) - 1)
    before, after = first - begin, end - last
    if rise > 0 and low >= 0:
        before = min(before, covered * low / rise)
    near = usual * NEAR
    carried = covered + (before if before < near else usual / 2) + (after if after < near else usual / 2)
    return rise * carried / covered


def _quantiles(q: float, buckets: Vector) -> Vector:
    groups: dict[Labels, list[tuple[float, float]]] = defaultdict(list)
    for labels, count in buckets.items():
        bound = float(dict(labels)["le"])
        groups[tuple(one for one in labels if one[0] != "le")].append((bound, count))
    return {labels: _quantile(q, sorted(group)) for labels, group in groups.items()}


def _quantile(q: float, below: list[tuple[float, float]]) -> float:
    """Between the two bounds of the bucket where the rank falls, as if it were filled evenly."""
    rank = q * below[-1][1]
    if not rank:
        return math.nan
    low, before = 0.0, 0.0
    for bound, count in below[:-1]:
        if count >= rank:
            return low + (bound - low) * (rank - before) / (count - before)
        low, before = bound, count
    return low


def _latest(series: Series, when: float) -> float | None:
    place = bisect_right(series.times, when * 1000) - 1
    if place < 0 or series.times[place] < (when - LOOKBACK) * 1000:
        return None
    return series.values[place]


def _labels(series: Series) -> Labels:
    return tuple(sorted(series.labels.items()))


def _with(labels: Labels, label: str, value: str) -> Labels:
    return tuple(sorted({**dict(labels), label: value}.items()))


def _matches(match: Match, value: str) -> bool:
    if match.op in ("=", "!="):
        return (value == match.value) == (match.op == "=")
    return (re.fullmatch(match.value, value) is not None) == (match.op == "=~")
