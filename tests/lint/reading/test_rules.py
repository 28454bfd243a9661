"""Every form in which rules arrive."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from cli.lint.subject import Alert, Inputs
from tests.lint.reading.given import piped, value

FILE = """\
groups:
  - name: api
    interval: 30s
    rules:
      - record: job:errors:rate5m
        expr: sum by (job) (rate(errors_total[5m]))
        labels: {tier: 1}
      - alert: Errors
        expr: |
          job:errors:rate5m
            > 0.05
        for: 5m
        keep_firing_for: 10m
        labels:
          severity: page
        annotations:
          summary: "{{ $labels.job }}"
"""
DATA = [
    {"refId": "A", "datasourceUid": "P1", "model": {"expr": "noise", "refId": "A"}},
    {"refId": "B", "datasourceUid": "P1", "model": {"expr": "errors", "refId": "B"}},
    {"refId": "R", "datasourceUid": "__expr__", "model": {"type": "reduce", "expression": "B"}},
    {"refId": "C", "datasourceUid": "__expr__", "model": {"type": "math", "expression": "$R > 3"}},
]
MANAGED = {"uid": "u", "title": "High", "condition": "C", "data": DATA, "for": "1m", "labels": {"severity": "page"}}


def alerts(inputs: Inputs) -> list[Alert]:
    assert not inputs.unreadable
    return [one for group in inputs.groups for one in group.alerts]


def test_a_rule_file_of_prometheus() -> None:
    inputs = piped(FILE)

    (group,) = inputs.groups
    assert (group.name, group.interval, group.managed) == ("api", "30s", False)
    (recording,) = group.recordings
    assert (recording.name, recording.labels) == ("job:errors:rate5m", {"tier": "1"})
    (alert,) = alerts(inputs)
    assert (alert.name, alert.for_, alert.keep_firing_for) == ("Errors", "5m", "10m")
    assert alert.expr == "job:errors:rate5m\n  > 0.05\n"
    assert (alert.labels, alert.annotations) == ({"severity": "page"}, {"summary": "{{ $labels.job }}"})
    assert (alert.spot.where, alert.spot.path, alert.language) == ("alert Errors", ("groups", 0, "rules", 1), "promql")


def test_several_documents_in_one_file_are_each_read() -> None:
    inputs = piped(f"---\n{FILE}---\nkind: Service\napiVersion: v1\n---\nnamespace: x\n{FILE}")

    assert [group.name for group in inputs.groups] == ["api", "api"]
    assert not inputs.unreadable
    assert len(inputs.documents) == 1
    last = inputs.groups[1].alerts[0].spot
    assert last.document.position(last.below("alert").path) == (31, 16)


def test_a_rule_file_may_be_json() -> None:
    assert len(alerts(value({"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "up == 0"}]}]}))) == 1


def test_a_prometheus_rule_is_read_also_in_a_list() -> None:
    rules = {"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "up == 0"}]}]}
    one = {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "spec": rules}

    (alert,) = alerts(value(one))
    assert alert.spot.path == ("spec", "groups", 0, "rules", 0)
    (alert,) = alerts(value({"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod"}, one]}))
    assert alert.spot.path == ("items", 1, "spec", "groups", 0, "rules", 0)


@pytest.mark.parametrize(
    "said",
    [
        {"apiVersion": 1, "groups": [{"orgId": 1, "name": "g", "folder": "f", "interval": "1m", "rules": [MANAGED]}]},
        [{**MANAGED, "ruleGroup": "g", "folderUID": "f"}],
        {**MANAGED, "ruleGroup": "g"},
        {"title": "g", "folderUid": "f", "interval": 60, "rules": [MANAGED]},
        {
            "f": [
                {
                    "name": "g",
                    "rules": [{"grafana_alert": MANAGED, "expr": "", "for": "1m", "labels": MANAGED["labels"]}],
                }
            ]
        },
    ],
    ids=["file", "list", "rule", "group", "ruler"],
)
def test_rules_that_grafana_evaluates(said: Any) -> None:
    inputs = value(said)

    (group,) = inputs.groups
    assert (group.name, group.managed) == ("g", True)
    (alert,) = alerts(inputs)
    assert (alert.name, alert.managed, alert.for_, alert.labels) == ("High", True, "1m", {"severity": "page"})
    assert (alert.expr, alert.language) == ("errors", "promql"), "what the condition looks at"
    assert [one.expr for one in alert.others] == ["noise"]
    document: Any = alert.spot.document
    assert document.at(alert.spot.below(*alert.expr_path).path) == "errors"


def test_a_recording_rule_of_grafana_is_one() -> None:
    rule = {**MANAGED, "record": {"metric": "m", "from": "B"}}
    (recording,) = value({"groups": [{"name": "g", "rules": [rule]}]}).groups[0].recordings

    assert (recording.name, recording.expr, recording.expr_path) == ("m", "errors", ("data", 1, "model", "expr"))


def test_the_ruler_also_keeps_rules_of_prometheus() -> None:
    assert alerts(piped("tenant:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n"))[0].expr == "up == 0"


def test_rules_of_loki_are_not_promql() -> None:
    text = """groups: [{name: g, rules: [{alert: A, expr: 'sum(rate({a="b"} |= "x" [5m])) > 1'}]}]"""

    assert [one.language for one in alerts(piped(text))] == ["logql"]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("expr: up", "neither `alert` nor `record`"),
        ("{alert: A, record: b, expr: up}", "both"),
        ("alert: A", "the rule A has no expression"),
        ("{alert: A, expr: [up]}", "the rule A has no expression"),
    ],
)
def test_a_rule_that_prometheus_refuses_is_said_and_the_others_are_read(rule: str, why: str) -> None:
    inputs = piped(f"groups:\n- name: g\n  rules:\n  - {rule}\n  - alert: B\n    expr: up == 0\n")

    assert [one.name for one in inputs.groups[0].alerts] == ["B"]
    (said,) = inputs.unreadable
    assert why in said.why
    assert (said.line, said.column) == (4, 5)


def test_yaml_s_own_words_are_texts_where_prometheus_reads_texts() -> None:
    text = "groups:\n- name: 5\n  rules:\n  - record: a\n    expr: 1\n    labels: {on: yes, off: true, n: 3}\n"
    (recording,) = piped(text).groups[0].recordings

    assert (recording.expr, recording.labels) == ("1", {"on": "yes", "off": "true", "n": "3"})


def test_anchors_and_merged_keys_are_what_they_stand_for() -> None:
    text = """
