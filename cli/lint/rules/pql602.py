"""PQL602: replicas under one name."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.legend import AUTOMATIC, labels_in, settled, unnamed
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel


def _of_query(asked: Asked) -> Faults:
    known, target = asked.known, asked.target
    if target is None or known is None or target.legend in AUTOMATIC or not settled(known) or target.format == "table":
        return
    if not all(map(known.can_have, labels_in(target.legend))):
        return  # a label that is gone has been told already
    own, targets = unnamed(asked, known, target.legend)
    if targets and not own:
        yield Fault(
            f"the legend {target.legend!r} is the same for every replica: lines differ in {', '.join(targets)}",
            hint="aggregate, or name the instance in the legend",
        )


RULE = Rule(
    id="PQL602",
    title="replicas under one name",
    severity=Severity.INFO,
    why="""With a second replica every line is drawn twice under one name. As long as there is one the panel is right;
    on the day somebody scales, it doubles without a word.""",
    wrong=Example(page=page(panel({"expr": "last_success_timestamp_seconds", "legendFormat": "last"}))),
    right=Example(page=page(panel({"expr": "max(last_success_timestamp_seconds)", "legendFormat": "last"}))),
    readers=("panel",),
    of_query=_of_query,
)
