"""A number: an expression that knows its unit, the labels it keeps and the values it can have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from queries.condition import Condition, compare, computable
from queries.duration import canonical, seconds
from queries.expr import (
    RATE_INTERVAL,
    Aggregate,
    Binary,
    Call,
    Expr,
    Matching,
    Number,
    Select,
    Subquery,
    Window,
    rebuild,
    selects,
    walk,
)
from queries.metric import Gauge
from queries.source import Mistake, did_you_mean
from queries.unit import RATIO, SECONDS, TIMESTAMP, Quantity, Unit

Kind: TypeAlias = Literal["rate", "increase", "quantile", "ratio", "value", "buckets"]


@dataclass(frozen=True, slots=True)
class Query:
    """One number, or one for each combination of the labels that it keeps.

    Attributes:
        expr: how it is computed.
        unit: what one of it is.
        labels: the labels on every series of the answer, sorted.
        name: the words of its legend beside the labels: "p95".
        kind: what it is, for whoever draws or judges it.
        low: the least value that it can have; `high` the greatest (a quantile cannot pass the last bucket).
        bounds: the bucket boundaries that it is computed from, in its unit.
    """

    expr: Expr
    unit: Unit
    labels: tuple[str, ...] = ()
    name: str = ""
    kind: Kind = "value"
    low: float | None = None
    high: float | None = None
    bounds: tuple[float, ...] = ()

    @property
    def legend(self) -> str:
        """Grafana's legend: the labels that tell its series apart, then its name; "" where neither is."""
        return " ".join([*(f"{{{{{one}}}}}" for one in self.labels), *filter(None, [self.name])])

    def named(self, name: str) -> Query:
        """The same number under another name in legends."""
        return replace(self, name=name)

    def as_unit(self, unit: Unit) -> Query:
        """The same amount in another unit of its dimension: `errors().as_unit(PERCENT)`."""
        computable(self)
        factor = Quantity(1, self.unit).to(unit).value
        bounds = tuple(one * factor for one in self.bounds)
        low, high = _times(self, factor)
        scaled = replace(self, unit=unit, bounds=bounds, low=low, high=high)
        return scaled if factor == 1 else replace(scaled, expr=Binary("*", self.expr, Number(factor)))

    def over(self, window: str) -> Query:
        """The same number looked at over a window: rates over it, gauges averaged over it."""
        span = canonical(window)
        windows = [node for node in walk(self.expr) if isinstance(node, Window | Subquery)]
        if windows and all(node.span != RATE_INTERVAL for node in windows):
            raise Mistake("it says its window already", fix=f"leave out over({window!r})")
        within = {select for node in windows for select in selects(node)}
        return replace(self, expr=rebuild(self.expr, lambda node: _over(node, span, within)))

    def before(self, offset: str) -> Query:
        """The same number as it was so long ago."""
        return replace(self, expr=_shifted(self.expr, offset, "before"))

    def compared_to(self, offset: str) -> Query:
        """How many times the value of so long ago: week over week is `compared_to("7d")`."""
        computable(self)
        was = _shifted(self.expr, offset, "compared_to")
        low = 0 if self.low is not None and self.low >= 0 else None
        return Query(Binary("/", self.expr, was), RATIO, self.labels, self.name, low=low)

    def top(self, count: int) -> Query:
        """The series with the greatest values."""
        if not isinstance(count, int) or count < 1:
            raise Mistake(f"top({count!r})", fix="a whole number from 1 on")
        if not self.labels:
            raise Mistake(f"top({count}) of a number with labels {self.labels}", fix="keep a label")
        return replace(self, expr=Aggregate("topk", self.expr, param=Number(count)))

    def scaled_by(self, price: Gauge, /, *by: str) -> Query:
        """Times a price for each of its series, added up by `by`: tokens x usd per token.

        The price may be exported by every replica; one of them counts.
        """
        if not isinstance(price, Gauge):
            raise Mistake(f"{price.name} is a {price.kind}, not a gauge", fix="a price is a Gauge")
        keys = tuple(sorted(one.name for one in price.own))
        for key in keys:
            if key not in self.labels:
                fix = f"keep it: the price differs by {key}"
                raise Mistake(f"the number has no label {key!r}", fix=fix)
        self._keeps(by)
        one_price = Aggregate("max", Select(price.name, metric=price), keys)
        product = Binary("*", self.expr, one_price, Matching(keys, group="left"))
        cost: Expr = Aggregate("sum", product, tuple(sorted(by)))
        return Query(cost, self.unit * price.unit, tuple(sorted(by)), self.name, low=0)

    def _keeps(self, labels: tuple[str, ...]) -> None:
        for one in labels:
            if one not in self.labels:
                fix = did_you_mean(one, self.labels, of="it keeps")
                raise Mistake(f"the number has no label {one!r}", fix=fix)

    # Arithmetic ----------------------------------------------------------------------------------

    def __add__(self, other: Query | Quantity) -> Query:
        return _sum("+", self, other)

    def __radd__(self, other: Quantity | float) -> Query:
        # sum() begins with 0
        return self if other == 0 else _sum("+", self, other)

    def __neg__(self) -> Query:
        return self * -1

    def __sub__(self, other: Query | Quantity) -> Query:
        return _sum("-", self, other)

    def __mul__(self, other: Query | Quantity | float) -> Query:
        return _product("*", self, other)

    def __truediv__(self, other: Query | Quantity | float) -> Query:
        return _product("/", self, other)

    def __rmul__(self, factor: Quantity | float) -> Query:
        product = _product("*", self, factor)
        value = factor.value if isinstance(factor, Quantity) else factor
        return replace(product, expr=Binary("*", Number(value), self.expr))

    def __rsub__(self, whole: Quantity | float) -> Query:
        computable(self)
        if isinstance(whole, Quantity):
            whole = whole.to(self.unit).value
        elif self.unit.dimension:
            raise Mistake(f"{whole:g} minus {self.unit}", fix=f"{whole:g} of what? SECONDS({whole:g})")
        low = None if self.high is None else whole - self.high
        high = None if self.low is None else whole - self.low
        return replace(self, expr=Binary("-", Number(whole), self.expr), bounds=(), low=low, high=high)

    # Comparison ----------------------------------------------------------------------------------

    def __gt__(self, limit: Query | Quantity | float) -> Condition:
        return compare(self, ">", limit)

    def __ge__(self, limit: Query | Quantity | float) -> Condition:
        return compare(self, ">=", limit)

    def __lt__(self, limit: Query | Quantity | float) -> Condition:
        return compare(self, "<", limit)

    def __le__(self, limit: Query | Quantity | float) -> Condition:
        return compare(self, "<=", limit)

    def equals(self, limit: Quantity | float) -> Condition:
        """True where the value is exactly this; `==` compares the numbers' definitions."""
        return compare(self, "==", limit)

    def differs_from(self, limit: Quantity | float) -> Condition:
        """True where the value is not exactly this."""
        return compare(self, "!=", limit)


