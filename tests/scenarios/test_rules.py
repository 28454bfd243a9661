"""Rule files as promtool gets them: of which rules an alert needs the others, and each text as it is written."""

import orjson
import pytest

from cli.scenarios.asking import in_promtools_words
from cli.scenarios.rules import needed
from cli.scenarios.run import rules_for
from cli.scenarios.trial import Trial
from queries import Alarm, Scenario
from tests.scenarios.shop import rules

CHAIN = """groups:
- name: a
  rules:
  - record: a:x:rate5m
    expr: rate(x[5m])
  - record: a:x:max
    expr: max(a:x:rate5m)
  - alert: High
    expr: EXPR
  - alert: Other
    expr: y > 1
"""


def test_an_alert_needs_the_recordings_behind_its_recordings() -> None:
    assert needed(rules(CHAIN.replace("EXPR", "a:x:max > 1")), ["High"]) == frozenset(("High", "a:x:max", "a:x:rate5m"))


@pytest.mark.parametrize(
    "expr", ['{__name__=~"a:.*"} > 1', "sum({job='a'}) > 1", 'y or {job="a"}', "ALERTS{alertname='Other'} == 1"]
)
def test_an_alert_that_may_read_any_recording_needs_all(expr: str) -> None:
    assert needed(rules(CHAIN.replace("EXPR", f"|-\n      {expr}")), ["High"]) is None


def test_a_recording_of_another_file_comes_with_the_alert_that_reads_it() -> None:
    [alert] = rules("groups: [{name: b, rules: [{alert: High, expr: a:x:max > 1}]}]", "alerts.yaml")
    [recorded] = rules(CHAIN.replace("EXPR", "y"), "recorded.yaml")
    [unread] = rules("groups: [{name: c, rules: [{record: c:x:max, expr: x}]}]", "unread.yaml")

    assert rules_for(["High"], [unread, recorded, alert], [alert]) == (alert, recorded)


def test_what_is_recorded_is_evaluated_before_the_alert_that_reads_it() -> None:
    [alert] = rules("groups: [{name: b, rules: [{alert: High, expr: a:x:max > 1}]}]", "alerts.yaml")
    [recorded] = rules(CHAIN.replace("EXPR", "y").replace("alert: High", "alert: Low"), "recorded.yaml")
    scenario = Scenario(name="a", series={"x": "1x5"}, expected=[Alarm("High", "5m")])
    said = orjson.loads(in_promtools_words(Trial(scenario, [alert, recorded]), ["1.yaml", "2.yaml"], []))

    assert said["group_eval_order"] == ["a", "b"]


def test_every_text_is_what_prometheus_would_read() -> None:
    [one] = rules("groups: [{name: a, rules: [{alert: High, expr: 1, labels: {a: 1.10, b: 007, c: true, d: }}]}]")

    assert one.rule("High") == {"alert": "High", "expr": "1", "labels": {"a": "1.10", "b": "007", "c": "true", "d": ""}}
    assert one.read[0].rules[0].labels == {"a": "1.10", "b": "007", "c": "true", "d": ""}


def test_a_file_is_checked_as_it_is_written_and_what_is_wrapped_as_it_was_read() -> None:
    text = CHAIN.replace("EXPR", "y")
    spec = "\n".join("  " + line for line in text.splitlines())
    [plain] = rules(text)
    [wrapped] = rules(f"apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n{spec}\n")

    assert plain.content == text.encode()
    assert wrapped.content.startswith(b'{"groups":[{"name":"a","rules":[{"record":"a:x:rate5m"')


def test_rules_that_prometheus_does_not_evaluate_are_none() -> None:
    assert rules("groups: [{name: a, type: vlogs, rules: [{alert: A, expr: '_time:5m'}]}]") == ()


@pytest.mark.parametrize("wrapped", ['{{"status": "success", "data": {}}}', "{}"])
def test_what_a_server_runs_is_a_rule_file(wrapped: str) -> None:
    told = (
        '{"groups": [{"name": "a", "file": "/a.yaml", "interval": 60, "rules": [{"type": "alerting", "name": "High",'
        ' "query": "x > 1", "duration": 90, "labels": {"a": "1"}, "health": "ok", "alerts": []}]}]}'
    )
    [one] = rules(wrapped.format(told))

    high = {"alert": "High", "expr": "x > 1", "for": "1m30s", "labels": {"a": "1"}}
    assert orjson.loads(one.content) == {"groups": [{"name": "a", "interval": "1m", "rules": [high]}]}


def test_rules_inside_a_charts_values_are_a_rule_file() -> None:
    [one] = rules("image: x\nextraRules:\n  groups: [{name: a, rules: [{alert: High, expr: 1, labels: {a: 1.10}}]}]")

    high = {"alert": "High", "expr": "1", "labels": {"a": "1.10"}}
    assert orjson.loads(one.content) == {"groups": [{"name": "a", "rules": [high]}]}
