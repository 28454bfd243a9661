"""PQL102: a matcher that excludes nothing, because the metric has no such label."""

from cli.lint.around import RELABELLED
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.mending import removed
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
        label, op, value = match
        if op not in ("!=", "!~") or label in series.always or label in series.maybe or VARIABLE.search(label + value):
            continue
        if label == "__name__" or matches(match, "") is not True:
            continue
        doubt = series.of.recorded or label in RELABELLED
        yield Fault(
            f'{label}{op}"{value}" excludes nothing: {node.name} has no label {label}',
            known,
            f"it has {labels_of(known)}",
            match,
            severity=Severity.INFO if doubt else None,
            change=None if doubt else removed(asked, known, match),
        )


RULE = Rule(
    id="PQL102",
    title="a matcher that excludes nothing",
    severity=Severity.WARNING,
    why="""A matcher that only excludes lets every series pass that lacks the label. What it was to keep out is still
    in the sum: health checks among the requests, idle time among the work.""",
    wrong=Example('rate(http_requests_total{path!="/metrics"}[5m])'),
    right=Example('rate(http_requests_total{handler!="/metrics"}[5m])'),
    also=("pint promql/series",),
    needs_catalog=True,
    nodes=(Select,),
    of_node=_of_node,
)
