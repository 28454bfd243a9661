"""A number turned round: the series for which an expression has the value that is wanted.

Each shape of expression that an alert judges has its own way back: a gauge is the value, a rate a counter that rises
so fast, a ratio two amounts of one whole, a quantile observations spread over the buckets around it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from queries import Histogram
from queries.duration import seconds
from queries.expr import Aggregate, Binary, Call, Expr, Match, Number, Select, Window, selects
from queries.promql import bucket, in_rule, quoted

#: Two replicas, so that a rule that forgets to add them up, or judges one by itself, is found out.
FIRST, SECOND = "a:80", "b:80"
READER = in_rule()
#: Values that a label without a closed set can have: one of them is like any pattern that a rule looks for.
VALUES = ("a", "b", "500", "error", "/chat")


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: `level`, or rising by so much a second."""

    level: float = 0.0
    slope: float = 0.0

    def values(self, interval: float, samples: int) -> str:
        """In promtool's notation: so many samples, so far apart."""
        step = self.slope * interval
        return f"{_text(self.level)}+{_text(step)}x{samples - 1}"


Lines = dict[str, Line]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the series are made.

    Attributes:
        instance: the replica.
        avoid: matchers that a series may not match, because the part of a whole does.
        whole: how much the whole of a ratio is.
    """

    instance: str = FIRST
    avoid: tuple[Match, ...] = ()
    whole: float = 10.0


def lines(expr: Expr, value: float, place: Place = Place()) -> Lines:
    """Series for which the expression has the value."""
    match expr:
        case Select():
            return {_series(expr, place): Line(level=value)}
        case Call("rate", (Window(select, _),)):
            return {_series(select, place): Line(slope=value)}
        case Call("increase", (Window(select, span),)):
            return {_series(select, place): Line(slope=value / seconds(READER.windows.get(span, span)))}
        case Call("histogram_quantile", (Number(q), Aggregate(of=Call("rate", (Window(select, _),))))):
            return _quantile(select, q, value, place)
        case Aggregate(op=op, of=of, by=by):
            return _replicas(op, of, value, place, one_only="instance" in by)
        case Binary("-", Number(whole), part):
            return lines(part, whole - value, place)
        case Binary("*", of, Number(factor)) | Binary("*", Number(factor), of):
            return lines(of, value / factor, place)
        case Binary("/", of, Number(factor)):
            return lines(of, value * factor, place)
        case Binary("or", of, _):
            return lines(of, value, place)
        case Binary("/", part, whole):
            return _ratio(part, whole, value, place)
    raise NotImplementedError(f"no way back from {expr}")


def _replicas(op: str, of: Expr, value: float, place: Place, *, one_only: bool) -> Lines:
    """Two replicas of which together, not each for itself, the aggregation makes the value."""
    if one_only:
        return lines(of, value, place)
    first, second = {
        "sum": (value / 2, value / 2),
        "avg": (value * 0.9, value * 1.1),
        "max": (value, value / 2),
        "min": (value, value * 2 or 1),
    }[op]
    replicas = ((FIRST, first), (SECOND, second))
    return {k: v for name, one in replicas for k, v in lines(of, one, replace(place, instance=name)).items()}


def _ratio(part: Expr, whole: Expr, value: float, place: Place) -> Lines:
    """The part, and what is left of the whole where both count the same metric."""
    amount = place.whole
    picked = {match for one in selects(part) for match in one.match}
    picked -= {match for one in selects(whole) for match in one.match}
    if not picked:
        return lines(part, value * amount, place) | lines(whole, amount, place)
    rest = replace(place, avoid=tuple(sorted(picked)))
    return lines(part, value * amount, place) | lines(whole, amount - value * amount, rest)


def _quantile(select: Select, q: float, value: float, place: Place) -> Lines:
    """Quick observations on one replica, slow ones on the other: only both together have this quantile."""
    assert isinstance(select.metric, Histogram)
    bounds = (*select.metric.buckets, float("inf"))
    slow = bisect_left(bounds, value)
    low = bounds[slow - 1] if slow else 0.0
    inside = (value - low) / (bounds[slow] - low)
    below = max(0.0, (q - inside) / (1 - inside))
    within = 1 - below if below else q / inside
    made: Lines = {}
    for number, bound in enumerate(bounds):
        quick = below if number >= max(0, slow - 1) else 0.0
        late = 0.0 if number < slow else within if number == slow else 1 - below
        for instance, rate in ((FIRST, quick), (SECOND, late)):
            at = replace(select, match=(*select.match, Match("le", "=", bucket(bound))))
            made[_series(at, replace(place, instance=instance))] = Line(slope=place.whole * rate)
    return made


def _series(select: Select, place: Place) -> str:
    """The name of a series that the selector finds, on the replica, and that nothing to avoid finds."""
    metric = select.metric
    assert metric is not None, f"nothing is known of {select.name}"
    wanted = READER.scope(metric, select.match)
    labels = {one: _value(one, metric.values_of(one), wanted, place.avoid) for one in metric.label_names}
    labels["instance"] = place.instance
    if metric.role is not None and not metric.names_its_job:
        labels["job"] = metric.role.job
    labels |= {one.label: one.value for one in select.match if one.label == "le"}
    return f"{select.name}{{{', '.join(f'{k}={quoted(v)}' for k, v in sorted(labels.items()))}}}"


def _value(label: str, known: tuple[str, ...], wanted: tuple[Match, ...], avoid: tuple[Match, ...]) -> str:
    said = [one.value for one in wanted if one.label == label and one.op == "="]
    for one in (*said, *(known or VALUES)):
        right = all(matches(match, one) for match in wanted if match.label == label)
        if right and not any(matches(match, one) for match in avoid if match.label == label):
            return one
    raise NotImplementedError(f"no value of {label} is in {wanted} and not in {avoid}")


def matches(match: Match, value: str) -> bool:
    """Whether Prometheus' matcher finds the value."""
    found = re.fullmatch(match.value, value) is not None if "~" in match.op else match.value == value
    return found != match.op.startswith("!")


def notation(made: Lines, interval: float, samples: int) -> list[dict[str, str]]:
    """The series for promtool's `input_series`."""
    return [{"series": name, "values": line.values(interval, samples)} for name, line in made.items()]


def one_after_the_other(before: Lines, after: Lines, interval: float, first: int, then: int) -> list[dict[str, str]]:
    """Series that change from one time to the next, and never fall: so many samples of each."""
    return [
        {"series": name, "values": " ".join(_joined(before[name], after[name], interval, first, then))}
        for name in after
    ]


def _joined(before: Line, after: Line, interval: float, first: int, then: int) -> Iterator[str]:
    yield before.values(interval, first)
    start = before.level + before.slope * interval * (first - 1) if after.slope else after.level
    yield replace(after, level=start + after.slope * interval).values(interval, then)


def _text(number: float) -> str:
    return f"{number:.12g}"
