"""A panel wherever it stands, in a row or a library, and what it says of itself, today and of old."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lint.reading.given import dashboard, page, target


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
