"""PQL540: "lower than a week ago" is true half of the time."""

from dataclasses import replace

from cli.lint.asked import Asked
from cli.lint.digits import FLOWS, OVER_TIME
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Binary, Call, Expr, Number, Select, Subquery, rebuild, walk
from queries.known import Known

#: What never stands still: computed from samples, so that two weeks never have the same value.
RESTLESS = FLOWS | OVER_TIME


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if asked.alert is None or not isinstance(node, Binary) or node.op not in ("<", ">", "<=", ">="):
        return
    if known.type != "vector" or any(part.type == "scalar" for part in known.parts):
        return
    if _shifts(node.left) == _shifts(node.right) or not _is_restless(node.left):
        return
    if _now(node.left) == _now(node.right):
        yield Fault(
            "it is compared with itself at another time and no margin: a value that only wavers fires half of the time",
            known,
            _with_margin(node),
        )


def _shifts(expr: Expr) -> tuple[str, ...]:
    return tuple(one.offset for one in walk(expr) if isinstance(one, Select | Subquery))


def _now(expr: Expr) -> Expr:
    """The same without any offset."""
    return rebuild(expr, lambda one: replace(one, offset="") if isinstance(one, Select | Subquery) else one)


def _is_restless(expr: Expr) -> bool:
    for one in walk(expr):
        if isinstance(one, Call) and one.function in RESTLESS:
            return True
        if isinstance(one, Aggregate) and one.op in ("avg", "quantile", "stddev"):
            return True
        if isinstance(one, Binary) and one.op == "/":
            return True
    return False


def _with_margin(node: Binary) -> str:
    from queries.promql import to_promql  # noqa: PLC0415 - only a finding pays for it

    margin = 0.9 if node.op in ("<", "<=") else 1.1
    return to_promql(replace(node, right=Binary("*", Number(margin), node.right)))


RULE = Rule(
    id="PQL540",
    title="a comparison with last week without a margin",
    severity=Severity.WARNING,
    why="""No measured value is the same twice, so "lower than a week ago" is a coin that is tossed at each evaluation:
    of a value that did not change at all it was true at 29 of 60 instants. Say how much lower: 10 percent.""",
    wrong=Example("avg(quality_score) < avg(quality_score offset 7d)", reader="alert"),
    right=Example("avg(quality_score) < 0.9 * avg(quality_score offset 7d)", reader="alert"),
    nodes=(Binary,),
    of_node=_of_node,
)