x: &page {severity: page, team: a}
groups:
- name: g
  rules:
  - &first {alert: A, expr: &e up == 0, labels: {<<: *page, team: b}}
  - {<<: *first, alert: B, for: 1m}
  - {alert: C, expr: *e}
"""
    found = alerts(piped(text))

    assert [(one.name, one.expr) for one in found] == [("A", "up == 0"), ("B", "up == 0"), ("C", "up == 0")]
    assert found[1].labels == {"severity": "page", "team": "b"}


def test_a_file_of_no_groups_is_a_rule_file() -> None:
    for text in ("groups: []\n", "groups:\n"):
        inputs = piped(text)
        assert (inputs.groups, inputs.unreadable) == ((), ())


def test_a_group_may_be_json_in_a_config_map_in_yaml() -> None:
    rules = orjson.dumps({"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "up"}]}]}).decode()

    assert alerts(piped(f"apiVersion: v1\nkind: ConfigMap\ndata:\n  rules: '{rules}'\n"))


RULES = "rules:\n  - alert: Q\n    expr: queue_depth > 100\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"group: # group\n- name: a\n  {RULES}", "1:1: Prometheus knows no `group` here; did you mean `groups`?"),
        (f"Groups:\n- name: a\n  {RULES}", "1:1: Prometheus knows no `Groups` here; did you mean `groups`?"),
        (
            f"groups:\n- name: a\n  {RULES[:4]}{RULES[5:]}",
            "3:3: Prometheus knows no `rule` here; did you mean `rules`?",
        ),
        (f"groups:\n  name: a\n  {RULES}", "2:3: `groups` is no list: a group begins with `- name:`"),
        (
            "groups:\n  a:\n    rules: [{alert: Q, expr: up == 0}]\n",
            "2:3: `groups` is no list: a group begins with `- name:`",
        ),
        (
            orjson.dumps({"group": [{"name": "a", "rules": [{"alert": "Q", "expr": "up == 0"}]}]}).decode(),
            "1:2: Prometheus knows no `group` here; did you mean `groups`?",
        ),
    ],
)
def test_a_list_of_groups_or_rules_that_prometheus_does_not_find(text: str, said: str) -> None:
    (one,) = piped(text).unreadable

    assert str(one) == f"<stdin>:{said}"


def test_groups_beside_one_that_prometheus_refuses_are_still_read() -> None:
    inputs = piped(f"groups:\n- name: a\n  ruls: [{{alert: P, expr: up == 0}}]\n- name: b\n  {RULES}- name: c\n")

    assert [(one.name, len(one.rules)) for one in inputs.groups] == [("a", 0), ("b", 1), ("c", 0)]
    assert [str(one) for one in inputs.unreadable] == [
        "<stdin>:3:3: Prometheus knows no `ruls` here; did you mean `rules`?"
    ]


def test_groups_of_something_else_are_none_of_ours() -> None:
    inputs = piped("groups:\n- name: admins\n  roles: [{name: expr}]\n")

    assert not inputs.groups
    assert [one.why for one in inputs.unreadable] == ["neither a dashboard nor rules"]


@pytest.mark.parametrize("folder", ["team", "grape"])
def test_the_folders_of_a_ruler_are_no_mistake(folder: str) -> None:
    inputs = piped(f"{folder}:\n- name: a\n  {RULES}")

    assert [one.name for one in inputs.groups] == ["a"]
    assert not inputs.unreadable
