"""In which language a query is, by its data source or by itself."""

from __future__ import annotations

from typing import Any

import pytest

from cli.lint.reading.language import guessed
from tests.lint.reading.given import dashboard, page

LOKI_VARIABLE = {"type": "datasource", "name": "logs", "query": "loki"}
OTHER = {"type": "datasource", "name": "ds", "query": "prometheus"}
INPUTS = [{"name": "DS_X", "type": "datasource", "pluginId": "prometheus"}]


def language(source: Any, panel_source: Any = None, expr: str = 'up{job="x"}') -> str:
    asked = {"refId": "A", "expr": expr, "datasource": source}
    panel = {"type": "stat", "datasource": panel_source, "targets": [asked]}
    said = dashboard(panels=[panel], templating={"list": [LOKI_VARIABLE, OTHER]}, __inputs=INPUTS)
    return page(said).panels[0].targets[0].language


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"type": "prometheus", "uid": "x"}, "promql"),
        ({"type": "loki", "uid": "x"}, "logql"),
        ({"type": "grafana-amazonprometheus-datasource", "uid": "x"}, "promql"),
        ({"type": "victoriametrics-datasource", "uid": "x"}, ""),
        ({"type": "mysql", "uid": "x"}, ""),
        ({"type": "__expr__", "uid": "__expr__"}, ""),
        ({"uid": "$logs"}, "logql"),
        ({"uid": "${ds}"}, "promql"),
        ({"uid": "[[logs]]"}, "logql"),
        ({"type": "prometheus", "uid": "${logs}"}, "logql"),
        ("$logs", "logql"),
        ("${DS_X}", "promql"),
        ("${DS_LOKI}", "logql"),
        ("Loki (prod)", "logql"),
        ("Prometheus", "promql"),
        ("-- Grafana --", ""),
        ("P1809F7CD0C75ACF3", "promql"),
        ({"uid": "P1809F7CD0C75ACF3"}, "promql"),
        (None, "promql"),
        ("-- Mixed --", "promql"),
        (3, "promql"),
    ],
)
def test_the_data_source_says_the_language(source: Any, expected: str) -> None:
    assert language(source) == expected


def test_the_panel_s_data_source_is_its_queries_own_unless_they_say_another() -> None:
    assert language(None, {"type": "loki", "uid": "x"}) == "logql"
    assert language({"type": "prometheus", "uid": "x"}, {"type": "datasource", "uid": "-- Mixed --"}) == "promql"
    assert language(None, {"type": "datasource", "uid": "-- Mixed --"}) == "promql"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sum(rate(x[5m]))", "promql"),
        ('x{a="|"}', "promql"),
        ("$metric{a='b'}", "promql"),
        ("[[metric]] {a='b'}", "promql"),
        ('{__name__=~"x.+"}', "promql"),
        ('{"utf8.name", a="b"}', "promql"),
        ('{app="x"} |= "error"', "logql"),
        ('sum(rate({app="x"} | json [5m]))', "logql"),
        ('sum by (a) (bytes_over_time({a="b"}[1h]))', "logql"),
        ('count_over_time({app="x"}[5m])', ""),
        ('{app="x"}', ""),
        ("", ""),
    ],
)
def test_a_text_that_could_be_logql_is_never_taken_for_promql(query: str, expected: str) -> None:
    assert guessed(query) == expected


def test_a_query_in_sql_has_no_language() -> None:
    panel = {"type": "table", "targets": [{"refId": "A", "rawSql": "select 1"}, {"query": "x", "metrics": []}]}

    assert [one.language for one in page(dashboard(panels=[panel])).panels[0].targets] == ["", ""]
