"""Whether each series is divided by itself: what picks the part is also what partners must agree in."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

from queries.expr import Aggregate, Binary, Call, Expr, Minus, Number, Select, Subquery, Text, Window
from queries.inference.functions import FUNCTIONS
from queries.inference.matching import EVERYTHING, compares, is_vague, partners
from queries.known import NO_LABELS, Known

#: What a comparison of equal values says.
HOLDS = {"==": True, ">=": True, "<=": True, "!=": False, ">": False, "<": False}
#: Whose answer for some series depends on the others: a part of them gives another answer for the same series.
MIXES = frozenset({"absent", "absent_over_time", "scalar", "info", "topk", "bottomk", "limitk", "limit_ratio"})
RELABELS = frozenset({"label_replace", "label_join"})
LOSES_LE = frozenset({"histogram_quantile", "histogram_fraction"})


class ByItself(NamedTuple):
    """An operator whose two sides are the same for every pair of partners, but for constant factors.

    Attributes:
        labels: those by whose matchers alone the sides differ; none where both are the same expression.
        value: what it always is, or NaN; None for a comparison that picks series.
        holds: whether the comparison is always true, unless a value is NaN; None for arithmetic.
    """

    labels: frozenset[str]
    value: float | None
    holds: bool | None = None


def by_itself(node: Binary, left: Known, right: Known) -> ByItself | None:
    """Whether a series is only ever combined with itself; None where it is not, or never has a partner."""
    if left.type != "vector" or right.type != "vector":
        return None
    found = with_itself(node)
    if found is None or left.empty or right.empty or partners(node, left, right).never:
        return None
    return found


def with_itself(node: Binary) -> ByItself | None:
    """The same, from the text alone."""
    factor, mine = _factor(node.left)
    other, its = _factor(node.right)
    holds = HOLDS.get(node.op)
    if type(mine) is not type(its) or not (
        node.op == "/" or (factor == other and (node.op in "-%" or holds is not None))
    ):
        return None
    labels = _differing(mine, its)
    if labels is None or not _compares(node, labels):
        return None
    if holds is not None:
        return ByItself(labels, float(holds) if node.returns_bool else None, holds)
    return ByItself(labels, factor / other if node.op == "/" else 0.0)


def _factor(expr: Expr) -> tuple[float, Expr]:
    """A constant factor and what it multiplies."""
    factor = 1.0
    while True:
        match expr:
            case Minus(of):
                factor, expr = -factor, of
            case Binary("*", of, Number(value)) | Binary("*", Number(value), of) if _is_factor(value):
                factor, expr = factor * value, of
            case Binary("/", of, Number(value)) if _is_factor(value):
                factor, expr = factor / value, of
            case _:
                return factor, expr


def _is_factor(value: float) -> bool:
    return math.isfinite(value) and value != 0


def _differing(mine: Expr, its: Expr) -> frozenset[str] | None:
    """The labels by whose matchers alone two expressions differ, if every series still has them as they were.

    None where they differ otherwise, or where a series is not computed from what has the same values of these labels.
    """
    if mine == its:
        return NO_LABELS
    match mine, its:
        case Select(), Select():
            return _picking(mine, its)
        case (
            (Window(of=one), Window(of=other))
            | (Subquery(of=one), Subquery(of=other))
            | (Minus(of=one), Minus(of=other))
        ):
            same = replace(mine, of=other) == its  # type: ignore[arg-type] # both are of one kind
            return _differing(one, other) if same else None
        case Call(), Call():
            return _of_call(mine, its)
        case Aggregate(), Aggregate() if replace(mine, of=its.of) == its and mine.op not in MIXES:
            labels = _differing(mine.of, its.of)
            return labels if labels is not None and _keeps(mine, labels) else None
        case Binary(), Binary() if mine.op != "or" and replace(mine, left=its.left, right=its.right) == its:
            left, right = _differing(mine.left, its.left), _differing(mine.right, its.right)
            labels = None if left is None or right is None else left | right
            return labels if labels is not None and _compares(mine, labels) else None
    return None


def _picking(mine: Select, its: Select) -> frozenset[str] | None:
    if replace(mine, match=its.match) != its:
        return None
    differing = {*mine.match} ^ {*its.match}
    labels = frozenset(one.label for one in differing)
    # `a=""` picks what lacks the label, whose partner is another series
    known = all(
        one.label != "__name__" and not is_vague(one.label) and one != (one.label, "=", "") for one in differing
    )
    return labels if known else None


def _of_call(mine: Call, its: Call) -> frozenset[str] | None:
    function = mine.function
    if function != its.function or len(mine.args) != len(its.args) or function in MIXES or function not in FUNCTIONS:
        return None
    labels: frozenset[str] = NO_LABELS
    for one, other in zip(mine.args, its.args, strict=True):
        found = _differing(one, other)
        if found is None:
            return None
        labels |= found
    if function in RELABELS and not _relabels_another(mine, labels):
        return None
    return None if function in LOSES_LE and "le" in labels else labels


def _relabels_another(call: Call, labels: frozenset[str]) -> bool:
    target = call.args[1]
    return isinstance(target, Text) and target.value not in labels and not is_vague(target.value)


def _keeps(node: Aggregate, labels: frozenset[str]) -> bool:
    """Whether series that differ in one of the labels stay apart."""
    if node.op == "count_values":
        return False
    if node.without:
        return labels.isdisjoint(node.by) and not any(map(is_vague, node.by))
    return labels.issubset(node.by)


def _compares(node: Binary, labels: frozenset[str]) -> bool:
    """Whether partners agree in all of the labels."""
    matching = node.matching or EVERYTHING
    return all(compares(matching, label) for label in labels)
