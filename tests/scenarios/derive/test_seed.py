"""The documents' own alerts where they must fire, or must not: as they are written, and as ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.lint.reading import read_text
from cli.lint.settings import Settings
from cli.lint.subject import Group
from queries.rulefile import to_rule_file
from queries.scenario import Scenario, Value
from tests.prometheus.domain_groups import EVERY_ALERT_GROUP
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.derive.tried import verdicts

FACTS = Path(__file__).parents[4] / "shared" / "facts"
pytestmark = [
    pytest.mark.prometheus,
    NEEDS_PROMTOOL,
    pytest.mark.skipif(not FACTS.is_dir(), reason=f"the documents' rules and scenarios are not here: {FACTS}"),
]
#: What the documents' rules get right as they are written.
RIGHT_AS_WRITTEN = {16, 17, 18}


def _read(name: str) -> Any:
    path = FACTS / name
    return yaml.safe_load(path.read_text()) if path.exists() else []


def _scenario(one: Mapping[str, Any], alerts: list[str]) -> Scenario:
    firing = f'ALERTS{{alertname=~"{"|".join(alerts)}", alertstate="firing"}}'
    fires = Value(f"(count({firing}) > bool 0) or vector(0)", one["at"], float(one["fires"]))
    name = f"{one['id']} {alerts[0]}"
    return Scenario(name=name, series=one["series"], expected=[fires], interval=one["interval"])


def _groups(rules: Mapping[str, Any]) -> tuple[Group, ...]:
    return read_text("rules.yaml", yaml.safe_dump(dict(rules), width=10_000), Settings()).groups


def _as_written(one: Mapping[str, Any]) -> tuple[str, tuple[Group, ...]]:
    name = one.get("written", one["alerts"][0])
    said = next(
        rule
        for rule in _read("source_expressions.yaml")
        if rule["source"] == one["source"] and rule["where"] == f"alert {name}"
    )
    rule = {"alert": name, "expr": said["expr"], "for": said["for"], "labels": {"severity": said["severity"]}}
    return name, _groups({"groups": [{"name": "as_written", "rules": [rule]}]})


def test_the_documents_rules_get_three_of_eighteen_right() -> None:
    right = set()
    for one in _read("seed_alert_scenarios.yaml"):
        name, held = _as_written(one)
        if verdicts(held, [_scenario(one, [name])])[0].passed:
            right.add(one["id"])
    assert right == RIGHT_AS_WRITTEN


def test_ours_get_all_eighteen_right() -> None:
    told = {}
    for one in _read("seed_alert_scenarios.yaml"):
        asked = {*one["alerts"]}
        own = [group for group in EVERY_ALERT_GROUP if asked & {rule.alert for rule in group.alerts()}]
        told[one["id"]] = verdicts(_groups(to_rule_file(own)), [_scenario(one, one["alerts"])])[0].faults
    assert {number: faults for number, faults in told.items() if faults} == {}
    assert len(told) == 18
