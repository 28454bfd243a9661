"""PQL124: rate() of a sum, which cannot see the restart of one of many."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Call, Select, Subquery, Window
from queries.known import Known

COUNTERS = frozenset({"counter", "sum", "count", "bucket"})
ADDS = frozenset({"sum", "avg"})


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    of = known.parts[0]
    if not isinstance(node, Call):
        return
    if isinstance(of.node, Subquery):
        added = of.parts[0].node
        inner = of.parts[0].parts[-1] if isinstance(added, Aggregate) and added.op in ADDS else None
        if not isinstance(added, Aggregate) or inner is None or not isinstance(inner.node, Select):
            return
        if inner.kind not in (*COUNTERS, "", "unknown"):
            return
        sure = inner.kind in COUNTERS
        hint = f"sum({node.function}({inner.node.name}[...]))"
        message = f"{node.function}() of {added.op}() takes the restart of one target for one of all"
    elif isinstance(of.node, Window) and of.series is not None and of.series.of.recorded:
        # a recording without the target's own label is one of several targets
        if of.kind not in COUNTERS or of.open or of.can_have("instance"):
            return
        sure, hint = False, f"record the {node.function}() itself: sum({node.function}(...))"
        message = f"{node.function}() of the recorded sum {of.names[0]} takes the restart of one target for one of all"
    else:
        return
    yield Fault(message, known, hint, severity=None if sure else Severity.WARNING)


RULE = Rule(
    id="PQL124",
    title="rate() of a sum",
    severity=Severity.ERROR,
    why="""rate() takes each fall for a restart and adds what was there before. When one of several processes restarts,
    their sum falls by its share, and rate() adds the whole sum: a spike of several times the traffic that nobody sent.
    First rate(), then sum().""",
    wrong=Example("rate(sum(http_requests_total)[5m:15s])"),
    right=Example("sum(rate(http_requests_total[5m]))"),
    also=("pint promql/rate",),
    nodes=("rate", "irate", "increase"),
    of_node=_of_node,
)
