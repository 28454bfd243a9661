"""Numbers of several services as one number: a row for each of them."""

from collections.abc import Mapping

from queries.expr import Binary, Call, Expr, Text
from queries.query import Query
from queries.source import Mistake


def side_by_side(label: str, numbers: Mapping[str, Query]) -> Query:
    """One number that keeps `label`, with a series for each of the numbers: `{"ai-api": api.errors(), ...}`.

    They have one unit and keep no label; a service that reports nothing has no row, and no other loses its own.
    """
    if len(numbers) < 2:  # noqa: PLR2004 - side by side are at least two
        raise Mistake("side by side are at least two numbers")
    units = {number.unit for number in numbers.values()}
    if len(units) > 1:
        raise Mistake(f"side by side stand {', '.join(sorted(unit.name for unit in units))}", fix="one unit")
    for value, number in numbers.items():
        if number.labels:
            raise Mistake(f"{value!r} keeps {', '.join(number.labels)}", fix="a number without labels")
    exprs = [_labelled(number.expr, label, value) for value, number in numbers.items()]
    expr = exprs[0]
    for other in exprs[1:]:
        expr = Binary("or", expr, other)
    return Query(expr, units.pop(), (label,), low=_least(numbers), high=_greatest(numbers))


def _labelled(expr: Expr, label: str, value: str) -> Expr:
    return Call("label_replace", (expr, Text(label), Text(value), Text(""), Text("")))


def _least(numbers: Mapping[str, Query]) -> float | None:
    ends = [number.low for number in numbers.values() if number.low is not None]
    return min(ends) if len(ends) == len(numbers) else None


def _greatest(numbers: Mapping[str, Query]) -> float | None:
    ends = [number.high for number in numbers.values() if number.high is not None]
    return max(ends) if len(ends) == len(numbers) else None
