"""Every form in which a dashboard arrives."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.lint.reading.given import dashboard, exprs, page, piped, value


def test_a_dashboard_as_it_is_exported() -> None:
    only = page(dashboard())

    assert (only.uid, only.title, only.wrapped, only.whole) == ("a", "A", False, True)
    (panel,) = only.panels
    assert (panel.id, panel.title, panel.kind) == (2, "Up", "timeseries")
    (asked,) = panel.targets
    assert (asked.ref, asked.expr, asked.language) == ("A", "up", "promql")
    assert asked.spot.where == 'panel "Up", query A'
    assert asked.spot.below("expr").path == ("panels", 0, "targets", 0, "expr")


def test_a_dashboard_as_the_api_answers_is_wrapped() -> None:
    only = page({"dashboard": dashboard(), "meta": {"slug": "a"}})

    assert only.wrapped
    assert only.spot.path == ("dashboard",)
    assert only.panels[0].targets[0].expr == "up"


@pytest.mark.parametrize("wrap", [lambda one: [one, one], lambda one: {"items": [one, {"dashboard": one}]}])
def test_a_list_of_dashboards_is_each_of_them(wrap: Any) -> None:
    assert exprs(value(wrap(dashboard()))) == ["up", "up"]


@pytest.mark.parametrize("version", ["v0alpha1", "v1", "v1beta1"])
def test_a_manifest_s_specification_is_the_classic_dashboard(version: str) -> None:
    spec = dashboard()
    del spec["uid"]
    api = f"dashboard.grafana.app/{version}"
    only = page({"apiVersion": api, "kind": "Dashboard", "metadata": {"name": "n"}, "spec": spec})

    assert (only.uid, only.spot.path, only.wrapped) == ("n", ("spec",), False)
    assert only.panels[0].targets[0].expr == "up"


def test_a_config_map_holds_dashboards_and_rules_and_other_things() -> None:
    text = orjson.dumps(dashboard()).decode()
    rules = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n"
    held = {"a.json": text, "rules.yml": rules, "nginx.conf": "server { }", "b.json": '{"panels": ['}
    inputs = value({"apiVersion": "v1", "kind": "ConfigMap", "data": held})

    assert exprs(inputs) == ["up"]
    assert [one.name for group in inputs.groups for one in group.alerts] == ["A"]
    assert ["no JSON" in one.why for one in inputs.unreadable] == [True]


def test_grafana_s_operator_keeps_a_dashboard_as_text() -> None:
    spec = {"json": orjson.dumps(dashboard()).decode()}

    assert exprs(value({"apiVersion": "grafana.integreatly.org/v1beta1", "kind": "GrafanaDashboard", "spec": spec}))


def test_half_a_character_is_read_as_grafana_reads_it() -> None:
    inputs = piped(r'{"title": "\\ud800 \ud800 \ud83d\ude00", "panels": []}')

    assert inputs.pages[0].title == "\\ud800 \ufffd \U0001f600"


def test_members_of_a_wrong_type_are_as_good_as_absent() -> None:
    wrong: dict[str, Any] = {
        "uid": 3,
        "title": None,
        "schemaVersion": "x",
        "templating": {"list": {"a": 1}},
        "annotations": [],
        "panels": [3, None, [], {"id": "x", "title": None, "targets": 3, "gridPos": {"x": "1"}, "thresholds": 4}],
    }
    only = page(wrong)

    assert (only.uid, only.title) == ("", "")
    (panel,) = only.panels
    assert (panel.id, panel.title, panel.targets, panel.grid, panel.steps) == (None, "", (), None, ())
    assert page({**wrong, "panels": {}}).panels == ()
