"""PQL101: a matcher on a label that the metric has not."""

from cli.lint.around import RELABELLED, is_alternative, may_be_added
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Select
from queries.inference.picked import matches
from queries.known import Known, labels_of
from queries.template import VARIABLE


def _of_node(known: Known, asked: Asked) -> Faults:
    node, series = known.node, known.series
    if series is None or known.open or not isinstance(node, Select) or series.kind == "bare":
        return
    for match in node.match:
        label, _, value = match
        if label == "__name__" or label in series.always or label in series.maybe or VARIABLE.search(label):
            continue
        variable = VARIABLE.search(value)
        if not variable and matches(match, "") is not False:
            continue
        added = may_be_added(known, label)
        doubt = variable or series.of.recorded or added or is_alternative(asked, known)
        yield Fault(
            f"{node.name} has no label {label}",
            known,
            _hint(label, known),
            match,
            severity=Severity.WARNING if doubt else None,
        )


def _hint(label: str, known: Known) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for it

    close = get_close_matches(label, known.labels, n=1)
    if close:
        return f"did you mean {close[0]}? It has {labels_of(known)}"
    relabelled = "; if relabelling adds it, say extra_labels in the catalog" if label in RELABELLED else ""
    return f"it has {labels_of(known)}{relabelled}"


RULE = Rule(
    id="PQL101",
    title="a matcher on a label that the metric lacks",
    severity=Severity.ERROR,
    why="""A label that is nowhere counts as an empty one, so a matcher that wants a value takes no series at all.
    There is no error, only no result: an empty panel, an alert that never fires.""",
    wrong=Example('rate(http_requests_total{code="500"}[5m])'),
    right=Example('rate(http_requests_total{status="5xx"}[5m])'),
    also=("pint promql/series",),
    causes=("label",),
    needs_catalog=True,
    nodes=(Select,),
    of_node=_of_node,
)
