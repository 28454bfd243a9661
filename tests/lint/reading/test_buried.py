"""Rules inside something else are found: in a chart's values, in a server's answer, in VictoriaMetrics' resources."""

from typing import Any

import pytest

from cli.lint.check import check
from cli.lint.reading.buried import DEEPEST
from cli.lint.rules import all_rules
from cli.lint.settings import Settings
from queries.catalog import Catalogs
from tests.lint.reading.given import found, piped, value
from tests.running_rules import ALERT, RECORD

GROUPS = [{"name": "g", "rules": [{"alert": "Down", "expr": "up == 0"}]}]
ANSWER = {
    "status": "success",
    "data": {
        "groups": [
            {"name": "g", "file": "/etc/a.yml", "interval": 60, "limit": 0, "rules": [ALERT, RECORD]},
            {"name": "h", "file": "/etc/a.yml", "interval": 60, "rules": []},
        ]
    },
}


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"additionalPrometheusRulesMap": {"mine": {"groups": GROUPS}}}, ("additionalPrometheusRulesMap", "mine")),
        ({"additionalPrometheusRules": [{"name": "x", "groups": GROUPS}]}, ("additionalPrometheusRules", 0)),
        (
            {"serverFiles": {"a.yml": {}, "alerting_rules.yml": {"groups": GROUPS}}},
            ("serverFiles", "alerting_rules.yml"),
        ),
        (
            {"apiVersion": "v2", "kind": "HelmRelease", "spec": {"values": {"rules": {"groups": GROUPS}}}},
            ("spec", "values", "rules"),
        ),
    ],
)
def test_the_values_of_a_chart(said: Any, path: tuple[str | int, ...]) -> None:
    inputs = value({"image": {"tag": "1"}, "replicas": 2, **said})

    (alert,) = inputs.groups[0].alerts
    assert (alert.name, alert.expr, alert.spot.path) == ("Down", "up == 0", (*path, "groups", 0, "rules", 0))
    assert not inputs.unreadable


@pytest.mark.parametrize(
    "said",
    [
        {"firewall": {"groups": [{"name": "web", "rules": [{"port": 80}]}]}},
        {"groups": {"admins": ["a"]}},
        {"eslint": {"groups": [{"rules": []}]}},
        {"a": {"groups": [{"name": "g", "rules": [{"alert": "A"}]}]}},
        {"a": [[{"groups": GROUPS}]]},
        {"a": {"groups": [{"name": "g", "file": "/etc/group", "rules": "all"}]}},
    ],
)
def test_groups_of_something_else_are_none(said: Any) -> None:
    inputs = value({"x": 1, **said})

    assert not inputs.groups
    assert [one.why for one in inputs.unreadable] == ["neither a dashboard nor rules"]


def test_what_lies_too_deep_is_said_not_to_be_read() -> None:
    said: Any = {"groups": GROUPS}
    for _ in range(DEEPEST - 1):
        said = {"x": said}

    assert value(said).groups
    assert value({"x": said}).unreadable


def test_the_rules_that_a_server_runs() -> None:
    inputs = value(ANSWER)

    group, empty = inputs.groups
    assert (group.name, group.interval, empty.rules) == ("g", "1m", ())
    (alert,), (recording,) = group.alerts, group.recordings
    assert (alert.name, alert.expr, alert.for_) == ("Down", 'up{job="a"} == 0', "1h30m")
    assert alert.keep_firing_for == "1m30s500ms"
    assert (alert.labels, alert.annotations) == (ALERT["labels"], ALERT["annotations"])
    assert (recording.name, recording.expr, recording.labels) == ("a:b", "sum(up)", {"x": "y"})
    for rule in group.rules:
        document: Any = rule.spot.document
        assert document.at(rule.spot.below(*rule.expr_path).path) == rule.expr


@pytest.mark.parametrize("duration", ["NaN", "Infinity", "1e300", 1e306, 10**18, True, {}, None, -1])
def test_a_duration_that_is_none_is_nobodys_fault(duration: Any) -> None:
    group = {"name": "g", "file": "a", "rules": [{**ALERT, "duration": duration}]}

    assert value({"groups": [group]}).groups[0].alerts[0].name == "Down"


def test_what_a_server_adds_to_its_rules_is_no_mistake_in_them() -> None:
    findings = check(value(ANSWER), Catalogs(), Settings(), all_rules()).findings

    assert "PQL557" not in {one.rule for one in findings}


def test_the_answer_of_a_server_is_found_in_a_folder(tmp_path: Any) -> None:
    (tmp_path / "rules.json").write_text(
        '{"data": {"groups": [{"name": "g", "file": "a", "lastEvaluation": "", "rules": '
        '[{"type": "recording", "name": "a", "query": "sum(up"}]}]}}'
    )

    assert [one.name for group in found(tmp_path, ".").groups for one in group.rules] == ["a"]


def test_metricsql_is_not_judged_as_promql() -> None:
    said = """
apiVersion: operator.victoriametrics.com/v1beta1
kind: VMRule
spec:
  groups:
  - name: g
    type: prometheus
    rules:
    - {alert: A, expr: 'rate(x) default 0 > 1'}
"""
    inputs = piped(said)

    (alert,) = inputs.groups[0].alerts
    assert (alert.name, alert.language) == ("A", "")
    assert not inputs.unreadable
