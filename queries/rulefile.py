"""Rule groups -> what a Prometheus rule file says: plain dictionaries, in the order that people read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from queries.given import GivenAlert, GivenRecording
from queries.promql import in_rule, to_promql
from queries.rule import AlertRule, RuleGroup


def to_rule_file(groups: Iterable[RuleGroup], jobs: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The content of a rule file; `jobs` renames the roles' jobs."""
    return {"groups": [_group(group, jobs) for group in groups]}


def _group(group: RuleGroup, jobs: Mapping[str, str] | None) -> dict[str, Any]:
    reader = in_rule(group.window, jobs=jobs)
    said: dict[str, Any] = {"name": group.name}
    said |= _told(
        interval=group.interval, limit=group.limit, query_offset=group.query_offset, labels=dict(group.labels)
    )
    said["rules"] = []
    for rule in group.rules:
        if isinstance(rule, AlertRule):
            said["rules"] += [_alert(one, to_promql(one.when.expr, reader)) for one in rule.rules()]
        elif isinstance(rule, GivenAlert):
            said["rules"].append(_given(rule))
        else:
            expr = rule.expr if isinstance(rule, GivenRecording) else to_promql(rule.number.expr, reader)
            said["rules"].append({"record": rule.record, "expr": expr} | _told(labels=dict(rule.labels)))
    return said


def _alert(rule: AlertRule, expr: str) -> dict[str, Any]:
    return {
        "alert": rule.alert,
        "expr": expr,
        **_told(**{"for": rule.lasting}, keep_firing_for=rule.keep_firing_for),
        "labels": rule.labels,
        "annotations": rule.annotations,
    }


def _given(rule: GivenAlert) -> dict[str, Any]:
    said = {"alert": rule.alert, "expr": rule.expr} | _told(**{"for": rule.lasting})
    return said | _told(
        keep_firing_for=rule.keep_firing_for, labels=dict(rule.labels), annotations=dict(rule.annotations)
    )


def _told(**said: Any) -> dict[str, Any]:
    """What is said at all."""
    return {name: value for name, value in said.items() if value}
