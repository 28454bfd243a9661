"""What two sides and an operator yield: labels by vector matching, units by their algebra."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from queries.expr import COMPARISONS, Binary, Matching
from queries.inference.impossible import never_both, never_so
from queries.inference.matching import EVERYTHING, Partners, is_vague, partners
from queries.known import NO_LABELS, NO_VALUES, Empty, Known
from queries.unit import BOOL, RATIO, SECONDS, TIMESTAMP, Unit

#: Beyond it, and beyond its reciprocal, a scale is an accident.
SMALLEST = 1e-100
#: The labels on every series, those that it may have, whether there may be more, and their values.
Labels: TypeAlias = tuple[frozenset[str], frozenset[str], bool, Mapping[str, frozenset[str]]]
ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def combined(node: Binary, left: Known, right: Known) -> Known:
    """What the operator yields for what is known of its sides."""
    if left.type == right.type == "scalar":
        unit = _unit(node.op, left, right)
        names = left.names + right.names
        return Known(node, (left, right), "scalar", unit=unit, names=names, value=_value(node.op, left, right))
    if left.type == "scalar" or right.type == "scalar":
        return _with_scalar(node, left, right)
    if node.op in ("and", "unless"):
        return _kept(node, left, right)
    if node.op == "or":
        return _either(node, left, right)
    return _matched(node, left, right)


def _with_scalar(node: Binary, left: Known, right: Known) -> Known:
    of = right if left.type == "scalar" else left
    if node.op in COMPARISONS:
        if node.returns_bool:
            return of._replace(node=node, parts=(left, right), kind="bool", unit=BOOL, series=None, value=None)
        empty = of.empty or never_so(node, left, right)
        return of._replace(node=node, parts=(left, right), empty=empty, filtered=True, sure=False)
    unit = _unit(node.op, left, right)
    scales = node.op == "*" or (node.op == "/" and of is left)
    kind = of.kind if scales or (node.op in "+-" and unit == of.unit) else ""
    series = of.series if scales else None
    value = _value(node.op, left, right)
    return of._replace(node=node, parts=(left, right), kind=kind, unit=unit, series=series, value=value)


def _kept(node: Binary, left: Known, right: Known) -> Known:
    """`and` keeps the left series that have a partner, `unless` those that have none."""
    never = partners(node, left, right).never
    empty = left.empty
    if node.op == "and":
        empty = empty or right.empty or never or never_both(node, left, right)
    names = left.names + right.names
    return left._replace(node=node, parts=(left, right), empty=empty, sure=False, filtered=True, names=names)


def _either(node: Binary, left: Known, right: Known) -> Known:
    """All of the left, and of the right what the left lacks."""
    parts, names = (left, right), left.names + right.names
    if left.empty:
        return right._replace(node=node, parts=parts, names=names)
    if right.empty:
        return left._replace(node=node, parts=parts, names=names)
    always = left.always & right.always
    maybe = (left.labels | right.labels) - always
    both = left.values.keys() & right.values.keys()
    values = {name: left.values[name] | right.values[name] for name in both}
    # `or vector(0)` only says what to show while there is nothing
    main = right if left.kind == "constant" else left
    agree = left.unit == right.unit or "constant" in (left.kind, right.kind)
    return Known(
        node,
        parts,
        "vector",
        main.kind,
        main.unit if agree else None,
        always,
        maybe,
        left.open or right.open,
        values,
        sure=left.sure or right.sure,
        filtered=left.filtered and right.filtered,
        series=main.series if agree else None,
        names=names,
        value=left.value if left.value == right.value else None,
    )


def _matched(node: Binary, left: Known, right: Known) -> Known:
    found = partners(node, left, right)
    matching = node.matching or EVERYTHING
    empty: Empty | None = left.empty or right.empty or found.never
    if matching.group:
        always, maybe, open_, values = _grouped(matching, left, right)
    else:
        always, maybe, open_, values = _one_to_one(found, left, right)
    names = left.names + right.names
    known = Known(node, (left, right), "vector", "", None, always, maybe, open_, values, empty, names=names)
    if node.op in COMPARISONS:
        if node.returns_bool:
            return known._replace(kind="bool", unit=BOOL)
        return known._replace(kind=left.kind, unit=left.unit, filtered=True, series=left.series)
    unit = _unit(node.op, left, right)
    filtered = left.filtered or right.filtered
    return known._replace(kind=_kind(node.op, left, right, unit), unit=unit, filtered=filtered)


def _grouped(matching: Matching, left: Known, right: Known) -> Labels:
    """The many side's labels, and those that are copied from the one."""
    many, one = (left, right) if matching.group == "left" else (right, left)
    if any(map(is_vague, matching.include)):
        # any label may be copied, and be lost where the one side lacks it
        both = many.always & one.always
        kept = {name: many.values[name] | one.values[name] for name in many.values.keys() & one.values.keys()}
        return both, (many.labels | one.labels) - both, many.open or one.open, kept
    always, maybe, values = set(many.always), set(many.maybe), dict(many.values)
    for label in matching.include:
        always.discard(label)
        maybe.discard(label)
        values.pop(label, None)
        if label in one.always:
            always.add(label)
        elif one.can_have(label):
            maybe.add(label)
        if label in one.values:
            values[label] = one.values[label]
    return frozenset(always), frozenset(maybe), many.open, values


