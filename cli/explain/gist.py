"""What a node does, in a few words: for where the whole of what it yields would take too many."""

from __future__ import annotations

from queries.expr import COMPARISONS, Aggregate, Binary, Call
from queries.known import Known

DOES = {
    "+": "both added up",
    "-": "the first less the second",
    "*": "one times the other",
    "/": "the first divided by the second",
    "%": "what is left of the first after dividing it by the second",
    "^": "the first to the power of the second",
    "and": "the first, only while there is the second",
    "or": "the first, and the second where there is none",
    "unless": "the first, unless there is the second",
}


def gist(known: Known) -> str:
    """What the node does with what stands below it."""
    node = known.node
    if isinstance(node, Binary):
        if node.op in COMPARISONS:
            return "whether that is so" if node.returns_bool else "kept while that is so"
        if node.op == "/" and known.kind == "ratio":
            return "the first as a share of the second"
        return DOES.get(node.op, f"both by {node.op}")
    if isinstance(node, Aggregate | Call):
        name = node.op if isinstance(node, Aggregate) else node.function
        return f"the {name.replace('_', ' ')} of that"
    return "that"
