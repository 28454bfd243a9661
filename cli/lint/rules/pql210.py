"""PQL210: no series on the left ever finds a partner on the right."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import never_matches, recorded
from queries.expr import Binary
from queries.known import Known


def _of_node(known: Known, _: Asked) -> Faults:
    why = never_matches(known)
    if why and isinstance(known.node, Binary) and known.node.op != "unless":
        yield Fault(
            f"the sides of {known.node.op} never match: {why}",
            known,
            "aggregate both sides to the same labels, or say on (...) or ignoring (...)",
            severity=Severity.WARNING if any(recorded(part) for part in known.parts) else None,
        )


RULE = Rule(
    id="PQL210",
    title="sides that never match",
    severity=Severity.ERROR,
    why="""Prometheus pairs two series only if they agree in every label that is compared. Where one side always has a
    label that the other never has, or both have it with different values, there is no pair: the panel says "No data",
    and the alert can never fire.""",
    wrong=Example("sum by (handler) (rate(http_requests_total[5m])) / sum by (method) (rate(http_requests_total[5m]))"),
    right=Example(
        "sum by (handler) (rate(http_requests_total[5m])) / sum by (handler) (rate(http_requests_total[5m] offset 1w))"
    ),
    also=("pint promql/vector_matching", "pint promql/impossible"),
    causes=("match",),
    nodes=(Binary,),
    of_node=_of_node,
)
