"""PQL503: the value of an alert in its labels makes another alert of it each time."""

from cli.lint.annotation import actions_in, is_bare_value, prints_value
from cli.lint.asked import Asked
from cli.lint.branches import branches, top_limits
from cli.lint.digits import FLOWS, broken
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Call
from queries.known import Known

#: An increase over an hour may be the same for an hour.
MOVING = FLOWS - {"increase", "delta"}


def _of_query(asked: Asked) -> Faults:
    alert, known = asked.alert, asked.known
    if alert is None or known is None or not alert.labels:
        return
    for key, text in alert.labels.items():
        if "alue" not in text or not any(prints_value(one) for one in actions_in(text, managed=alert.managed)):
            continue
        if _is_one_value(known):
            continue
        raw = any(is_bare_value(one) for one in actions_in(text, managed=alert.managed))
        surely = bool(alert.for_) and not alert.managed and raw and _always_moves(known)
        lasts = f", and none of them lasts {alert.for_}" if surely else f", whose {alert.for_} begin anew"
        yield Fault(
            f"the label {key} has the value in it: each new value is a new alert{lasts if alert.for_ else ''}",
            None,
            f"say it in an annotation: annotations: {{{key}: '{text}'}}",
            spot=alert.spot.below("labels", key),
            severity=None if surely else Severity.WARNING,
        )


def _always_moves(known: Known) -> bool:
    """Whether the value is another one each time: a share of counts has as many digits, and stands still for hours."""
    value = broken(known)
    calls = (one.node.function for one in (value.walk() if value is not None else ()) if isinstance(one.node, Call))
    return not MOVING.isdisjoint(calls)


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