def not_by_itself(part: Query, whole: Query) -> None:
    """Mistake where each series is divided by itself: but for what picks a label that is kept, both are one number."""
    if _unpicked(part) != _unpicked(whole):
        return
    pairs = zip(selects(part.expr), selects(whole.expr), strict=True)
    picked = {one.label for mine, its in pairs for one in {*mine.match} ^ {*its.match}}
    if not picked:
        raise Mistake("part and whole are the same number: it would always be 1")
    label = min(picked)
    raise Mistake(
        f"{label!r} picks the part and is kept: each series would be divided by itself",
        fix=f"do not keep {label!r}",
    )


def _unpicked(query: Query) -> Expr:
    def all_of(node: Expr) -> Expr:
        if not isinstance(node, Select):
            return node
        return replace(node, match=tuple(one for one in node.match if one.label not in query.labels))

    return rebuild(query.expr, all_of)


def _times(query: Query, factor: float) -> tuple[float | None, float | None]:
    """The least and the greatest value of a number that is multiplied."""
    low, high = (None if end is None else end * factor for end in (query.low, query.high))
    return (low, high) if factor >= 0 else (high, low)


def _over(node: Expr, span: str, within: Collection[Select]) -> Expr:
    """An open window closed; series that stand in no window averaged."""
    match node:
        case Window(span=open_) | Subquery(span=open_) if open_ == RATE_INTERVAL:
            return replace(node, span=span)
        case Select() if node not in within:
            return Call("avg_over_time", (Window(node, span),))
        case _:
            return node


