"""PQL502: `{{ $value }}` prints all seventeen digits."""

from cli.lint.annotation import actions_in, is_bare_value
from cli.lint.asked import Asked
from cli.lint.branches import top_limits
from cli.lint.digits import broken
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.unit import BOOL, HUMANIZE, Unit


def _of_query(asked: Asked) -> Faults:
    alert, known = asked.alert, asked.known
    if alert is None or known is None:
        return
    raw = [
        key
        for key, text in alert.annotations.items()
        if "alue" in text and any(is_bare_value(one) for one in actions_in(text, managed=alert.managed))
    ]
    if not raw or any(limit.op == "==" for limit in top_limits(known)):
        return
    value = broken(known)
    if value is None:
        return
    template = value.unit.template if value.unit is not None and value.unit != BOOL else HUMANIZE
    for key in raw:
        yield Fault(
            f"{{{{ $value }}}} prints all digits{_of(value.unit)}: 115.57142857142857",
            None,
            template,
            spot=alert.spot.below("annotations", key),
        )


def _of(unit: Unit | None) -> str:
    return f" of {unit}" if unit is not None and unit.has_a_name else ""


RULE = Rule(
    id="PQL502",
    title="a value with all its digits in a text",
    severity=Severity.INFO,
    why="""Prometheus prints a value as it computed it: "latency is 115.57142857142857s", "5e-05 of the requests fail".
    A person at night reads that twice. `humanizeDuration`, `humanizePercentage`, `humanize` and `printf "%.1f"` say it
    as one would.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Slow
    expr: histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 5
    for: 5m
    annotations: {summary: 'p95 is {{ $value }}s'}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Slow
    expr: histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 5
    for: 5m
    annotations: {summary: 'p95 is {{ $value | humanizeDuration }}'}
"""
    ),
    also=("pint alerts/template",),
    readers=("alert",),
    of_query=_of_query,
)
