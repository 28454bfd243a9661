"""Panels that Grafana took away become their successors with their settings, or are refused with file and line."""

from pathlib import Path
from typing import Any

import grafanalib.core as lib
import pytest

from panels.grafana import modernise, modernised
from queries import Mistake
from tests.panels.grafanalib_pages import PANELS, page, panel


def first(said: Any) -> dict[str, Any]:
    """The panel's JSON."""
    found: dict[str, Any] = modernise(page(said))["panels"][0]
    return found


def changes(said: Any) -> str:
    """All that was changed."""
    return "\n".join(modernised(page(said)).changes)


def test_a_graph_is_a_time_series() -> None:
    made = first(PANELS["Graph"])
    assert made["type"] == "timeseries"
    fields = made["fieldConfig"]["defaults"]
    custom = fields["custom"]
    assert (fields["unit"], fields["min"], custom["axisLabel"]) == ("s", 0, "Time")
    assert custom["scaleDistribution"] == {"log": 10, "type": "log"}
    assert custom["stacking"]["mode"] == "percent"
    assert (custom["fillOpacity"], custom["lineWidth"], custom["lineInterpolation"]) == (30, 2, "stepAfter")
    assert (custom["showPoints"], custom["pointSize"]) == ("always", 10)
    assert custom["spanNulls"] is False
    assert made["options"]["legend"] == {
        "calcs": ["max", "mean"],
        "displayMode": "table",
        "placement": "right",
        "showLegend": True,
        "sortBy": "Mean",
        "sortDesc": False,
        "width": 200,
    }
    assert made["options"]["tooltip"]["mode"] == "multi"
    assert made["options"]["tooltip"]["sort"] == "desc"
    assert fields["links"][0]["title"] == "Docs"


def test_limits_of_a_graph_are_thresholds() -> None:
    fields = first(PANELS["Graph"])["fieldConfig"]["defaults"]
    assert fields["custom"]["thresholdsStyle"] == {"mode": "line+area"}
    assert [(one["value"], one["color"]) for one in fields["thresholds"]["steps"]] == [
        (None, "blue"),
        (10, "transparent"),
        (90, "red"),
    ]
    assert first(PANELS["Graph, bare"])["fieldConfig"]["defaults"]["custom"]["thresholdsStyle"] == {"mode": "off"}


def test_limits_of_a_graph_with_colours_of_their_own() -> None:
    said = [
        {"value": 5, "color": "purple", "line": True},
        {"value": None, "colorMode": "ok"},
        {"value": 9, "colorMode": "warning", "op": "gt"},
    ]
    fields = first(panel(lib.Graph, thresholds=said))["fieldConfig"]["defaults"]
    assert fields["custom"]["thresholdsStyle"] == {"mode": "line"}
    assert [(one["value"], one["color"]) for one in fields["thresholds"]["steps"]] == [
        (None, "transparent"),
        (5, "purple"),
        (9, "orange"),
    ]


def test_series_of_a_graph_keep_what_was_said_of_them() -> None:
    overrides = first(PANELS["Graph"])["fieldConfig"]["overrides"]
    found = {one["matcher"]["options"]: {said["id"]: said["value"] for said in one["properties"]} for one in overrides}
    assert found == {
        "a": {"color": {"fixedColor": "red", "mode": "fixed"}},
        "/b.*/": {
            "color": {"fixedColor": "#ff0000", "mode": "fixed"},
            "custom.axisLabel": "Size",
            "custom.axisPlacement": "right",
            "custom.lineStyle": {"dash": [5, 10], "fill": "dash"},
            "unit": "bytes",
        },
        "c": {
            "custom.drawStyle": "bars",
            "custom.fillBelowTo": "a",
            "custom.fillOpacity": 40,
            "custom.lineWidth": 0,
        },
    }
    assert [one["matcher"]["id"] for one in overrides] == ["byName", "byRegexp", "byName"]


def test_what_a_time_series_cannot_do_is_said() -> None:
    said = changes(PANELS["Graph"])
    for part in ("Graph is a time series", "hideZero", "zindex", "right axis", "always shown", "or vector(0)"):
        assert part in said


def test_a_bare_graph_and_bars() -> None:
    bare = first(PANELS["Graph, bare"])["fieldConfig"]["defaults"]
    assert (bare["custom"]["drawStyle"], bare["custom"]["spanNulls"], bare["unit"]) == ("line", True, "short")
    bars = first(PANELS["Graph, bars"])["fieldConfig"]["defaults"]
    assert (bars["custom"]["drawStyle"], bars["unit"]) == ("bars", "reqps")
    points = first(panel(lib.Graph, lines=False, points=True))["fieldConfig"]["defaults"]["custom"]
    assert points["drawStyle"] == "points"
    legend = first(panel(lib.Graph, legend=lib.Legend(show=False)))["options"]["legend"]
    assert legend["showLegend"] is False
    axis = first(panel(lib.Graph, yAxes=lib.single_y_axis(show=False)))["fieldConfig"]["defaults"]["custom"]
    assert axis["axisPlacement"] == "hidden"


