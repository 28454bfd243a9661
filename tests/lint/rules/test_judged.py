"""What public dashboards and rule files taught: queries that look wrong and are right, or that nobody minds."""

from __future__ import annotations

from typing import Any

import pytest

from cli.lint.finding import Severity
from cli.lint.rule import Example
from cli.lint.sample import page, panel
from queries.catalog import Catalogs
from queries.catalogs.file import read_catalog
from tests.lint.rules.found import found, levels, unknown

NAMED = {"matcher": {"id": "byFrameRefID", "options": "A"}, "properties": [{"id": "displayName", "value": "Total"}]}
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def _panel(legend: str, expr: str, kind: str = "timeseries", more: int = 0, **members: Any) -> Example:
    others = [{"expr": "x", "refId": f"X{index}"} for index in range(more)]
    return Example(page=page(panel({"expr": expr, "legendFormat": legend}, *others, kind=kind) | members))


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        # one number on each side: they are partners all the same
        ("sum(x) / on (instance) sum(y)", [WARNING]),
        ("sum by (a) (x) / on (b) sum by (a) (y)", [ERROR]),
        ("sum by (pod) (sum by (namespace) (x))", [ERROR]),
    ],
)
def test_on_a_label_that_neither_side_has(expr: str, expected: list[Severity]) -> None:
    assert unknown("PQL200", expr) == expected


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("x * on (pod) group_left (node) max by (pod, node) (y)", []),
        ("sum by (pod) (x) * on (pod) group_left (node) topk by (pod) (1, max by (pod, node, uid) (y))", []),
        ("sum by (pod) (x) * on (pod) group_left (node) topk by (pod) (2, max by (pod, node, uid) (y))", [WARNING]),
        (
            "sum by (pod) (x) * on (pod) group_left (node) topk by (pod, uid) (1, max by (pod, node, uid) (y))",
            [WARNING],
        ),
        ("sum by (pod) (x) * on (pod) group_left () max by (pod, node) (y)", [WARNING]),
    ],
)
def test_a_label_that_is_copied_has_one_value_for_each_partner(expr: str, expected: list[Severity]) -> None:
    assert unknown("PQL213", expr) == expected


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("rate(y[5m])", [WARNING]),
        ("(1 + rate(y[5m]))", []),
        ("(rate(y[5m]) + 0.5)", []),
        ("(rate(y[5m]) + 0)", [WARNING]),
        ("(rate(y[5m]) - 1)", [WARNING]),
        ("clamp_min(rate(y[5m]), 1)", []),
        ("clamp_min(rate(y[5m]), 0)", [WARNING]),
        ("(rate(y[5m]) > 0)", []),
    ],
)
def test_what_is_never_zero_makes_no_nan(below: str, expected: list[Severity]) -> None:
    assert unknown("PQL223", f"avg(rate(x[5m]) / {below})") == expected


def test_what_lacks_a_label_is_another_series_than_what_has_it() -> None:
    assert unknown("PQL220", 'x{a=""} / x{a!=""}') == []
    assert unknown("PQL220", 'x{a="b"} / x{a!=""}') == [ERROR]


