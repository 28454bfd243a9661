"""A number and its limit: what an alert waits for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from queries.expr import Binary, Call, Expr, Number
from queries.metric import Metric
from queries.selector import Wanted, select
from queries.source import Mistake
from queries.unit import PERCENT, RATIO, Quantity, Unit

if TYPE_CHECKING:
    from queries.query import Query

Comparison: TypeAlias = Literal[">", ">=", "<", "<=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of numbers, or several joined by `&` and `|`.

    Attributes:
        expr: the whole, as PromQL's tree.
        query: the number that is judged, the one whose value an annotation shows; None for `absent`.
        op: how it is compared.
        limit: with what; None where it is another number.
        labels: the labels that are on every series of the answer, whichever branch it came from.
        metric: what is absent, for `absent`.
    """

    expr: Expr
    labels: tuple[str, ...]
    query: Query | None = None
    op: Comparison | None = None
    limit: Quantity | None = None
    metric: Metric | None = None

    @property
    def unit(self) -> Unit:
        """The unit of the value that Prometheus hands to an annotation."""
        return RATIO if self.query is None else self.query.unit

    def __and__(self, other: Condition) -> Condition:
        if self.labels != other.labels:
            raise Mistake(
                f"& joins {self.labels} with {other.labels}: they would never meet",
                fix="keep the same labels on both sides",
            )
        return replace(self, expr=Binary("and", self.expr, other.expr))

    def __or__(self, other: Condition) -> Condition:
        labels = tuple(sorted(set(self.labels) & set(other.labels)))
        joined = replace(self, expr=Binary("or", self.expr, other.expr), labels=labels)
        # a text cannot say a value whose unit depends on the side that it came from
        return joined if other.query is None or other.unit == self.unit else replace(joined, query=None)

    def __bool__(self) -> bool:
        raise Mistake("whether it is true only Prometheus knows", fix="join conditions with & and |")


def computable(*numbers: Query | Quantity | float) -> None:
    """Mistake where one of them is not a number but the buckets of a histogram."""
    for one in numbers:
        if not isinstance(one, Quantity | int | float) and one.kind == "buckets":
            raise Mistake("buckets are drawn as a heatmap", fix="quantile() or share_below() are numbers")


def compare(query: Query, op: Comparison, limit: Query | Quantity | float) -> Condition:
    """A number against a limit in its own unit, or against another number of that unit."""
    computable(query, limit)
    if not isinstance(limit, Quantity | int | float):
        if limit.unit != query.unit:
            raise Mistake(f"{query.unit} compared with {limit.unit}")
        if limit.labels != query.labels:
            raise Mistake(f"labels {query.labels} compared with {limit.labels}", fix="keep the same")
        return Condition(Binary(op, query.expr, limit.expr), query.labels, query, op)
    amount = limit_of(query, limit)
    if op in (">", ">=") and not _reachable(query.high, op, amount.value):
        raise Mistake(f"{amount} can never be passed: it ends at {query.unit.says(query.high or 0)}")
    if op in ("<", "<=") and query.low is not None and not _reachable(-query.low, f">{op[1:]}", -amount.value):
        raise Mistake(f"it can never be below {amount}: it begins at {query.unit.says(query.low)}")
    return Condition(Binary(op, query.expr, Number(amount.value)), query.labels, query, op, amount)


def limit_of(query: Query, limit: Quantity | float) -> Quantity:
    """The limit in the number's own unit; Mistake where it is of another kind or out of reach."""
    if isinstance(limit, Quantity):
        if limit.unit.dimension != query.unit.dimension:
            raise Mistake(f"a limit of {limit} for {query.unit}", fix=f"say it in {query.unit}")
        return limit.to(query.unit)
    if query.unit == RATIO and query.high == 1 and limit > 1:
        fix = f"PERCENT({limit:g}) or {limit / 100:g}"
        raise Mistake(f"a limit of {limit:g} for a ratio from 0 to 1", fix=fix)
    if query.unit == PERCENT and 0 < limit < 1:
        raise Mistake(f"a limit of {limit:g} percent", fix=f"RATIO({limit:g}) or {limit * 100:g}")
    return Quantity(limit, query.unit)


def within_reach(query: Query, limit: Quantity) -> None:
    """Mistake where the number can never get to the limit: a red line above the last bucket."""
    for end, beyond in ((query.high, 1), (query.low, -1)):
        if end is not None and (limit.value - end) * beyond > 0:
            raise Mistake(f"a limit of {limit} is out of reach: the number ends at {query.unit.says(end)}")


def _reachable(end: float | None, op: str, limit: float) -> bool:
    return end is None or limit < end or (op == ">=" and limit == end)


def absent(metric: Metric, /, **match: Wanted) -> Condition:
    """True, with one series, where no series of the metric is there."""
    # a histogram has no series of its own name: absent() of it would always be true
    suffix = "_count" if metric.kind in ("histogram", "summary") else ""
    series = select(metric, match, suffix=suffix)
    labels = {one.label for one in series.match if one.op == "="} | ({"job"} if metric.names_its_job else set())
    return Condition(Call("absent", (series,)), tuple(sorted(labels)), metric=metric)
