"""What an expression says about labels, as the rules about labels and matching ask it."""

from __future__ import annotations

from queries.expr import Binary
from queries.inference.matching import partners
from queries.known import Known
from queries.template import VARIABLE


def fixed_label(label: str) -> bool:
    """Whether a label's name is known: no variable stands in it, and it is not the metric's name itself."""
    return label != "__name__" and not VARIABLE.search(label)


def recorded(known: Known) -> bool:
    """Whether a recording rule made some of it: whoever federates that may have added labels."""
    return any(one.series is not None and one.series.of.recorded for one in known.walk())


def never_matches(known: Known) -> str:
    """Why the two sides of an operator never match; empty where they may, or where that is no question."""
    node = known.node
    if not isinstance(node, Binary) or node.op == "or":
        return ""
    left, right = known.parts
    if left.type != "vector" or right.type != "vector":
        return ""
    if node.matching is not None and not all(fixed_label(one) for one in node.matching.labels):
        return ""
    found = partners(node, left, right).never
    return found.why if found is not None else ""
