"""Whether the value of an alert is a whole number, or has as many digits as there is room for."""

from __future__ import annotations

from cli.lint.branches import branches, judged
from queries.expr import COMPARISONS, Aggregate, Binary, Call
from queries.known import Known
from queries.unit import Unit

#: What no whole number comes out of.
FLOWS = frozenset({"rate", "irate", "increase", "delta", "deriv", "predict_linear", "histogram_quantile"})
OVER_TIME = frozenset({"avg_over_time", "quantile_over_time", "stddev_over_time", "stdvar_over_time"})
BROKEN = FLOWS | OVER_TIME | {"holt_winters", "double_exponential_smoothing"}
#: What passes a value on as it is.
AS_IT_IS = frozenset({"last_over_time", "max_over_time", "min_over_time", "abs", "sort", "sort_desc", "label_replace"})
MEANS = frozenset({"avg", "quantile", "stddev", "stdvar"})
#: What is measured and not counted.
MEASURED = frozenset({"seconds", "usd", "celsius", "watts", "score"})


def broken(known: Known) -> Known | None:
    """The value that a branch of the condition hands to the texts, where it is surely no whole number."""
    return next((one for one in map(_value, branches(known)) if _is_broken(one)), None)


def _value(branch: Known) -> Known:
    """What the value of a branch is: of a comparison the side that is compared."""
    known = judged(branch)
    while isinstance(known.node, Binary) and known.node.op in COMPARISONS and not known.node.returns_bool:
        left, right = known.parts
        known = judged(right if left.type == "scalar" else left)
    return known


def _is_broken(known: Known) -> bool:
    unit = known.unit
    if unit is not None and (unit.scale != 1 or not unit.dimension or _is_measured(unit)):
        return True
    return _divides(known)


def _is_measured(unit: Unit) -> bool:
    return any(base in MEASURED or power < 0 for base, power in unit.dimension)


def _divides(known: Known) -> bool:
    """Whether the shape alone says it."""
    node = known.node
    if isinstance(node, Binary):
        return node.op == "/" or (node.op in "+-*" and any(_divides(one) for one in known.parts))
    if isinstance(node, Call):
        return node.function in BROKEN or (node.function in AS_IT_IS and _divides(known.parts[0]))
    if isinstance(node, Aggregate):
        return node.op in MEANS or (node.op in ("sum", "max", "min", "topk", "bottomk") and _divides(known.parts[-1]))
    return False
