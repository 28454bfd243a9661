"""PQL553: `for` or `keep_firing_for` is no duration."""

from cli.lint.finding import Severity
from cli.lint.length import is_filled_in, length
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.subject import Alert, Group


def _of_alert(alert: Alert, _: Group, __: World) -> Faults:
    if alert.managed:
        return
    for key, text in (("for", alert.for_), ("keep_firing_for", alert.keep_firing_for)):
        if not text:
            continue
        spot = alert.spot.below(key)
        if is_filled_in(text):
            continue
        waits = length(text)
        if waits is None:
            yield Fault(f"{key}: {text} is no duration", None, _hint(text), spot=spot)
        elif waits == 0:
            yield Fault(f"{key}: {text} says nothing: it is so without it", None, spot=spot, severity=Severity.INFO)


def _hint(text: str) -> str:
    bare = text.strip().lower()
    if bare.isdecimal():
        return f"{bare}s or {bare}m"
    if bare.startswith("-"):
        return f"{bare[1:]}: no time is less than none"
    return "like 5m, 1h30m or 7d: whole numbers, the greatest unit first"


RULE = Rule(
    id="PQL553",
    title="a `for` that is no duration",
    severity=Severity.ERROR,
    why="""Prometheus reads `for: 5m` and `1h30m`; from `5`, `5 minutes`, `1.5h` or `-5m` it makes nothing and refuses
    the whole file with all of its alerts. A `for: 0m` is what it does anyway.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: Busy, expr: sum(queue_depth) > 100, for: 5 minutes}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: Busy, expr: sum(queue_depth) > 100, for: 5m}
"""
    ),
    also=("pint alerts/for", "promtool check rules"),
    of_alert=_of_alert,
)
