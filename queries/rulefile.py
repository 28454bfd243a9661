"""Rule groups -> what a Prometheus rule file says: plain dictionaries, in the order that people read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from queries.promql import in_rule, to_promql
from queries.rule import AlertRule, RuleGroup


def to_rule_file(groups: Iterable[RuleGroup], jobs: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The content of a rule file; `jobs` renames the roles' jobs."""
    return {"groups": [_group(group, jobs) for group in groups]}


def _group(group: RuleGroup, jobs: Mapping[str, str] | None) -> dict[str, Any]:
    reader = in_rule(group.window, jobs=jobs)
    said: dict[str, Any] = {"name": group.name}
    if group.interval:
        said["interval"] = group.interval
    said["rules"] = []
    for rule in group.rules:
        if isinstance(rule, AlertRule):
            said["rules"] += [_alert(one, to_promql(one.when.expr, reader)) for one in rule.rules()]
        else:
            expr = to_promql(rule.number.expr, reader)
            said["rules"].append({"record": rule.record, "expr": expr})
    return said


def _alert(rule: AlertRule, expr: str) -> dict[str, Any]:
    return {
        "alert": rule.alert,
        "expr": expr,
        "for": rule.lasting,
        "labels": rule.labels,
        "annotations": rule.annotations,
    }
