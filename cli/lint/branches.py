"""The shape of an alert's condition: its branches, and what each compares with which limit."""

from __future__ import annotations

from collections.abc import Iterator

from cli.lint.limits import TURNED, Limit
from queries.expr import COMPARISONS, Aggregate, Binary, Call, Minus, Select, Subquery, Window
from queries.known import Known

#: Functions that turn a counter into a flow.
FLOWS = frozenset({"rate", "irate", "increase"})
#: Functions that change neither which series there are nor what is compared.
PLAIN = frozenset({"abs", "ceil", "floor", "round", "sort", "sort_desc", "clamp", "clamp_min", "clamp_max"})


def branches(known: Known) -> Iterator[Known]:
    """The sides of `or`, each of which fires on its own; all of it where there is no `or`."""
    if isinstance(known.node, Binary) and known.node.op == "or":
        for part in known.parts:
            yield from branches(part)
    else:
        yield known


def judged(known: Known) -> Known:
    """A branch without its guards: what stands on the right of `and` and `unless` only lets it count."""
    while isinstance(known.node, Binary) and known.node.op in ("and", "unless"):
        known = known.parts[0]
    return known


def top_limits(known: Known) -> Iterator[Limit]:
    """What each branch compares with a constant, written as `number op value`."""
    for branch in branches(known):
        at = judged(branch)
        node = at.node
        if not isinstance(node, Binary) or node.op not in COMPARISONS:
            continue
        left, right = at.parts
        if right.type == "scalar" and right.value is not None:
            yield Limit(at, left, node.op, right.value, guard=False)
        elif left.type == "scalar" and left.value is not None:
            yield Limit(at, right, TURNED.get(node.op, node.op), left.value, guard=False)


def unscaled(known: Known) -> Known:
    """Without the constants that it is multiplied with, divided by or moved by, and without `abs()` and its like."""
    while True:
        node = known.node
        if isinstance(node, Binary) and node.op in ("*", "/", "+", "-"):
            left, right = known.parts
            if right.type == "scalar":
                known = left
            elif left.type == "scalar" and node.op != "/":
                known = right
            else:
                return known
        elif isinstance(node, Minus) or (isinstance(node, Call) and node.function in PLAIN):
            known = known.parts[0]
        else:
            return known


def flow(known: Known) -> Known | None:
    """The `rate(x[...])` that a number is, not added up over series; None where it is something else."""
    found = unscaled(known)
    node = found.node
    if isinstance(node, Call) and node.function in FLOWS and isinstance(node.args[0], Window):
        return found
    return None


def selected(known: Known) -> Known | None:
    """The one selector that a number is made of without joining anything; None where there are several."""
    found = [one for one in known.walk() if isinstance(one.node, Select)]
    return found[0] if len(found) == 1 else None


def is_aggregated(known: Known) -> bool:
    """Whether series are added up, counted or picked anywhere in it."""
    return any(isinstance(one.node, Aggregate) for one in known.walk())


def absences(known: Known) -> Iterator[Select]:
    """What the expression fires for when it is not there: the selectors in `absent()`."""
    for one in known.walk():
        if isinstance(one.node, Call) and one.node.function in ("absent", "absent_over_time"):
            inner = one.node.args[0]
            while isinstance(inner, Window | Subquery):
                inner = inner.of
            if isinstance(inner, Select):
                yield inner
