"""Every form in which a dashboard arrives."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.lint.reading.given import PROMETHEUS, dashboard, exprs, page, piped, target, value

V2: dict[str, Any] = {
    "title": "Two",
    "cursorSync": "Off",
    "timeSettings": {"from": "now-1h", "to": "now", "autoRefresh": "10s"},
    "elements": {
        "panel-9": {
            "kind": "Panel",
            "spec": {
                "id": 9,
                "title": "Errors",
                "description": "How many",
                "data": {
                    "kind": "QueryGroup",
                    "spec": {
                        "queries": [
                            {
                                "kind": "PanelQuery",
                                "spec": {
                                    "refId": "B",
                                    "hidden": True,
                                    "query": {
                                        "kind": "DataQuery",
                                        "group": "prometheus",
                                        "datasource": {"name": "${ds}"},
                                        "spec": {"expr": "rate(x[5m])", "legendFormat": "{{job}}"},
                                    },
                                },
                            }
                        ],
                        "transformations": [{"kind": "reduce", "spec": {"options": {}}}],
                        "queryOptions": {"interval": "30s"},
                    },
                },
                "vizConfig": {
                    "kind": "VizConfig",
                    "group": "stat",
                    "spec": {"options": {}, "fieldConfig": {"defaults": {"unit": "s"}, "overrides": []}},
                },
            },
        },
        "panel-1": {"kind": "Panel", "spec": {"id": 1, "title": "First", "vizConfig": {"group": "text"}}},
    },
    "layout": {
        "kind": "GridLayout",
        "spec": {
            "items": [
                {
                    "kind": "GridLayoutItem",
                    "spec": {"x": 0, "y": 0, "width": 12, "height": 8, "element": {"name": name}},
                }
                for name in ("panel-1", "panel-9")
            ]
        },
    },
    "variables": [
        {"kind": "DatasourceVariable", "spec": {"name": "ds", "pluginId": "prometheus"}},
        {
            "kind": "QueryVariable",
            "spec": {
                "name": "job",
                "multi": True,
                "refresh": "onTimeRangeChanged",
                "query": {"kind": "DataQuery", "group": "prometheus", "spec": {"query": "label_values(up, job)"}},
            },
        },
        {"kind": "TextVariable", "spec": {"name": "free", "query": "x"}},
    ],
    "annotations": [
        {"spec": {"name": "Deploys", "query": {"group": "prometheus", "spec": {"expr": "changes(x[5m]) > 0"}}}}
    ],
    "tags": [],
}


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


def test_a_manifest_of_the_second_model_is_read_and_shown_as_a_classic_one() -> None:
    only = page({"apiVersion": "dashboard.grafana.app/v2", "kind": "Dashboard", "metadata": {"name": "n"}, "spec": V2})

    assert (only.uid, only.title) == ("n", "Two")
    assert [panel.title for panel in only.panels] == ["First", "Errors"], "in the order of the layout"
    errors = only.panels[1]
    assert (errors.kind, errors.unit, errors.interval, errors.transformed) == ("stat", "s", "30s", True)
    assert errors.grid == (0, 0, 12, 8)
    (asked,) = errors.targets
    assert (asked.ref, asked.expr, asked.legend, asked.hidden) == ("B", "rate(x[5m])", "{{job}}", True)
    assert asked.language == "promql"
    assert asked.spot.document.at(asked.spot.below("expr").path) == "rate(x[5m])"  # type: ignore[attr-defined]
    assert [(one.name, one.kind, one.query) for one in only.variables] == [
        ("ds", "datasource", "prometheus"),
        ("job", "query", "label_values(up, job)"),
        ("free", "textbox", "x"),
    ]
    assert (only.variables[1].multi, only.variables[1].refresh) == (True, 2)
    assert only.variables[1].query_path == ("query", "spec", "query")
    assert [one.expr for one in only.annotations] == ["changes(x[5m]) > 0"]
    assert only.json["panels"][1]["fieldConfig"]["defaults"]["unit"] == "s"
    assert only.json["time"] == {"from": "now-1h", "to": "now"}


def test_the_second_model_needs_no_manifest_around_it() -> None:
    assert exprs(value(V2)) == ["rate(x[5m])"]
    assert exprs(value({"dashboard": V2})) == ["rate(x[5m])"]


def test_rows_and_tabs_give_no_grid_because_each_counts_from_its_own_corner() -> None:
    rows = {"kind": "RowsLayout", "spec": {"rows": [{"kind": "RowsLayoutRow", "spec": {"layout": V2["layout"]}}]}}

    assert [(panel.title, panel.grid) for panel in page({**V2, "layout": rows}).panels] == [
        ("First", None),
        ("Errors", None),
    ]


def test_the_alpha_of_the_second_model_calls_the_data_source_s_type_kind() -> None:
    query = {"kind": "PanelQuery", "spec": {"refId": "A", "query": {"kind": "loki", "spec": {"expr": '{a="b"}'}}}}
    spec = {"title": "x", "vizConfig": {"kind": "logs", "spec": {}}, "data": {"spec": {"queries": [query]}}}
    only = page({"elements": {"p": {"kind": "Panel", "spec": spec}}, "layout": {}, "title": "T"})

    assert only.panels[0].kind == "logs"
    assert only.panels[0].targets[0].language == "logql"


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


@pytest.mark.parametrize(
    "wrap",
    [
        lambda panel: panel,
        lambda panel: {"name": "l", "uid": "u", "kind": 1, "model": panel},
        lambda panel: {"result": {"uid": "u", "model": panel}},
        lambda panel: {"result": {"elements": [{"uid": "u", "model": panel}]}},
        lambda panel: {"apiVersion": "dashboard.grafana.app/v0alpha1", "kind": "LibraryPanel", "spec": panel},
    ],
)
def test_a_library_panel_is_a_piece_of_a_page(wrap: Any) -> None:
    panel = {"type": "stat", "title": "L", "targets": [target("up")], "fieldConfig": {"defaults": {"unit": "s"}}}
    only = page(wrap(panel))

    assert not only.whole
    assert [(one.title, one.unit, one.targets[0].expr) for one in only.panels] == [("L", "s", "up")]


def test_an_export_carries_its_library_panels_along() -> None:
    model = {"type": "stat", "title": "L", "targets": [target("up")]}
    used = {"id": 7, "gridPos": {"x": 0, "y": 0, "w": 4, "h": 4}, "libraryPanel": {"uid": "u", "name": "L"}}
    only = page(dashboard(panels=[used], __elements={"u": {"uid": "u", "kind": 1, "model": model}}))

    assert [(one.id, one.library, one.targets[0].expr) for one in only.panels] == [(7, True, "up")]
    assert only.panels[0].targets[0].spot.path == ("__elements", "u", "model", "targets", 0)


def test_panels_stand_in_rows_in_collapsed_rows_and_in_none() -> None:
    inner = {"id": 3, "type": "stat", "title": "In", "targets": [target("b")]}
    row = {"type": "row", "collapsed": True, "title": "Row", "panels": [inner]}
    old = {"title": "Old", "collapse": False, "panels": [{"type": "graph", "targets": [target("c")]}]}
    only = page(dashboard(panels=[{"type": "stat", "targets": [target("a")]}, row], rows=[old]))

    assert [one.targets[0].expr for one in only.panels] == ["a", "b", "c"]
    assert [one.folded for one in only.panels] == [False, True, False]
    assert [one.spot.path for one in only.panels] == [
        ("panels", 0),
        ("panels", 1, "panels", 0),
        ("rows", 0, "panels", 0),
    ]


def test_a_panel_of_today_says_its_unit_limits_and_steps() -> None:
    defaults = {
        "unit": "s",
        "min": 0,
        "max": "10",
        "thresholds": {
            "mode": "percentage",
            "steps": [{"value": None, "color": "green"}, {"value": 8, "color": "red"}],
        },
        "mappings": [{"type": "value", "options": {"0": {"text": "down"}}}],
    }
    overrides = [{"matcher": {}, "properties": [{"id": "unit", "value": "ms"}]}]
    panel = {
        "type": "stat",
        "interval": "1m",
        "gridPos": {"x": 1, "y": 2, "w": 3, "h": 4},
        "fieldConfig": {"defaults": defaults, "overrides": overrides},
        "transformations": [{"id": "reduce"}],
    }
    (one,) = page(dashboard(panels=[panel])).panels

    assert (one.unit, one.low, one.high, one.absolute) == ("s", 0, 10, False)
    assert one.steps == ((None, "green"), (8, "red"))
    assert (one.overridden, one.mapped, one.transformed, one.interval, one.grid) == (
        True,
        True,
        True,
        "1m",
        (1, 2, 3, 4),
    )


def test_a_graph_and_a_singlestat_of_old_say_the_same() -> None:
    graph = {
        "type": "graph",
        "yaxes": [{"format": "Bps", "min": "0", "max": None}, {"format": "s"}],
        "thresholds": [{"value": 5, "op": "gt", "colorMode": "critical"}],
        "seriesOverrides": [{"alias": "x", "yaxis": 2}],
    }
    single = {"type": "singlestat", "format": "percent", "thresholds": "70,90", "colors": ["g", "y", "r"]}
    gauge = {"type": "gauge", "options": {"fieldOptions": {"defaults": {"unit": "s", "max": 3}}}}
    first, second, third = page(dashboard(panels=[graph, single, gauge])).panels

    assert (first.unit, first.low, first.high, first.steps, first.overridden) == (
        "Bps",
        0,
        None,
        ((5, "critical"),),
        True,
    )
    assert (second.unit, second.steps) == ("percent", ((None, "g"), (70, "y"), (90, "r")))
    assert (third.unit, third.high) == ("s", 3)


@pytest.mark.parametrize(
    ("said", "query", "path"),
    [
        ({"query": "label_values(up, job)"}, "label_values(up, job)", ("query",)),
        ({"query": {"query": "metrics(x)", "refId": "A"}}, "metrics(x)", ("query", "query")),
        ({"query": {"qryType": 1, "label": "job", "metric": "up"}}, "label_values(up, job)", ("query",)),
        ({"query": {"qryType": 1, "label": "job"}}, "label_values(job)", ("query",)),
        ({"query": {"qryType": 3, "varQuery": "up"}}, "query_result(up)", ("query",)),
        ({"definition": "query_result(up)"}, "query_result(up)", ("definition",)),
    ],
)
def test_a_query_variable_is_written_in_many_ways(said: dict[str, Any], query: str, path: tuple[str, ...]) -> None:
    one = {
        "type": "query",
        "name": "v",
        "datasource": PROMETHEUS,
        "refresh": 2,
        "multi": True,
        "includeAll": True,
        **said,
    }
    (variable,) = page(dashboard(templating={"list": [{**one, "allValue": ".+"}]})).variables

    assert (variable.query, variable.query_path, variable.language) == (query, path, "promql")
    assert (variable.name, variable.refresh, variable.multi, variable.all, variable.all_value) == (
        "v",
        2,
        True,
        True,
        ".+",
    )


def test_annotations_that_ask_prometheus_are_the_page_s() -> None:
    listed = [
        {"name": "old", "datasource": PROMETHEUS, "expr": "a"},
        {"name": "new", "datasource": PROMETHEUS, "target": {"expr": "b"}},
        {"name": "Annotations & Alerts", "type": "dashboard", "target": {"tags": []}},
    ]
    found = page(dashboard(annotations={"list": listed})).annotations

    assert [(one.expr, one.spot.path[-1], one.spot.where) for one in found] == [
        ("a", 0, "annotation old"),
        ("b", "target", "annotation new"),
    ]


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
