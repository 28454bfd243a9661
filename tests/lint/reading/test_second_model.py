"""A dashboard of Grafana's second model is read, and shown as a classic one."""

from __future__ import annotations

from tests.lint.reading.given import exprs, page, value
from tests.lint.reading.second_model import V2


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
