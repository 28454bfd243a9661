"""PQL201: `without` takes away a label that is not there."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import fixed_label
from queries.expr import Aggregate
from queries.known import Known, labels_of
from queries.source import did_you_mean


def _of_node(known: Known, _: Asked) -> Faults:
    node, of = known.node, known.parts[-1]
    if not isinstance(node, Aggregate) or not node.without or of.open:
        return
    for label in node.by:
        if fixed_label(label) and not of.can_have(label):
            yield Fault(
                f"without ({label}): the input never has that label, it has {labels_of(of)}",
                known,
                did_you_mean(label, of.labels),
            )


RULE = Rule(
    id="PQL201",
    title="without() of a label that is never there",
    severity=Severity.WARNING,
    why="""`without (x)` keeps every label but x. Where no series has an x it keeps them all, so that nothing is added
    up: the author wanted one line for all pods and reads as many lines as before, each a part of the number.""",
    wrong=Example("sum without (pod) (rate(http_requests_total[5m]))"),
    right=Example("sum without (instance) (rate(http_requests_total[5m]))"),
    also=("pint promql/impossible",),
    nodes=(Aggregate,),
    of_node=_of_node,
)
