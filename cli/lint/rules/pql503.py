"""PQL503: the value of an alert in its labels makes another alert of it each time."""

from cli.lint.annotation import actions_in, is_bare_value, prints_value
from cli.lint.asked import Asked
from cli.lint.branches import branches, top_limits
from cli.lint.digits import broken
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.known import Known


def _of_query(asked: Asked) -> Faults:
    alert, known = asked.alert, asked.known
    if alert is None or known is None or not alert.labels:
        return
    for key, text in alert.labels.items():
        if "alue" not in text or not any(prints_value(one) for one in actions_in(text, managed=alert.managed)):
            continue
        if _is_one_value(known):
            continue
        surely = bool(alert.for_) and not alert.managed and broken(known) is not None
        raw = any(is_bare_value(one) for one in actions_in(text, managed=alert.managed))
        yield Fault(
            f"the label {key} has the value in it: each new value is a new alert"
            + (f", and none of them lasts {alert.for_}" if alert.for_ else ""),
            None,
            f"say it in an annotation: annotations: {{{key}: '{text}'}}",
            spot=alert.spot.below("labels", key),
            severity=None if surely and raw else Severity.WARNING,
        )


def _is_one_value(known: Known) -> bool:
    """Whether it fires with one value alone, as `up == 0` does."""
    fixed = sum(1 for limit in top_limits(known) if limit.op == "==")
    sides = list(branches(known))
    return fixed + sum(1 for one in sides if one.value is not None) >= len(sides)


RULE = Rule(
    id="PQL503",
    title="the value in a label of an alert",
    severity=Severity.ERROR,
    why="""An alert is told from others by its labels. With the value among them each evaluation has another alert: the
    `for` begins anew each time and is never over, and an alert without `for` is resolved and sent again every minute.
    The value belongs into an annotation.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Busy
    expr: sum(rate(http_requests_total[5m])) > 100
    for: 5m
    labels: {flow: '{{ $value }}'}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Busy
    expr: sum(rate(http_requests_total[5m])) > 100
    for: 5m
    annotations: {summary: '{{ $value | humanize }} requests a second'}
"""
    ),
    also=("pint alerts/template",),
    readers=("alert",),
    of_query=_of_query,
)
