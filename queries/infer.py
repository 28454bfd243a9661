"""Type, labels and unit of every sub-expression, from catalogs; what nobody knows stays open.

Verified: random queries are evaluated by a real Prometheus and compared (tests/prometheus/test_inference.py).
"""

from __future__ import annotations

from queries.catalog import NOTHING, Catalogs
from queries.expr import Aggregate, Binary, Call, Expr, Minus, Number, Select, Subquery, Text, Variable, Window
from queries.inference.combined import combined
from queries.inference.functions import called
from queries.inference.matching import is_vague
from queries.inference.picked import picked
from queries.known import NO_LABELS, NO_VALUES, Known
from queries.unit import BOOL, RATIO

#: Aggregations that pick whole series and leave them as they are.
PICKS = frozenset({"topk", "bottomk", "limitk", "limit_ratio"})
#: Aggregations whose value is measured like what goes in.
KEEPS_UNIT = frozenset({"sum", "avg", "min", "max", "quantile", "stddev"})


def infer(expr: Expr, catalogs: Catalogs = NOTHING) -> Known:
    """What is known of an expression and, in its `parts`, of every node below it."""
    kind = type(expr)
    if kind is Select:
        return _select(expr, catalogs)  # type: ignore[arg-type] # the type was just looked at; `match` takes thrice as long
    if kind is Window:
        of = infer(expr.of, catalogs)  # type: ignore[union-attr]
        # what follows the type stays as it is; _replace takes thrice as long
        return Known(expr, (of,), "matrix", *of[3:])
    if kind is Call:
        return called(expr, tuple([infer(arg, catalogs) for arg in expr.args]))  # type: ignore[arg-type, union-attr]
    if kind is Aggregate:
        return _aggregate(expr, catalogs)  # type: ignore[arg-type]
    if kind is Binary:
        return combined(expr, infer(expr.left, catalogs), infer(expr.right, catalogs))  # type: ignore[arg-type, union-attr]
    return _simple(expr, catalogs)


def _simple(expr: Expr, catalogs: Catalogs) -> Known:
    match expr:
        case Number(value):
            return Known(expr, type="scalar", value=value)
        case Text():
            return Known(expr, type="string")
        case Subquery(inner):
            of = infer(inner, catalogs)
            return of._replace(node=expr, parts=(of,), type="matrix", sure=False, value=None)
        case Minus(inner):
            of = infer(inner, catalogs)
            negative = None if of.value is None else -of.value
            return of._replace(node=expr, parts=(of,), value=negative)
        case Variable():
            # a variable may stand for a number as for whole series
            return Known(expr, open=True)
    raise TypeError(expr)


def _select(node: Select, catalogs: Catalogs) -> Known:
    if not catalogs.catalogs:
        return picked(node, None, strict=catalogs.strict)
    jobs = [one.value for one in node.match if one.label == "job" and one.op == "="]
    return picked(node, catalogs.find(node.name, jobs), strict=catalogs.strict)


def _aggregate(node: Aggregate, catalogs: Catalogs) -> Known:
    of = infer(node.of, catalogs)
    param = () if node.param is None else (infer(node.param, catalogs),)
    parts = (*param, of)
    if node.op in PICKS:
        return of._replace(node=node, parts=parts, sure=False, filtered=True)
    always, maybe, open_, values = _grouped(node, of)
    kind, unit, value = of.kind, None, None
    series = of.series
    if node.op in KEEPS_UNIT:
        unit = of.unit
        if unit == BOOL and node.op in ("avg", "sum"):
            unit, kind = (RATIO, "ratio") if node.op == "avg" else (None, "number")
    elif node.op == "group":
        kind, value = "constant", 1.0
    else:
        kind = "number" if node.op in ("count", "count_values") else ""
        series = None
    if node.op == "count_values":
        always, maybe, open_, values = _with_value(node, always, maybe, values, open_=open_)
    return Known(
        node,
        parts,
        "vector",
        kind,
        unit,
        always,
        maybe,
        open_,
        values,
        of.empty,
        sure=of.sure,
        filtered=of.filtered,
        series=series,
        names=of.names,
        value=value,
    )


def _with_value(
    node: Aggregate, always: frozenset[str], maybe: frozenset[str], values: dict[str, frozenset[str]], *, open_: bool
) -> tuple[frozenset[str], frozenset[str], bool, dict[str, frozenset[str]]]:
    """The label that `count_values` writes the value into, before `without` takes its labels away."""
    label = node.param.value if isinstance(node.param, Text) else ""
    if not label or is_vague(label):
        return (NO_LABELS, always | maybe, True, {}) if node.without else (always, maybe, True, {})
    values = {name: known for name, known in values.items() if name != label}
    if not node.without or label not in node.by:
        vague = node.without and any(map(is_vague, node.by))
        if not vague:
            return always | {label}, maybe - {label}, open_, values
        maybe = maybe | {label}
    return always, maybe, open_, values


def _grouped(node: Aggregate, of: Known) -> tuple[frozenset[str], frozenset[str], bool, dict[str, frozenset[str]]]:
    """The labels that are left: those of `by`, or all but those of `without`."""
    labels = frozenset(node.by)
    if node.without:
        values = {name: known for name, known in of.values.items() if name not in labels}
        if any(map(is_vague, labels)):
            return NO_LABELS, of.labels - labels, of.open, values
        return of.always - labels, of.maybe - labels, of.open, values
    if not labels:
        return NO_LABELS, NO_LABELS, False, {}
    always = of.always & labels
    if any(map(is_vague, labels)):
        return always, of.labels - always, of.open, dict(of.values)
    maybe = frozenset(one for one in labels - always if of.can_have(one)) if of.open else of.maybe & labels
    values = {name: known for name, known in of.values.items() if name in labels} if of.values else NO_VALUES  # type: ignore[assignment]
    return always, maybe, False, values