def _one_to_one(how: Partners, left: Known, right: Known) -> Labels:
    """Partners agree in every label that is compared, and only those are left: what one surely has both have."""
    if how.on is not None and not how.vague:
        labels, open_ = how.on, False
        always = labels & (left.always | right.always)
    else:
        labels = (left.labels | right.labels | (how.on or NO_LABELS)) - how.ignoring
        open_ = left.open and right.open
        always = frozenset(filter(how.compares, left.always | right.always))
    maybe = frozenset(one for one in labels - always if left.can_have(one) and right.can_have(one))
    return always, maybe, open_, _common(left, right, labels)


def _common(left: Known, right: Known, labels: frozenset[str] | set[str]) -> Mapping[str, frozenset[str]]:
    """What partners can agree on."""
    if not left.values and not right.values:
        return NO_VALUES
    found: dict[str, frozenset[str]] = {}
    for label in labels:
        mine, its = left.values.get(label), right.values.get(label)
        both = mine & its if mine is not None and its is not None else mine if its is None else its
        if both is not None:
            found[label] = both
    return found


def _kind(op: str, left: Known, right: Known, unit: Unit | None) -> str:
    if op == "/":
        if left.unit is not None and left.unit.dimension == (right.unit.dimension if right.unit else None):
            return "ratio"
        if _is_mean(left, right):
            return "mean"
        return "quotient" if unit is not None else ""
    if op in ("+", "-") and left.kind == right.kind:
        return left.kind
    return ""


def _is_mean(left: Known, right: Known) -> bool:
    """`_sum` through `_count` of one metric: what is observed, on average."""
    mine, its = left.series, right.series
    if mine is None or its is None:
        return False
    if mine.part != "sum" or its.part != "count" or mine.of != its.of:
        return False
    # both per second, both of a span, or both since the process began
    return left.kind == right.kind or (left.kind, right.kind) == ("sum", "count")


def _unit(op: str, left: Known, right: Known) -> Unit | None:
    if op in ("*", "/"):
        if _is_mean(left, right) and op == "/" and left.series is not None:
            return left.series.of.unit
        for side, other in ((left, right), (right, left)):
            if op == "*" and side.value == 0 and side.unit is None:
                return other.unit  # nothing of it is measured in what it is measured in
        mine, its = _factor(left), _factor(right)
        if mine is None or its is None:
            return None
        return _product(mine, its) if op == "*" else _quotient(mine, its)
    if op in ("+", "-"):
        return _sum(op, left, right)
    return None


def _factor(side: Known) -> Unit | None:
    """A constant is part of the unit: what is multiplied by 100 is measured in hundredths."""
    if side.unit is not None or side.value is None or side.value <= 0:
        return side.unit
    return _constant(side.value)


def _sum(op: str, left: Known, right: Known) -> Unit | None:
    for side, other in ((left, right), (right, left)):
        if side.unit is None and side.value is not None:
            return other.unit
    if left.unit is None or right.unit is None:
        return None
    if op == "-" and left.unit.dimension == TIMESTAMP.dimension:
        return SECONDS if right.unit.dimension in (TIMESTAMP.dimension, SECONDS.dimension) else None
    return left.unit if left.unit == right.unit else None


@lru_cache(maxsize=1024)
def _constant(value: float) -> Unit | None:
    return _sane(RATIO * Unit("", (), float(f"{1 / value:.12g}")))


@lru_cache(maxsize=4096)
def _product(mine: Unit, its: Unit) -> Unit | None:
    return _sane(mine * its)


@lru_cache(maxsize=4096)
def _quotient(mine: Unit, its: Unit) -> Unit | None:
    return _sane(mine / its)


def _sane(unit: Unit) -> Unit | None:
    """No unit where the scale is no number that anybody measures in: that of infinity, or of 1e308 x 1e308."""
    return unit if SMALLEST < unit.scale < 1 / SMALLEST else None


def _value(op: str, left: Known, right: Known) -> float | None:
    if left.value is None or right.value is None or op not in ARITHMETIC:
        return None
    try:
        return ARITHMETIC[op](left.value, right.value)
    except (ZeroDivisionError, OverflowError):
        return None