@pytest.mark.parametrize("regex", [r"[\\w-.]+", r"[\\d-x]", "[[]", r"\\Qa.b\\E", "/api/{id}", "a{,5}"])
def test_what_only_our_parser_cannot_read_is_no_error(regex: str) -> None:
    assert unknown("PQL004", f'x{{a=~"{regex}"}}') == []


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        (_panel("{{pod}}", "sum(x)"), [ERROR]),
        (_panel("{{pod}}", "sum(x)", "piechart"), [ERROR]),
        # a single number stands without its name, and a table has no legend
        (_panel("{{pod}}", "sum(x)", "stat"), [INFO]),
        (_panel("{{pod}}", "sum(x)", "gauge"), [INFO]),
        (_panel("{{pod}}", "sum(x)", "table"), [INFO]),
        (_panel("{{pod}}", "sum(x)", "stat", more=1), [ERROR]),
        (_panel("{{pod}}", "sum by (node) (x)", "stat"), [ERROR]),
        (_panel("{{pod}}", "sum(x)", "stat", options={"textMode": "value_and_name"}), [ERROR]),
        (_panel("{{pod}}", "sum(x)", "stat", options={"textMode": "auto"}), [INFO]),
    ],
)
def test_a_legend_that_nobody_reads_is_no_error(example: Example, expected: list[Severity]) -> None:
    assert unknown("PQL600", example) == expected


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        # the panel names its lines itself, all of them or each
        (_panel("{{pod}}", "sum(x)", fieldConfig={"defaults": {"displayName": "Total"}}), [INFO]),
        (_panel("{{pod}}", "sum(x)", fieldConfig={"defaults": {"displayName": "${__field.labels.a}"}}), [INFO]),
        (_panel("{{pod}}", "sum(x)", fieldConfig={"defaults": {"displayName": "${__series.name}"}}), [ERROR]),
        (_panel("{{pod}}", "sum(x)", fieldConfig={"overrides": [NAMED]}), [INFO]),
        (_panel("{{pod}}", "sum by (a) (x)", "stat", options={"textMode": "value"}), [INFO]),
        (_panel("{{pod}}", "sum by (a) (x)", "stat", options={"textMode": "none"}), [INFO]),
        (_panel("{{pod}}", "sum by (a) (x)", "bargauge", options={"namePlacement": "hidden"}), [INFO]),
        (_panel("{{pod}}", "sum by (a) (x)", "bargauge", options={"namePlacement": "left"}), [ERROR]),
    ],
)
def test_a_legend_in_whose_place_something_else_is_shown_is_no_error(
    example: Example, expected: list[Severity]
) -> None:
    assert unknown("PQL600", example) == expected


def test_a_label_that_relabelling_may_add_is_a_warning() -> None:
    assert levels("PQL200", "sum by (pod) (queue_depth)") == [WARNING]
    assert levels("PQL200", "sum by (handler) (queue_depth)") == [ERROR]
    assert levels("PQL200", "queue_depth * on (pod) model_loaded") == [WARNING]
    assert levels("PQL200", "queue_depth * on (handler) model_loaded") == [ERROR]
    assert levels("PQL600", _panel("{{pod}}", "queue_depth")) == [WARNING]
    assert levels("PQL600", _panel("{{handler}}", "queue_depth")) == [ERROR]


def test_a_query_that_is_hidden_has_no_legend() -> None:
    hidden = page(panel({"expr": "sum(x)", "legendFormat": "{{pod}}", "hide": True}))
    assert unknown("PQL600", Example(page=hidden)) == [INFO]


def test_a_recording_may_have_labels_that_somebody_added_also_behind_an_operator() -> None:
    rules = """groups:
  - name: example
    rules:
      - {record: 'job:x:sum', expr: sum by (job) (x)}
"""
    legend = {"expr": "job:x:sum / on (job) job:x:sum", "legendFormat": "{{cluster}}"}
    assert unknown("PQL600", Example(page=page(panel(legend)), rules=rules)) == [WARNING]


def test_a_legend_whose_label_is_gone_is_told_once() -> None:
    example = _panel("{{instance}}", "sum by (pod) (x)")
    assert unknown("PQL600", example) == [ERROR]
    assert unknown("PQL601", example) == []


def test_a_tile_for_each_that_by_names_is_asked_for() -> None:
    assert levels("PQL603", _panel("", "sum by (handler) (rate(http_requests_total[5m]))", "stat")) == []
    assert levels("PQL603", _panel("", "rate(http_requests_total[5m])", "stat")) == [WARNING]


@pytest.mark.parametrize(
    ("kind", "expected"), [("graph", [INFO]), ("singlestat", [INFO]), ("natel-discrete-panel", [WARNING])]
)
def test_what_grafana_turns_into_its_successor_is_an_information(kind: str, expected: list[Severity]) -> None:
    assert unknown("PQL702", _panel("", "x", kind)) == expected


BUCKETS = "sum by (le) (rate(http_request_duration_seconds_bucket[5m]))"
PRICE = """
domain: example
metrics:
- {name: price, type: gauge, unit: usd per million tokens}
"""


@pytest.mark.parametrize(
    ("expr", "unit", "kind", "expected"),
    [
        # of a heatmap the unit is that of the buckets' bounds
        (BUCKETS, "s", "heatmap", []),
        (BUCKETS, "s", "timeseries", [ERROR]),
    ],
)
def test_the_unit_of_a_heatmap_is_that_of_its_axis(expr: str, unit: str, kind: str, expected: list[Severity]) -> None:
    assert levels("PQL400", Example(page=page(panel(expr, kind=kind, defaults={"unit": unit})))) == expected


