"""Conditions that hold for no number: one that is never so small or so great, and two that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf, isnan
from typing import NamedTuple

from queries.expr import COMPARISONS, Aggregate, Binary, Call, Expr, Minus, Number, Select, Window, walk
from queries.known import Empty, Known
from queries.promql import number


class Range(NamedTuple):
    """Between which numbers, both included, a value lies; a NaN is in none, and no comparison but `!=` holds for it."""

    low: float = -inf
    high: float = inf


class Wanted(NamedTuple):
    """Where a comparison holds: in a range, but for `without`, the limit that it is strict about."""

    range: Range
    without: float | None = None


ANY, POSITIVE, ONE, FLAG = Range(), Range(0), Range(1, 1), Range(0, 1)
#: What they yield, whatever they are given.
CALLS: Mapping[str, Range] = {
    **dict.fromkeys(("abs", "sqrt", "exp", "changes", "resets", "stddev_over_time", "stdvar_over_time"), POSITIVE),
    **dict.fromkeys(("absent", "absent_over_time", "present_over_time"), ONE),
    "count_over_time": Range(1),
    "sgn": Range(-1, 1),
    "minute": Range(0, 59),
    "hour": Range(0, 23),
    "day_of_week": Range(0, 6),
    "day_of_month": Range(1, 31),
    "days_in_month": Range(28, 31),
    "month": Range(1, 12),
}
AGGREGATIONS: Mapping[str, Range] = {
    "count": Range(1),
    "count_values": Range(1),
    "group": ONE,
    "stddev": POSITIVE,
    "stdvar": POSITIVE,
}
#: What yields one of the numbers that it is given, and what adds them up or takes their middle: that keeps their sign.
PICKS = frozenset({"min", "max", "topk", "bottomk", "min_over_time", "max_over_time", "last_over_time"})
ADDS = frozenset({"sum", "avg", "sum_over_time", "avg_over_time"})
#: A counter never falls below nothing, so that its rise is none either.
RISES = frozenset({"rate", "increase", "irate"})
COUNTED = frozenset({"counter", "bucket", "count"})
TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "==": "==", "!=": "!="}


def never_so(node: Binary, left: Known, right: Known) -> Empty | None:
    """Why a comparison of a vector with a constant holds for none of its series; None where it may."""
    op, of, limit = (node.op, left, right.value) if right.type == "scalar" else (TURNED[node.op], right, left.value)
    if limit is None or isnan(limit):
        return None
    low, high = values = _range(of)
    wanted = _wanted(op, limit)
    if wanted is None or not _apart(Wanted(values), wanted):
        return None
    side = f"less than {number(low)}" if wanted.range.high <= low else f"more than {number(high)}"
    return Empty("never", f"what is compared with {number(limit)} is never {side}")


def never_both(node: Binary, left: Known, right: Known) -> Empty | None:
    """Why no series meets both sides of `and`; None where one may."""
    if node.matching is not None:
        return None
    found: dict[Expr, list[Wanted]] = {}
    for of, wanted in (*_conditions(left), *_conditions(right)):
        others = found.setdefault(of, [])
        if any(_apart(wanted, one) for one in others):
            return Empty("never", "two conditions on one number exclude each other")
        others.append(wanted)
    return None


def _conditions(known: Known) -> Iterator[tuple[Expr, Wanted]]:
    """What each series of a chain of `and` was compared with; series of two names may have the same labels."""
    node = known.node
    if not isinstance(node, Binary):
        return
    left, right = known.parts
    if node.op == "and":
        yield from _conditions(left)
        if node.matching is None:
            yield from _conditions(right)
    elif node.op in COMPARISONS and not node.returns_bool and (left.type == "scalar") != (right.type == "scalar"):
        op, of, limit = (node.op, left, right.value) if right.type == "scalar" else (TURNED[node.op], right, left.value)
        wanted = None if limit is None or isnan(limit) else _wanted(op, limit)
        named = all(one.name for one in walk(of.node) if isinstance(one, Select))
        if wanted is not None and named and of.type == "vector":
            yield of.node, wanted


def _wanted(op: str, limit: float) -> Wanted | None:
    """Where a comparison with a limit holds; None where that is no range."""
    if op == "!=":
        return None
    low = limit if op in (">", ">=", "==") else -inf
    high = limit if op in ("<", "<=", "==") else inf
    return Wanted(Range(low, high), limit if op in ("<", ">") else None)


def _apart(one: Wanted, other: Wanted) -> bool:
    """Whether no number is in both."""
    low, high = max(one.range.low, other.range.low), min(one.range.high, other.range.high)
    return low > high or (low == high and low in (one.without, other.without))


def _range(known: Known) -> Range:
    """Between which numbers the values of an expression lie."""
    node = known.node
    match node:
        case Number(value):
            return Range(value, value)
        case Minus():
            low, high = _range(known.parts[0])
            return Range(-high, -low)
        case Select(name="up"):  # Prometheus' own: a scrape worked or it did not
            return FLAG
        case Call(function):
            return _of_call(function, known)
        case Aggregate(op):
            return AGGREGATIONS.get(op) or _of_all(op, known.parts[-1])
        case Binary():
            return _of_two(node, *known.parts)
    return _range(known.parts[0]) if known.type == "matrix" else ANY


def _of_call(function: str, known: Known) -> Range:
    args = known.parts
    if function in RISES:
        # of a subquery it may be the rise of something that was computed, which may be negative
        return POSITIVE if args[0].kind in COUNTED and isinstance(args[0].node, Window) else ANY
    if function in CALLS:
        return CALLS[function]
    if function in ("clamp_min", "clamp_max") and args[1].value is not None and not isnan(args[1].value):
        at = args[1].value
        cut = max if function == "clamp_min" else min
        return Range(*(cut(one, at) for one in _range(args[0])))
    return _of_all(function, args[0]) if args else ANY


def _of_all(name: str, of: Known) -> Range:
    if name in PICKS:
        return _range(of)
    return POSITIVE if name in ADDS and _range(of).low >= 0 else ANY


def _of_two(node: Binary, left: Known, right: Known) -> Range:
    if node.op in COMPARISONS:
        if node.returns_bool:
            return FLAG
        return _let_through(node, left, right)
    if node.op in ("and", "unless"):
        return _range(left)
    mine, its = _range(left), _range(right)
    if node.op == "or":
        return Range(min(mine.low, its.low), max(mine.high, its.high))
    # what is divided by a filtered 0 may be divided by -0
    positive = mine.low >= 0 and its.low >= 0 and node.op in ("+", "*", "/")
    return POSITIVE if positive and not (node.op == "/" and right.filtered) else ANY


def _let_through(node: Binary, left: Known, right: Known) -> Range:
    of = right if left.type == "scalar" else left
    values = _range(of)
    if left.type == right.type:
        return values
    limit = left.value if of is right else right.value
    wanted = None if limit is None or isnan(limit) else _wanted(TURNED[node.op] if of is right else node.op, limit)
    if wanted is None:
        return values
    return Range(max(values.low, wanted.range.low), min(values.high, wanted.range.high))
