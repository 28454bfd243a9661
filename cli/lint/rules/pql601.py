"""PQL601: several lines under one name."""

from cli.lint.around import is_aggregated
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.legend import AUTOMATIC, labels_in, settled, unnamed
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel
from queries.expr import Binary, Call, Text, walk
from queries.inference.by_itself import RELABELS
from queries.known import Known


def _of_query(asked: Asked) -> Faults:
    known, target = asked.known, asked.target
    if target is None or known is None or target.legend in AUTOMATIC or not settled(known) or target.format == "table":
        return
    if not all(map(known.can_have, labels_in(target.legend))):
        return  # a label that is gone has been told already
    own, _ = unnamed(asked, known, target.legend)
    if own:
        yield Fault(
            f"the legend {target.legend!r} is the same for lines that differ in {', '.join(own)}",
            hint=f"{target.legend} {' '.join(f'{{{{{one}}}}}' for one in own)}",
            severity=Severity.INFO if _may_decide(known, labels_in(target.legend)) else None,
        )


def _may_decide(known: Known, named: tuple[str, ...]) -> bool:
    """Whether what the legend names may decide the other labels: a GPU's number its model, a joined name its id."""
    if not named or not is_aggregated(known):
        return bool(named)
    return any(
        (isinstance(node, Binary) and node.matching is not None and not {*named}.isdisjoint(node.matching.include))
        or (isinstance(node, Call) and node.function in RELABELS and _target(node) in named)
        for node in walk(known.node)
    )


def _target(node: Call) -> str:
    label = node.args[1]
    return label.value if isinstance(label, Text) else ""


RULE = Rule(
    id="PQL601",
    title="several lines under one name",
    severity=Severity.WARNING,
    why="""Three lines that are all called "p95" are three endpoints, and nobody can say which one is slow. The legend
    has to name every label in which the lines differ, or the query has to add them up.""",
    wrong=Example(
        page=page(panel({"expr": "sum by (handler) (rate(http_requests_total[5m]))", "legendFormat": "requests"}))
    ),
    right=Example(
        page=page(panel({"expr": "sum by (handler) (rate(http_requests_total[5m]))", "legendFormat": "{{handler}}"}))
    ),
    readers=("panel",),
    of_query=_of_query,
)
