"""PQL200: a label that the input cannot have groups nothing."""

from cli.lint.around import may_be_added
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import fixed_label, recorded
from queries.expr import Aggregate, Binary
from queries.known import Known, labels_of
from queries.source import did_you_mean


def _of_node(known: Known, _: Asked) -> Faults:
    node, of = known.node, known.parts[-1]
    if isinstance(node, Aggregate):
        if node.without or of.open:
            return
        for label in node.by:
            if fixed_label(label) and not of.can_have(label):
                yield Fault(
                    f"by ({label}): the input never has that label, it has {labels_of(of)}",
                    known,
                    did_you_mean(label, of.labels),
                    severity=Severity.WARNING if recorded(of) or may_be_added(of, label) else None,
                )
    elif isinstance(node, Binary) and node.matching is not None and not node.matching.ignoring:
        left, right = known.parts
        if left.open or right.open or "scalar" in (left.type, right.type):
            return
        # with one number on each side they are partners all the same
        doubt = (left.one and right.one) or recorded(left) or recorded(right)
        for label in node.matching.labels:
            if fixed_label(label) and not left.can_have(label) and not right.can_have(label):
                added = may_be_added(left, label) or may_be_added(right, label)
                yield Fault(
                    f"on ({label}): neither side ever has that label",
                    known,
                    did_you_mean(label, left.labels | right.labels, of="they have"),
                    severity=Severity.WARNING if doubt or added else None,
                )


RULE = Rule(
    id="PQL200",
    title="grouping by a label that is never there",
    severity=Severity.ERROR,
    why="""`by (x)` with a label that no series has is no error for Prometheus: everything falls into one group, and the
    page shows one line where it promises one for each x. The usual causes are a label's name in another service
    (`path` for `handler`) and a label that an aggregation below has already dropped.""",
    wrong=Example("sum by (path) (rate(http_requests_total[5m]))"),
    right=Example("sum by (handler) (rate(http_requests_total[5m]))"),
    also=("pint promql/impossible",),
    nodes=(Aggregate, Binary),
    of_node=_of_node,
)
