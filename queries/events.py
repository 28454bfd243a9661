"""What an objective counts: the good or the bad of all events, as rates whose window is still open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from queries.condition import computable
from queries.expr import (
    RATE_INTERVAL,
    Aggregate,
    Binary,
    Call,
    Expr,
    Number,
    Select,
    Subquery,
    Window,
    selects,
    walk,
)
from queries.metric import Histogram, Metric, Summary
from queries.query import Query, not_by_itself
from queries.source import Mistake
from queries.unit import EVENTS, RATIO, SECONDS, Unit

NOTHING = Number(0)


@dataclass(frozen=True, slots=True)
class Events:
    """Some of all events, and all of them, each per second.

    Attributes:
        part: the good ones or the bad ones.
        total: all of them.
        are_bad: which of the two `part` is.
    """

    part: Query
    total: Query
    are_bad: bool

    def bad(self) -> Query:
        """The bad ones per second: 0 where none was ever counted, all of them where no good one was."""
        part, total = self.part.expr, self.total.expr
        none = Binary("or", part, Binary("*", total, NOTHING))
        rest = Binary("or", Binary("-", total, part), total)
        expr = none if self.are_bad else rest
        return Query(expr, self.total.unit, self.total.labels, kind="rate", low=0)

    def error_ratio(self, window: str) -> Query:
        """The share of the events of the window that were bad, straight from the counters."""
        part, total = self.part.over(window).expr, self.total.over(window).expr
        if self.are_bad:
            return _share(part, total, self.total.labels)
        good = Binary("or", part, Binary("*", total, NOTHING))
        return _share(good, total, self.total.labels, but=True)


def averaged(bad: Query, total: Query, window: str) -> Query:
    """The same share from the recorded rates of both: each moment weighs as much as it had traffic.

    The mean of the ratios would let a night with two requests count as much as the day; the quotient of the sums does
    not, and it reads one sample a minute and not every scrape of every series.
    """
    worse, whole = (Call("sum_over_time", (_window(one, window),)) for one in (bad, total))
    return _share(worse, whole, total.labels)


def latest(bad: Query, total: Query) -> Query:
    """The same share from the recorded rates as they are."""
    return _share(bad.expr, total.expr, total.labels)


def events(good: Query | None, bad: Query | None, total: Query | None) -> Events:
    """Good or bad ones and all of them, or a share of which both are read; Mistake for what cannot be counted so."""
    if (good is None) == (bad is None):
        raise Mistake("it says " + ("neither good nor bad" if good is None else "good and bad"), fix="one of the two")
    part = good if good is not None else bad
    if part is None or not isinstance(part, Query) or not isinstance(total, Query | None):
        raise Mistake("what it counts is no number", fix='bad=rate(REQUESTS, status="error"), total=rate(REQUESTS)')
    computable(*filter(None, (part, total)))
    part, total = _both(part, total)
    for one in (part, total):
        _is_rate(one)
    if part.unit != total.unit:
        raise Mistake(f"{part.unit} are no part of {total.unit}", fix="good or bad, and total, in one unit")
    if part.labels != total.labels:
        mine, its = (", ".join(one.labels) or "no label" for one in (part, total))
        raise Mistake(f"the part keeps {mine}, the total {its}", fix="keep the same labels on both sides")
    not_by_itself(part, total)
    return Events(part, total, are_bad=bad is not None)


def _share(part: Expr, total: Expr, labels: tuple[str, ...], *, but: bool = False) -> Query:
    """The share of the total; 0 where nothing came, and nothing where there is no total."""
    share = Binary("/", part, Binary(">", total, NOTHING))
    left = Binary("-", Number(1), share) if but else share
    expr = Binary("or", left, Binary("*", total, NOTHING))
    return Query(expr, RATIO, labels, kind="ratio", low=0, high=1)


def _window(of: Query, span: str) -> Window:
    assert isinstance(of.expr, Select)  # noqa: S101 - a recording is read by its name
    return Window(of.expr, span)


def _both(part: Query, total: Query | None) -> tuple[Query, Query]:
    """The part and the total; of a share, both sides of its division."""
    match part:
        case Query(kind="ratio", expr=Binary("/", left, right)) if total is None:
            unit = _unit(right)
            return (
                Query(_unfilled(left), unit, part.labels, kind="rate", low=0),
                Query(right, unit, part.labels, kind="rate", low=0),
            )
    if total is None:
        raise Mistake("it says no total", fix="total=rate(REQUESTS), or a share: share_below(), ratio()")
    return replace(part, expr=_unfilled(part.expr)), total


def _unfilled(expr: Expr) -> Expr:
    """Without the 0 that `ratio` puts where the part has no series: it is put there again, where the total has some."""
    match expr:
        case Binary("or", part, Call("vector", (Number(0),)) | Binary("*", _, Number(0))):
            return part
    return expr


def _unit(total: Expr) -> Unit:
    metric = next((one.metric for one in selects(total) if one.metric is not None), None)
    return _counts(metric) / SECONDS


def _counts(metric: Metric | None) -> Unit:
    if isinstance(metric, Histogram | Summary):
        return metric.counts
    return EVENTS if metric is None else metric.unit


def _is_rate(number: Query) -> None:
    """Mistake unless every series stands in a `rate` whose window is open, and rates are added up."""
    nodes = list(walk(number.expr))
    if any(isinstance(one, Subquery) or (isinstance(one, Window) and one.span != RATE_INTERVAL) for one in nodes):
        raise Mistake("it says its window already: each rule has one of its own", fix="rate(REQUESTS), without over()")
    rates = [one for one in nodes if isinstance(one, Call) and one.function == "rate"]
    if len(rates) < len(list(selects(number.expr))):
        raise Mistake(f"{number.unit} is no rate of counted events", fix="rate(COUNTER), share_below(LIMIT, HISTOGRAM)")
    if any(isinstance(one, Aggregate) and one.op != "sum" for one in nodes):
        raise Mistake("events are added up", fix="rate(), neither average_rate() nor top()")
