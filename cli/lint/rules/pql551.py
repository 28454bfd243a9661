"""PQL551: what an alert should say of itself: how bad it is, what happened, where to read on."""

import re
from collections.abc import Iterator

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.subject import Alert, Group

CAMEL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
#: The longest name that fits a line of a chat.
LONGEST = 40
URL = re.compile(r"https?://\S+|\{\{")


def _of_alert(alert: Alert, _: Group, __: World) -> Faults:
    lacking = list(_lacking(alert))
    if lacking:
        yield Fault(f"the alert {alert.name} {', '.join(lacking)}")


def _lacking(alert: Alert) -> Iterator[str]:
    if "severity" not in alert.labels:
        yield "has no label severity"
    if not any(alert.annotations.get(one) for one in ("summary", "description", "message", "title")):
        yield "has no summary"
    for key in ("runbook_url", "dashboard_url"):
        url = alert.annotations.get(key)
        if url and not URL.match(url):
            yield f"has a {key} that is none"
    if not alert.managed and not CAMEL_CASE.fullmatch(alert.name):
        yield "is not in CamelCase"
    if len(alert.name) > LONGEST:
        yield f"has a name of more than {LONGEST} characters"


RULE = Rule(
    id="PQL551",
    title="an alert that says too little of itself",
    severity=Severity.INFO,
    why="""The severity decides whether somebody is woken, and where it is missing the routing falls back to its
    default. The summary is the one line on the telephone, the runbook's address what a tired person clicks. One
    spelling of names lets people find an alert in the rules that they know from the chat.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: queue_full, expr: sum(queue_depth) > 100, for: 5m}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - alert: QueueFull
    expr: sum(queue_depth) > 100
    for: 5m
    labels: {severity: warning}
    annotations: {summary: Requests wait, runbook_url: https://example.org/queue}
"""
    ),
    also=(
        "pint alerts/annotation",
        "pint rule/label",
        "mixtool alert-name-camelcase",
        "mixtool alert-name-length",
        "mixtool alert-severity-rule",
        "mixtool alert-summary-missing-rule",
        "mixtool alert-description-missing-rule",
    ),
    of_alert=_of_alert,
)