def _shifted(expr: Expr, offset: str, how: Literal["before", "compared_to"]) -> Expr:
    span = canonical(offset)
    if any(isinstance(node, Aggregate) and node.op == "topk" for node in walk(expr)):
        raise Mistake("the greatest of then are other series than those of now", fix=f".{how}({offset!r}).top(...)")
    if any(select.offset for select in selects(expr)):
        raise Mistake("it looks back already", fix="one offset is enough")
    return rebuild(expr, lambda node: _earlier(node, span))


def _earlier(node: Expr, offset: str) -> Expr:
    match node:
        case Select():
            return replace(node, offset=offset)
        case Call("time"):
            return Binary("-", node, Number(seconds(offset)))
        case _:
            return node


def _partners(left: Query, right: Query, op: str) -> None:
    if left.labels != right.labels:
        raise Mistake(
            f"the sides of {op} keep different labels: {_listed(left)} and {_listed(right)}",
            fix="keep the same labels on both sides",
        )


def _listed(query: Query) -> str:
    return ", ".join(query.labels) or "none"


def _sum(op: Literal["+", "-"], left: Query, right: Query | Quantity | float) -> Query:
    computable(left, right)
    unit = left.unit
    if isinstance(right, int | float):
        raise Mistake(f"{left.unit} {op} {right:g}", fix=f"{right:g} of what? SECONDS({right:g})")
    if isinstance(right, Quantity):
        value = right.to(unit).value
        return replace(left, expr=Binary(op, left.expr, Number(value)), low=None, high=None, bounds=())
    _partners(left, right, op)
    if op == "-" and left.unit == right.unit == TIMESTAMP:
        unit = SECONDS
    elif left.unit != right.unit or (op == "+" and not left.unit.adds_up):
        fix = "add what has one unit" if left.unit != right.unit else "an average?"
        raise Mistake(f"{left.unit} {op} {right.unit}", fix=fix)
    low = 0.0 if op == "+" and left.low == right.low == 0 else None
    return Query(Binary(op, left.expr, right.expr), unit, left.labels, left.name, low=low)


def _product(op: Literal["*", "/"], left: Query, right: Query | Quantity | float) -> Query:
    computable(left, right)
    if isinstance(right, Query):
        _partners(left, right, op)
        if op == "/":
            not_by_itself(left, right)
        unit = left.unit * right.unit if op == "*" else left.unit / right.unit
        low = 0.0 if left.low == right.low == 0 else None
        return Query(Binary(op, left.expr, right.expr), unit, left.labels, left.name, low=low)
    amount = right if isinstance(right, Quantity) else Quantity(right, RATIO)
    if op == "/" and not amount.value:
        raise Mistake(f"{left.unit} / 0", fix="nothing can be divided by 0")
    unit = left.unit * amount.unit if op == "*" else left.unit / amount.unit
    factor = amount.value if op == "*" else 1 / amount.value
    expr, (low, high) = Binary(op, left.expr, Number(amount.value)), _times(left, factor)
    return replace(left, expr=expr, unit=unit, bounds=(), low=low, high=high)