def test_a_single_stat_is_a_stat() -> None:
    made = first(PANELS["SingleStat"])
    assert made["type"] == "stat"
    assert made["options"]["colorMode"] == "background"
    assert made["options"]["graphMode"] == "area"
    assert made["options"]["reduceOptions"]["calcs"] == ["lastNotNull"]
    fields = made["fieldConfig"]["defaults"]
    assert (fields["decimals"], fields["noValue"], fields["unit"]) == (2, "nothing", "prefix:~")
    assert [(one["value"], one["color"]) for one in fields["thresholds"]["steps"]] == [
        (None, "green"),
        (70, "orange"),
        (90, "red"),
    ]
    assert [one["type"] for one in fields["mappings"]] == ["value", "range", "special"]
    said = changes(PANELS["SingleStat"])
    assert "SingleStat is a stat today" in said
    assert "valueFontSize" in said
    assert "postfix 'req' is left out" in said


def test_a_bare_single_stat_is_not_coloured() -> None:
    made = first(PANELS["SingleStat, bare"])
    assert (made["options"]["colorMode"], made["options"]["graphMode"]) == ("none", "none")
    assert made["options"]["reduceOptions"]["calcs"] == ["mean"]
    assert made["fieldConfig"]["defaults"]["thresholds"]["steps"] == [{"color": "text", "value": None}]
    assert first(panel(lib.SingleStat, colorValue=True))["options"]["colorMode"] == "value"
    assert first(panel(lib.SingleStat, valueName="name"))["options"]["textMode"] == "name"
    listed = panel(lib.SingleStat, thresholds=[{"color": "green"}, {"color": "red", "value": 5}])
    assert first(listed)["fieldConfig"]["defaults"]["thresholds"]["steps"][1]["value"] == 5


def test_a_single_stat_with_a_gauge_is_one() -> None:
    made = first(PANELS["SingleStat, gauge"])
    assert made["type"] == "gauge"
    fields = made["fieldConfig"]["defaults"]
    assert (fields["min"], fields["max"], fields["unit"]) == (0, 5, "s")
    assert made["options"]["showThresholdLabels"] is True
    assert "its prefix 'x' is left out" in changes(PANELS["SingleStat, gauge"])


def test_more_limits_than_colours_are_said() -> None:
    said = panel(lib.SingleStat, thresholds="1,2,3", colors=["green", "red"])
    steps = first(said)["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert [one["color"] for one in steps] == ["green", "red", "red", "red"]
    assert "3 limits and but 2 colours" in changes(said)


def test_limits_that_are_no_numbers_are_a_mistake() -> None:
    with pytest.raises(Mistake, match="thresholds of 'a,b'"):
        first(panel(lib.SingleStat, thresholds="a,b"))


def test_an_old_pie_is_a_pie() -> None:
    made = first(PANELS["PieChart"])
    assert made["type"] == "piechart"
    assert made["options"]["pieType"] == "donut"
    assert made["options"]["legend"] == {
        "displayMode": "table",
        "placement": "bottom",
        "showLegend": True,
        "values": ["value", "percent"],
    }
    assert (made["fieldConfig"]["defaults"]["unit"], made["fieldConfig"]["defaults"]["decimals"]) == ("bytes", 1)
    assert made["fieldConfig"]["overrides"][0]["matcher"]["options"] == "a"
    on_graph = first(PANELS["PieChart, on graph"])["options"]
    assert (on_graph["displayLabels"], on_graph["legend"]["showLegend"]) == (["name"], False)


REFUSED = {
    "Worldmap": (lambda: lib.Worldmap(title="Map"), "Worldmap was a plugin for Angular"),
    "Discrete": (lambda: lib.Discrete(title="States"), "StateTimeline is its successor"),
    "Statusmap": (lambda: lib.Statusmap(title="Status"), "status_history is its successor"),
    "Svg": (lambda: lib.Svg(title="Svg"), "canvas is its successor"),
    "ePict": (lambda: lib.ePict(title="Pict"), "canvas is its successor"),
    "Ae3ePlotly": (lambda: lib.Ae3ePlotly(title="Plot"), "never brought up to date"),
    "Graph": (lambda: lib.Graph(title="Alert", alert={"name": "Slow"}), "Grafana 11 took alerts off panels"),
    "series": (lambda: lib.Graph(title="Series", xAxis=lib.XAxis(mode="series")), "is a bar chart today"),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=list(REFUSED))
def test_what_nothing_can_show_today_is_refused(make: Any, message: str) -> None:
    with pytest.raises(Mistake, match=message):
        modernise(page(make()))


def test_a_refusal_names_the_line_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "map.dashboard.py"
    file.write_text(
        "from grafanalib.core import *\nfirst = Worldmap(title='Other')\nMAP = Worldmap(\n    title='Map',\n)\n"
    )
    with pytest.raises(Mistake) as caught:
        modernise(page(lib.Worldmap(title="Map")), path=str(file))
    assert str(caught.value.where) == f"{file}:3"
    with pytest.raises(Mistake) as caught:
        modernise(page(lib.Worldmap(title="Put together")), path=str(file))
    assert str(caught.value.where) == f"{file}:2"
    with pytest.raises(Mistake) as caught:
        modernise(page(uid="a b"), path=str(file))
    assert str(caught.value.where) == f"{file}:1"
    with pytest.raises(Mistake) as caught:
        modernise(page(uid="a b"), path=str(tmp_path / "gone.py"))
    assert caught.value.where.line == 1
