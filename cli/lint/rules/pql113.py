"""PQL113: a quantile outside 0..1."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.mending import replaced
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Number
from queries.known import Known
from queries.promql import number

#: From here on, and below a hundred, it is a percentage.
PERCENT = 10


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if (isinstance(node, Aggregate) and node.op != "quantile") or not known.parts:
        return
    asked_for = known.parts[0]
    value = asked_for.value
    if value is None or 0 <= value <= 1 or asked_for.type != "scalar":
        return
    percent = PERCENT <= value < 100  # noqa: PLR2004 - a hundred percent
    meant = number(float(f"{value / 100:.12g}"))
    outcome = "+Inf" if value > 1 else "-Inf" if value < 0 else "NaN"
    yield Fault(
        f"the quantile {number(value)} is outside 0..1: the answer is always {outcome}",
        asked_for,
        f"write {meant}" if percent else "0.95 is the 95th percentile",
        change=replaced(asked, asked_for, meant) if percent and isinstance(asked_for.node, Number) else None,
    )


RULE = Rule(
    id="PQL113",
    title="a quantile outside 0..1",
    severity=Severity.ERROR,
    why="""A quantile is a fraction: 0.95 for the 95th percentile. For 95 Prometheus answers +Inf, so the panel is
    empty or breaks its axis, and an alert above any limit fires without end.""",
    wrong=Example("histogram_quantile(95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))"),
    right=Example("histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))"),
    even_if_empty=True,
    nodes=("histogram_quantile", "quantile_over_time", Aggregate),
    of_node=_of_node,
)
