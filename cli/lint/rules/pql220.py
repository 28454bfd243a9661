"""PQL220: each series is divided by itself."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Binary
from queries.inference.by_itself import by_itself
from queries.known import Known


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Binary) or node.op == "==":
        return
    found = by_itself(node, *known.parts)
    if found is None or not found.labels:
        return  # the same on both sides: PQL221
    listed = ", ".join(sorted(found.labels))
    if found.value is not None:
        result = f"it is always {found.value:g}"
    else:
        result = "it is always true" if found.holds else "it is never true"
    yield Fault(
        f"each series is combined with itself, {result}: {listed} picks the part and is compared too",
        known,
        f"add {listed} up on both sides: sum(...) {node.op} sum(...), with `by` for what should be kept",
    )


RULE = Rule(
    id="PQL220",
    title="a series divided by itself",
    severity=Severity.ERROR,
    why="""Prometheus divides a series by the one with the same labels. `rate(x{status="error"}) / rate(x)` keeps the
    status on both sides, so each error series is divided by itself: 1, never a share. The panel shows 100 % errors from
    the first error on, and the alert on 5 % fires at one failed request in a million.""",
    wrong=Example('rate(http_requests_total{status="5xx"}[5m]) / rate(http_requests_total[5m]) > 0.05', reader="alert"),
    right=Example(
        'sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m])) > 0.05', reader="alert"
    ),
    nodes=(Binary,),
    of_node=_of_node,
)
