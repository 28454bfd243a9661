"""PQL557: a rule has a member or a name that Prometheus does not take."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cli.lint.finding import Severity
from cli.lint.reading.vocabulary import GROUP, PROMETHEUS_GROUP, PROMETHEUS_RULE, misnamed_rules, nearest, unread
from cli.lint.reading.vocabulary import RULE as RULE_MEMBERS
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.spot import Spot
from cli.lint.subject import Alert, Group, Recording

LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
METRIC = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
#: The first Prometheus that takes every name.
ANY_NAME = (3, 0)


def _of_group(group: Group, world: World) -> Faults:
    if group.managed:
        return
    version = world.settings.prometheus
    if "spec" not in group.spot.path:  # Kubernetes leaves out what a resource has too much
        yield from _unread(group.spot, group.json, GROUP, PROMETHEUS_GROUP)
    name = Severity.ERROR if version is not None and version < ANY_NAME else Severity.WARNING
    for rule in group.rules:
        if isinstance(rule, Alert) and rule.managed:
            continue
        if "spec" not in group.spot.path:
            yield from _unread(rule.spot, rule.json, RULE_MEMBERS, PROMETHEUS_RULE)
        for what, key, severity in _wrong(rule):
            yield Fault(what, None, "", spot=rule.spot.below(*key), severity=severity or name)


def _unread(spot: Spot, json: Mapping[str, Any], known: frozenset[str], names: tuple[str, ...]) -> Faults:
    for member in unread(json, known):
        meant = nearest(member, names)
        if meant == "rules" and misnamed_rules(json):
            continue  # who read the file said so
        message = f"no ruler knows a member `{member}` here, and Prometheus takes no such file"
        hint = f"did you mean `{meant}`?" if meant else ""
        yield Fault(message, hint=hint, spot=spot.below(member), severity=Severity.ERROR, is_name=True)


def _wrong(rule: Alert | Recording) -> Iterator[tuple[str, tuple[str, ...], Severity | None]]:
    """What is wrong, where, and how surely; None where newer servers take it."""
    if isinstance(rule, Recording):
        for key in ("for", "keep_firing_for", "annotations"):
            if rule.json.get(key):
                yield f"a recording rule has no {key}: only an alert has", (key,), Severity.ERROR
        if not METRIC.fullmatch(rule.name) and "{{" not in rule.name:
            yield f"{rule.name!r} is no name of a metric", ("record",), None
    for label in rule.labels:
        if label == "__name__":
            yield "the label __name__ is the name of the rule itself", ("labels", label), Severity.ERROR
        elif not LABEL.fullmatch(label) and "{{" not in label:
            yield f"{label!r} is no name of a label", ("labels", label), None
    for key in rule.annotations if isinstance(rule, Alert) else ():
        if not LABEL.fullmatch(key) and "{{" not in key:
            yield f"{key!r} is no name of an annotation", ("annotations", key), None


RULE = Rule(
    id="PQL557",
    title="a rule that Prometheus does not take",
    severity=Severity.ERROR,
    why="""Prometheus refuses a file with a member that does not belong, or with a name that is none, and with it all
    of the file's rules. A recording rule has no `for` and no texts; names are letters, digits and underscores until
    Prometheus 3, which takes more.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - {record: 'job:queue_depth:sum', expr: sum by (job) (queue_depth), for: 5m}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - {record: 'job:queue_depth:sum', expr: sum by (job) (queue_depth)}
"""
    ),
    also=("promtool check rules",),
    of_group=_of_group,
)