@pytest.mark.parametrize(
    ("expr", "unit", "expected"),
    [
        ("max(price)", "currencyUSD", []),
        ("max(price)", "s", [ERROR]),
    ],
)
def test_grafana_has_no_unit_for_what_is_counted_per_something(expr: str, unit: str, expected: list[Severity]) -> None:
    known = Catalogs((read_catalog(PRICE.encode(), "price.yaml"),))
    assert levels("PQL400", Example(page=page(panel(expr, defaults={"unit": unit}))), known) == expected


@pytest.mark.parametrize(
    ("legend", "expr", "expected"),
    [
        ("{{instance}}", "queue_depth", [INFO]),
        ("queue", "queue_depth", [WARNING]),
        ("{{job}}", "sum by (job, shard) (queue_depth)", [WARNING]),
        ("{{pod}}", "sum by (id) (x) * on (id) group_left (pod) y", [INFO]),
        ("{{pod}}", "sum by (id, pod) (x) * on (id) group_left () sum by (id) (y)", [WARNING]),
        ("{{pod}}", 'label_replace(sum by (id) (x), "pod", "$1", "id", "(.*)")', [INFO]),
        ("{{id}}", 'label_replace(sum by (id) (x), "pod", "$1", "id", "(.*)")', [WARNING]),
    ],
)
def test_what_a_legend_names_may_decide_the_labels_that_it_does_not(
    legend: str, expr: str, expected: list[Severity]
) -> None:
    assert levels("PQL601", _panel(legend, expr)) == expected


def test_a_metric_that_nobody_knows_is_told_once_for_each_expression() -> None:
    assert len(levels("PQL100", 'sum(rate(queue_dpeth{a="b"}[5m])) / sum(rate(queue_dpeth[5m]))')) == 1
    assert len(levels("PQL100", "queue_dpeth + queue_depht")) == 2


def test_a_unit_that_says_per_second_itself_is_what_the_title_promises() -> None:
    known = Catalogs(
        (read_catalog(b"domain: a\nmetrics: [{name: current_qps, type: gauge, unit: req/s}]\n", "a.yaml"),)
    )
    assert levels("PQL407", Example(page=page(panel("max(current_qps)", title="QPS"))), known) == []


def test_a_data_source_is_told_once_for_each_page() -> None:
    named: dict[str, Any] = {"datasource": {"type": "prometheus", "uid": "P1"}}
    three = page(panel("x", **named), panel("y", **named), panel("z", datasource="Prometheus"))
    assert unknown("PQL704", Example(page=three)) == [WARNING, WARNING]
    assert "as by 1 more" in found("PQL704", Example(page=three))[0].message


def test_a_group_with_a_name_is_no_variable() -> None:
    expr = 'label_replace(x, "a", "${node}", "b", "(?P<node>.*):.*")'
    assert unknown("PQL005", Example(page=page(panel(expr)))) == []
    assert unknown("PQL005", Example(page=page(panel(expr.replace("${node}", "${pod}"))))) == [WARNING]


@pytest.mark.parametrize(
    "rules",
    [
        """groups:
- name: graphite
  type: graphite
  rules:
  - {alert: A, expr: "filterSeries(sumSeries(host.*.x), 'last', '>', 10)"}
- name: logs
  type: vlogs
  rules:
  - {record: 'b:c', expr: error _time:5m}
""",
        """groups:
- name: loki
  rules:
  - {record: 'b:c', expr: 'sum by (app) (rate({app="a"} |= "error" [5m]))'}
  - {alert: D, expr: 'sum by (app) (rate({app="a"} |= "error" [5m])) > 1'}
""",
    ],
)
def test_rules_in_another_language_are_not_judged(rules: str) -> None:
    assert unknown("PQL001", Example(rules=rules)) == []


def test_a_group_that_says_prometheus_is_judged() -> None:
    rules = "groups:\n- name: a\n  type: prometheus\n  rules:\n  - {alert: A, expr: 'sum(x) offset 5m'}\n"
    assert unknown("PQL001", Example(rules=rules)) == [ERROR]
