"""PQL212: `on (x)` where only one side has an x."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import fixed_label, never_matches
from queries.expr import Binary
from queries.known import Known


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Binary) or node.matching is None or node.matching.ignoring or never_matches(known):
        return
    left, right = known.parts
    for label in node.matching.labels:
        if not fixed_label(label) or left.can_have(label) == right.can_have(label):
            continue
        side = "left" if right.can_have(label) else "right"
        yield Fault(f"on ({label}): the {side} side never has that label", known, f"leave {label} out")


RULE = Rule(
    id="PQL212",
    title="on() with a label that one side lacks",
    severity=Severity.WARNING,
    why="""A label that one side lacks counts as empty there, so only those series of the other side match that have it
    empty too: usually none. What is left of the panel is an accident of the labels, and nobody can say which series are
    missing.""",
    wrong=Example('sum by (handler) (rate(http_requests_total[5m])) and on (handler, zone) {zone=~"eu|", handler!=""}'),
    right=Example('sum by (handler) (rate(http_requests_total[5m])) and on (handler) {zone=~"eu|", handler!=""}'),
    also=("pint promql/vector_matching",),
    nodes=(Binary,),
    of_node=_of_node,
)
