"""PQL402: a share is compared with more than the whole."""

from dataclasses import replace

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.limits import limits
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Binary, Call, Expr, Number, Select, rebuild, selects
from queries.known import Known
from queries.unit import RATIO

#: What only grows is their input, so that no answer is below zero.
COUNTED = frozenset({"rate", "irate", "increase"})


def _of_query(asked: Asked) -> Faults:
    if asked.known is None or asked.reader not in ("alert", "recording", "panel"):
        return
    for limit in limits(asked.known):
        is_never = limit.value >= 1 if limit.op == ">" else limit.value > 1 and limit.op == ">="
        if is_never and _is_at_most_one(limit.of):
            yield Fault(
                f"a share is at most 1, so that {limit.op} {limit.value:g} is never true",
                limit.at,
                f"{limit.value / 100:g} for {limit.value:g} %",
            )


def _is_at_most_one(known: Known) -> bool:
    """Whether it is a share, by its unit; where nobody knows one, because neither side can be below zero."""
    if known.unit is not None:
        return known.unit == RATIO and is_share(known)
    return is_share(known) and isinstance(known.node, Binary) and _is_counted(known.node.left)


def _is_counted(expr: Expr) -> bool:
    """Whether it counts series or events: never less than zero, and never less for more series."""
    while isinstance(expr, Aggregate) and expr.op == "sum":
        expr = expr.of
    if isinstance(expr, Aggregate):
        return expr.op == "count"
    return isinstance(expr, Call) and expr.function in COUNTED


def is_share(known: Known) -> bool:
    """Whether it is a part of something divided by the whole: but for matchers both sides are one expression."""
    node = known.node
    if not isinstance(node, Binary) or node.op != "/" or Number in (type(node.left), type(node.right)):
        return False
    if _unpicked(node.left) != _unpicked(node.right):
        return False
    pairs = zip(selects(node.left), selects(node.right), strict=True)
    return all({*part.match} >= {*whole.match} for part, whole in pairs)


def _unpicked(expr: Expr) -> Expr:
    return rebuild(expr, lambda node: replace(node, match=()) if isinstance(node, Select) else node)


RULE = Rule(
    id="PQL402",
    title="a share compared with more than 1",
    severity=Severity.ERROR,
    why="""The quotient of a part and its whole lies between 0 and 1. Somebody who thinks in percent writes `> 5`, and
    the alert waits for a share of 500 %: it can never fire.""",
    wrong=Example(
        'sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m])) > 5', reader="alert"
    ),
    right=Example(
        'sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m])) > 0.05', reader="alert"
    ),
    nodes=(Binary,),
    of_query=_of_query,
)
