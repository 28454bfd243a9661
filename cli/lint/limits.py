"""The limits in an expression: which number is compared with which constant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from queries.expr import COMPARISONS, Binary
from queries.known import Known

TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Limit(NamedTuple):
    """One comparison with a constant, written as `number op value`.

    Attributes:
        at: the comparison.
        of: the number that is compared.
        guard: whether it only says when another condition counts: the right side of `and` or `unless`.
    """

    at: Known
    of: Known
    op: str
    value: float
    guard: bool


def limits(known: Known, *, guard: bool = False) -> Iterator[Limit]:
    """Every comparison with a constant, in the order of the text."""
    node = known.node
    if isinstance(node, Binary):
        left, right = known.parts
        if node.op in COMPARISONS:
            if right.type == "scalar" and right.value is not None:
                yield Limit(known, left, node.op, right.value, guard)
            elif left.type == "scalar" and left.value is not None:
                yield Limit(known, right, TURNED.get(node.op, node.op), left.value, guard)
        yield from limits(left, guard=guard)
        yield from limits(right, guard=guard or node.op in ("and", "unless"))
        return
    for part in known.parts:
        yield from limits(part, guard=guard)
