"""PQL123: a function for gauges, applied to a counter."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Call, Window
from queries.known import Known

COUNTERS = frozenset({"counter", "sum", "count", "bucket"})
INSTEAD = {"delta": "increase", "idelta": "irate", "deriv": "rate"}


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    of = next((one for one in known.parts if isinstance(one.node, Window)), None)
    if (
        of is None
        or of.kind not in COUNTERS
        or of.series is None
        or of.series.of.recorded
        or not isinstance(node, Call)
    ):
        return
    instead = INSTEAD.get(node.function, "rate")
    yield Fault(
        f"{node.function}() of the counter {of.names[0]} takes each restart for a fall",
        known,
        f"{instead}({of.names[0]}[...]) knows that a counter begins again",
    )


RULE = Rule(
    id="PQL123",
    title="a function for gauges on a counter",
    severity=Severity.WARNING,
    why="""delta(), deriv() and the functions over time take the samples as they are. A counter begins at zero after
    each restart, so delta() is then far below zero, and the mean or the greatest value of a counter says only how long
    its process has been running.""",
    wrong=Example("delta(http_requests_total[5m])"),
    right=Example("increase(http_requests_total[5m])"),
    also=("pint promql/counter",),
    needs_catalog=True,
    nodes=(
        "delta",
        "idelta",
        "deriv",
        "predict_linear",
        "holt_winters",
        "double_exponential_smoothing",
        *(f"{one}_over_time" for one in ("avg", "min", "max", "sum", "stddev", "stdvar", "quantile", "mad")),
    ),
    of_node=_of_node,
)
