"""PQL606: a variable lists the values of a label that is not there."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.question import label_of
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import fixed_label
from cli.lint.sample import page
from queries.known import labels_of
from queries.source import did_you_mean


def _of_query(asked: Asked) -> Faults:
    known, variable = asked.known, asked.variable
    label = label_of(variable) if variable is not None else ""
    if known is not None and label and fixed_label(label) and not known.can_have(label):
        yield Fault(
            f"the variable lists the values of {label!r}, and the series have {labels_of(known)}",
            hint=did_you_mean(label, known.labels, of="they have"),
        )


def _page(label: str) -> dict[str, object]:
    return page(variables=({"type": "query", "name": "shard", "query": f"label_values(queue_depth, {label})"},))


RULE = Rule(
    id="PQL606",
    title="a variable over a label that is not there",
    severity=Severity.WARNING,
    why="""label_values() of a label that the metric lacks is an empty list: the drop-down at the top of the page has
    nothing to choose, and every panel that uses it says "No data".""",
    wrong=Example(page=_page("shrad")),
    right=Example(page=_page("shard")),
    readers=("variable",),
    of_query=_of_query,
)
