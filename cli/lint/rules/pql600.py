"""PQL600: the legend names a label that the series do not have."""

from cli.lint.around import may_be_added
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.legend import is_seen, labels_in, settled
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import recorded
from cli.lint.sample import page, panel
from queries.known import Known, labels_of
from queries.source import did_you_mean


def _of_query(asked: Asked) -> Faults:
    known, target = asked.known, asked.target
    if target is None or known is None or "{{" not in target.legend or not settled(known):
        return
    for label in labels_in(target.legend):
        if label != "__name__" and not known.can_have(label):
            yield Fault(
                f"the legend names {{{{{label}}}}}, and the series have {labels_of(known)}",
                hint=did_you_mean(label, known.labels, of="they have") if known.labels else f"sum by ({label}) (...)",
                severity=_severity(asked, known, label),
            )


def _severity(asked: Asked, known: Known, label: str) -> Severity | None:
    if not is_seen(asked):
        return Severity.INFO
    return Severity.WARNING if recorded(known) or may_be_added(known, label) else None


RULE = Rule(
    id="PQL600",
    title="a legend label that is gone",
    severity=Severity.ERROR,
    why="""An aggregation drops every label that it is not told to keep. `{{pod}}` over `avg(...)` has nothing to print:
    every line is called the same or nothing, and whoever reads the panel takes the average of all pods for one.""",
    wrong=Example(page=page(panel({"expr": "sum(queue_depth)", "legendFormat": "{{shard}}"}))),
    right=Example(page=page(panel({"expr": "sum by (shard) (queue_depth)", "legendFormat": "{{shard}}"}))),
    readers=("panel",),
    of_query=_of_query,
)
