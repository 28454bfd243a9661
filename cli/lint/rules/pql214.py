"""PQL214: `group_left (x)` copies a label that the other side does not have."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import fixed_label, never_matches
from queries.expr import Binary
from queries.known import Known, labels_of
from queries.source import did_you_mean


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Binary) or node.matching is None or not node.matching.group or never_matches(known):
        return
    one = known.parts[1] if node.matching.group == "left" else known.parts[0]
    for label in node.matching.include:
        if fixed_label(label) and not one.can_have(label):
            yield Fault(
                f"group_{node.matching.group} ({label}): the side with one partner has no such label,"
                f" it has {labels_of(one)}",
                known,
                did_you_mean(label, one.labels),
            )


RULE = Rule(
    id="PQL214",
    title="group_left() of a label that is not there",
    severity=Severity.WARNING,
    why="""`group_left (x)` gives the result the x of the other side. Where that side has no x, the label is not added
    but taken away: the legend `{{x}}` stays empty, and lines that differed in x become one or break the query.""",
    wrong=Example(
        "queue_depth * on (job, instance) group_left (version) max by (job, instance) (last_success_timestamp_seconds)"
    ),
    right=Example(
        "queue_depth * on (job, instance) group_left () max by (job, instance) (last_success_timestamp_seconds)"
    ),
    nodes=(Binary,),
    of_node=_of_node,
)
