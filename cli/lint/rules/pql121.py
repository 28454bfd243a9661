"""PQL121: a gauge falls too, and `rate()` takes each fall for a restart."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Call
from queries.known import Known


def _of_node(known: Known, _: Asked) -> Faults:
    of = known.parts[0]
    if of.kind == "gauge" and isinstance(known.node, Call) and of.series is not None and not of.series.of.recorded:
        name, function = of.series.of.name, known.node.function
        yield Fault(
            f"{function}() of the gauge {name}: each fall counts as a restart",
            known,
            f"deriv({name}[...]) or delta({name}[...]) follow a gauge both ways; avg_over_time() smooths it",
        )


RULE = Rule(
    id="PQL121",
    title="rate() of a gauge",
    severity=Severity.ERROR,
    why="""A counter only falls when its process restarts, so rate(), irate(), increase() and resets() add what it had
    before to what follows. A gauge falls whenever there is less of it: while a queue drains, rate() shows a flow that
    nobody caused, and the alert on it fires when things get better.""",
    wrong=Example("rate(queue_depth[5m])"),
    right=Example("deriv(queue_depth[5m])"),
    also=("pint promql/rate",),
    needs_catalog=True,
    nodes=("rate", "irate", "increase", "resets"),
    of_node=_of_node,
)
