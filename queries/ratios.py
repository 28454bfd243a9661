"""A part of a whole: error shares, memory in use, accuracy."""

from queries.condition import computable
from queries.expr import Binary, Call, Expr, Number, selects
from queries.query import Query, not_by_itself
from queries.source import Mistake
from queries.unit import RATIO


def ratio(part: Query, whole: Query) -> Query:
    """The share of the whole that the part is: 0 to 1, and 0 where the part has no series yet.

    Both sides keep the same labels; a label that picks the part may not be kept, or each series would be divided by
    itself and the answer would always be 1.
    """
    computable(part, whole)
    if part.unit.dimension != whole.unit.dimension:
        raise Mistake(f"{part.unit} is no part of {whole.unit}", fix="one unit, or part / whole")
    if part.labels != whole.labels:
        raise Mistake(
            f"the part keeps {_said(part.labels)}, the whole {_said(whole.labels)}: they would not meet",
            fix="keep the same labels on both sides",
        )
    not_by_itself(part, whole)
    filtered = _same_series(part.expr, whole.expr)
    part = part.as_unit(whole.unit)
    expr = Binary("/", _or_nothing(part, whole) if filtered else part.expr, whole.expr)
    return Query(expr, RATIO, part.labels, part.name, "ratio", low=0, high=1)


def _same_series(part: Expr, whole: Expr) -> bool:
    names = {select.name for select in selects(part)}
    return names == {select.name for select in selects(whole)}


def _or_nothing(part: Query, whole: Query) -> Expr:
    """The part, or 0: before the first error there is no error series, and no data is not "0 %"."""
    if part.labels:
        return Binary("or", part.expr, Binary("*", whole.expr, Number(0)))
    return Binary("or", part.expr, Call("vector", (Number(0),)))


def _said(labels: tuple[str, ...]) -> str:
    return ", ".join(labels) or "no label"
