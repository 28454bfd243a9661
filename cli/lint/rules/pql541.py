"""PQL541: it asks for samples that are no longer kept."""

from collections.abc import Iterator

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.duration import seconds, spelled
from queries.expr import Select, Subquery, Window
from queries.known import Known
from queries.source import Mistake


def _of_query(asked: Asked) -> Faults:
    kept = asked.settings.retention
    if kept is None or asked.known is None:
        return
    for known, reach in _reaches(asked.known, 0.0):
        if reach > kept:
            yield Fault(
                f"it looks back {spelled(int(reach * 1000))}, and samples are kept for {spelled(int(kept * 1000))}",
                known,
                "a shorter window or offset, or a longer --storage.tsdb.retention.time",
            )


def _reaches(known: Known, back: float) -> Iterator[tuple[Known, float]]:
    """Each selector with how far it looks back, in seconds, all that it stands in included."""
    node = known.node
    if isinstance(node, Subquery):
        back += _length(node.span) + _length(node.offset)
    elif isinstance(node, Window):
        back += _length(node.span)
    elif isinstance(node, Select):
        if not node.at:
            yield known, back + _length(node.offset)
        return
    for part in known.parts:
        yield from _reaches(part, back)


def _length(span: str) -> float:
    """A variable, a negative offset and no offset are none."""
    try:
        return seconds(span)
    except Mistake:
        return 0.0


RULE = Rule(
    id="PQL541",
    title="further back than samples are kept",
    severity=Severity.WARNING,
    why="""Prometheus deletes what is older than its retention, 15 days unless somebody says otherwise. A window or an
    offset that reaches further finds less than it says, or nothing: the comparison with last month is empty, and its
    alert never fires.""",
    wrong=Example("sum(queue_depth) / sum(queue_depth offset 30d)", settings={"retention": 15 * 86400.0}),
    right=Example("sum(queue_depth) / sum(queue_depth offset 7d)", settings={"retention": 15 * 86400.0}),
    also=("pint promql/offset", "pint promql/range_query"),
    of_query=_of_query,
)
