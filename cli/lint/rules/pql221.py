"""PQL221: both sides of an operator are the same."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Binary
from queries.known import Known

#: `x == x` leaves out NaN, a known idiom.
MEANT = frozenset({"==", "atan2"})


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Binary) or node.op in MEANT or node.left != node.right:
        return
    left = known.parts[0]
    if left.type == "vector" and left.names:
        yield Fault(f"both sides of {node.op} are the same expression", known, "one of them was meant to be another")


RULE = Rule(
    id="PQL221",
    title="both sides are the same",
    severity=Severity.WARNING,
    why="""An expression divided by itself is 1, minus itself 0, compared with itself always or never true. It is the
    trace of a copied line in which one side was to be changed, and the page shows a number that cannot move.""",
    wrong=Example("sum(rate(http_requests_total[5m])) / sum(rate(http_requests_total[5m]))"),
    right=Example('sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m]))'),
    also=("pint promql/impossible",),
    nodes=(Binary,),
    of_node=_of_node,
)
