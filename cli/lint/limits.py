"""The limits in an expression: which number is compared with which constant."""

from __future__ import annotations

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


def limits(known: Known) -> list[Limit]:
    """Every comparison with a constant, in the order of the text."""
    found: list[Limit] = []
    left_over = [(known, False)]
    while left_over:
        at, guard = left_over.pop()
        node = at.node
        if type(node) is not Binary:
            left_over += [(part, guard) for part in reversed(at.parts)]
            continue
        left, right = at.parts
        if node.op in COMPARISONS:
            if right.type == "scalar" and right.value is not None:
                found.append(Limit(at, left, node.op, right.value, guard))
            elif left.type == "scalar" and left.value is not None:
                found.append(Limit(at, right, TURNED.get(node.op, node.op), left.value, guard))
        left_over += [(right, guard or node.op in ("and", "unless")), (left, guard)]
    return found
