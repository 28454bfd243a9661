"""PromQL's operators: of two numbers, of two vectors whose series find their partners, of many series into fewer."""

from __future__ import annotations

import math
import operator
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from cli.scenarios.derive.labels import Labels, kept, labels, partner
from cli.scenarios.derive.over_time import quantile
from cli.scenarios.derive.unsolved import Unsolved
from queries.expr import COMPARISONS, Aggregate, Binary, Matching

Vector: TypeAlias = dict[Labels, float]


def divided(left: float, right: float) -> float:
    """As IEEE 754 divides: by zero, too."""
    if right:
        return left / right
    return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


def _power(left: float, right: float) -> float:
    try:
        return float(left**right)
    except (OverflowError, ZeroDivisionError):
        return math.inf


ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divided,
    "%": lambda left, right: math.fmod(left, right) if right and math.isfinite(left) else math.nan,
    "^": _power,
    "atan2": math.atan2,
}
COMPARES: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}


def of_numbers(node: Binary, left: float, right: float) -> float:
    """Two scalars."""
    return float(COMPARES[node.op](left, right)) if node.op in COMPARISONS else ARITHMETIC[node.op](left, right)


def with_number(node: Binary, vector: Vector, number: float, *, number_first: bool) -> Vector:
    """A vector and a scalar."""
    pairs = ((of, number, value) if number_first else (of, value, number) for of, value in vector.items())
    return _results(node, pairs, shown=lambda left, right: right if number_first else left)


def of_vectors(node: Binary, left: Vector, right: Vector) -> Vector:
    """Two vectors."""
    how = node.matching
    if node.op in ("and", "unless"):
        theirs = {partner(of, how) for of in right}
        return {of: value for of, value in left.items() if (partner(of, how) in theirs) == (node.op == "and")}
    if node.op == "or":
        ours = {partner(of, how) for of in left}
        return left | {of: value for of, value in right.items() if partner(of, how) not in ours}
    return _results(node, _pairs(how, left, right), shown=lambda left, _: left)


def _pairs(how: Matching | None, left: Vector, right: Vector) -> Iterable[tuple[Labels, float, float]]:
    """Each result's labels, with the two values that it comes from."""
    turned = how is not None and how.group == "right"
    many, one = (right, left) if turned else (left, right)
    partners: dict[Labels, tuple[Labels, float]] = {}
    for of, value in one.items():
        if partners.setdefault(partner(of, how), (of, value))[0] != of:
            raise Unsolved("a series would have two partners on the other side of an operator")
    taken: set[Labels] = set()
    for of, value in many.items():
        key = partner(of, how)
        if key not in partners:
            continue
        its, other = partners[key]
        if how is None or not how.group:
            of = key  # noqa: PLW2901 - one to one, only what they share is left
        elif how.include:
            given = {name: dict(its).get(name, "") for name in how.include}
            of = labels(dict(of) | given)  # noqa: PLW2901 - likewise what is added
        if of in taken:
            raise Unsolved("two series would have the same partner on the other side of an operator")
        taken.add(of)
        yield (of, other, value) if turned else (of, value, other)


def _results(
    node: Binary, pairs: Iterable[tuple[Labels, float, float]], shown: Callable[[float, float], float]
) -> Vector:
    if node.op not in COMPARISONS:
        return {of: ARITHMETIC[node.op](left, right) for of, left, right in pairs}
    holds = COMPARES[node.op]
    if node.returns_bool:
        return {of: float(holds(left, right)) for of, left, right in pairs}
    return {of: shown(left, right) for of, left, right in pairs if holds(left, right)}


AGGREGATES: Mapping[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "avg": lambda values: math.fsum(values) / len(values),
    "min": min,
    "max": max,
    "count": len,
    "group": lambda _: 1.0,
    "stddev": statistics.pstdev,
    "stdvar": statistics.pvariance,
}


def aggregated(node: Aggregate, inner: Vector, param: float | None) -> Vector:
    """Many series into fewer, or the greatest or least of them."""
    groups: dict[Labels, Vector] = defaultdict(dict)
    for of, value in inner.items():
        groups[kept(of, node.by, node.without)][of] = value
    if node.op in ("topk", "bottomk") and param is not None:
        found: Vector = {}
        for group in groups.values():
            ranked = sorted(group.items(), key=operator.itemgetter(1), reverse=node.op == "topk")
            found |= dict(ranked[: max(0, int(param))])
        return found
    if node.op == "quantile" and param is not None:
        return {of: quantile(param, list(group.values())) for of, group in groups.items()}
    if node.op not in AGGREGATES:
        raise Unsolved(f"{node.op}() is not turned round")
    over = AGGREGATES[node.op]
    return {of: float(over(list(group.values()))) for of, group in groups.items()}
