"""A page written with grafanalib comes out as today's Grafana would save it, and nothing is lost silently.

Long because every class and trap of grafanalib has its own test.
"""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import grafanalib.core as lib
import pytest

from panels.grafana import modernise, modernised
from queries import Mistake
from tests.panels.grafana_schemas import complaints, panels
from tests.panels.grafanalib_pages import PANELS, TEMPLATES, page, panel, target, whole_page


def modern(*said: Any, **more: Any) -> dict[str, Any]:
    """The page's JSON."""
    return modernise(page(*said, **more))


def first(*said: Any) -> dict[str, Any]:
    """The first panel's JSON."""
    found: dict[str, Any] = modern(*said)["panels"][0]
    return found


def changes(*said: Any, **more: Any) -> str:
    """All that was changed."""
    return "\n".join(modernised(page(*said, **more)).changes)


@pytest.mark.parametrize("name", PANELS)
def test_grafanas_schemas_have_nothing_against_any_class(name: str) -> None:
    assert complaints(modern(PANELS[name])) == []


def test_an_instant_query_asks_for_no_range() -> None:
    made = first(PANELS["Table"])["targets"][0]
    assert (made["instant"], made["range"]) == (True, False)


def test_grafanas_schemas_have_nothing_against_a_whole_page() -> None:
    assert complaints(modernise(whole_page())) == []


def test_the_callers_objects_stay_as_they_are() -> None:
    said = whole_page()
    before = copy.deepcopy(said)
    modernise(said)
    assert said == before
    stacking = {"mode": "normal"}
    modernise(
        page(
            panel(
                lib.TimeSeries,
                stacking=stacking,
                extraJson={"fieldConfig": {"defaults": {"custom": {"stacking": {"mode": "percent"}}}}},
            )
        )
    )
    assert stacking == {"mode": "normal"}


def test_a_page_that_is_json_already_is_brought_up_to_date_too() -> None:
    said = {
        "title": "Page",
        "uid": "page",
        "panels": [
            {"type": "row", "title": "Row", "panels": [{"type": "stat", "title": "Inside"}]},
            {"type": "graph", "title": "Graph", "targets": [{"expr": "up"}], "datasource": "Prom"},
        ],
    }
    made = modernise(said)
    assert complaints(made) == []
    assert [one["type"] for one in made["panels"]] == ["row", "stat", "timeseries"]
    row = {"title": "R", "showTitle": True, "panels": [{"type": "text"}]}
    assert [one["type"] for one in modernise({**said, "rows": [row]})["panels"]][:2] == ["row", "text"]


def test_it_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    modernise(page(PANELS["PieChart"], PANELS["Graph"], rows=[lib.Row(panels=[])]))
    assert capsys.readouterr().out == ""


def test_the_same_page_is_the_same_json() -> None:
    assert modernise(whole_page()) == modernise(whole_page())


# The page ----------------------------------------------------------------------------------------


def test_what_nobody_wrote_is_not_taken_for_said() -> None:
    bare = modern()
    assert (bare["refresh"], bare["timezone"], bare["timepicker"]) == ("30s", "browser", {})
    assert "refresh '10s' is grafanalib's own" in changes()
    said = modern(refresh=False, timezone="UTC")
    assert (said["refresh"], said["timezone"]) == ("", "UTC")
    assert "maxDataPoints" not in first(PANELS["TimeSeries, bare"])
    assert "intervalFactor" not in first(PANELS["TimeSeries, bare"])["targets"][0]
    assert first(panel(lib.TimeSeries, maxDataPoints=500))["maxDataPoints"] == 500


def test_a_page_is_complete_and_has_nothing_of_the_past() -> None:
    made = modernise(whole_page())
    assert made["schemaVersion"] == 41
    assert made["graphTooltip"] == 1
    assert made["gnetId"] == "1860"
    for key in ("fiscalYearStartMonth", "weekStart", "preload", "liveNow", "links", "annotations"):
        assert key in made
    for key in ("__inputs", "hideControls", "rows", "sharedCrosshair", "style", "version", "id"):
        assert key not in made
    assert made["timepicker"] == {"refresh_intervals": ["10s"], "nowDelay": "1m", "hidden": True}


def test_a_tooltip_that_was_said_is_not_lost() -> None:
    assert modern(graphTooltip=2)["graphTooltip"] == 2


def test_a_page_without_a_uid_takes_the_one_that_is_given() -> None:
    assert modernise(page(uid=None), "from-its-file")["uid"] == "from-its-file"
    assert modernise(page(uid="own"), "from-its-file")["uid"] == "own"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"uid": None}, "a page without a uid"),
        ({"uid": "a b"}, "letters, digits, - and _"),
        ({"uid": "a" * 41}, "longer than 40"),
        ({"title": " "}, "a page without a title"),
    ],
)
def test_a_page_needs_a_name(said: dict[str, Any], message: str) -> None:
    with pytest.raises(Mistake, match=message):
        modernise(page(**said))


def test_links_are_complete() -> None:
    pages, docs = modernise(whole_page())["links"]
    assert (pages["type"], pages["tags"]) == ("dashboards", ["a"])
    assert (docs["type"], docs["url"], docs["targetBlank"]) == ("link", "https://example.org", False)


def test_annotations_have_references_and_grafanas_own() -> None:
    own, deploys, alerts, default = modernise(whole_page())["annotations"]["list"]
    assert own["builtIn"] == 1
    assert deploys["datasource"] == {"type": "grafana", "uid": "-- Grafana --"}
    assert alerts["datasource"] == {"type": "prometheus", "uid": "Prom"}
    assert (default["enable"], "datasource" in default) == (True, False)
    built_in = {"name": "Own", "builtIn": 1, "enable": True, "iconColor": "red"}
    assert len(modern(annotations=lib.Annotations(list=[built_in]))["annotations"]["list"]) == 1


def test_inputs_become_variables() -> None:
    made = {one["name"]: one for one in modernise(whole_page())["templating"]["list"]}
    assert (made["DS_IN"]["type"], made["DS_IN"]["query"]) == ("datasource", "prometheus")
    assert (made["PREFIX"]["type"], made["PREFIX"]["query"]) == ("constant", "shop")
    assert made["DS"].get("label") != "Taken"


def test_what_grafana_does_not_read_is_said() -> None:
    class Odd(lib.Dashboard):  # type: ignore[misc]
        def to_json_data(self) -> dict[str, Any]:
            return {**super().to_json_data(), "odd": 1}

    made = modernised(Odd(title="Page", uid="page", timePicker=lib.TimePicker(["5s"], ["1y"])))
    assert "odd" not in made.page
    assert "odd is nothing that Grafana reads today; left out" in made.changes
    assert any("list of ranges" in one for one in made.changes)


# Variables ---------------------------------------------------------------------------------------


def variable(name: str) -> dict[str, Any]:
    """One of the page's variables."""
    found = modern(templating=lib.Templating(list=TEMPLATES))["templating"]["list"]
    return next(one for one in found if one["name"] == name)


def test_all_is_all() -> None:
    assert variable("job")["current"] == {"text": ["All"], "value": ["$__all"]}
    assert variable("one")["current"] == {"text": "All", "value": "$__all"}
    assert variable("one")["allValue"] == ".+"
    assert variable("chosen")["current"] == {"text": ["a"], "value": ["a"]}


def test_a_query_is_one_of_its_data_source() -> None:
    job = variable("job")
    assert job["datasource"] == {"type": "prometheus", "uid": "${DS}"}
    assert job["definition"] == "label_values(up, job)"
    assert job["query"]["qryType"] == 1
    assert "qryType" not in variable("metrics")["query"]
    assert "auto" not in job


def test_the_default_data_source_is_the_default_one() -> None:
    assert variable("DS")["current"] == {"text": "default", "value": "default"}
    assert variable("LOGS")["current"] == {"text": "Logs", "value": "Logs"}


def test_a_query_that_is_an_object_already_stays_one() -> None:
    said = {"query": "label_values(up, job)", "refId": "own"}
    made = modern(templating=lib.Templating(list=[lib.Template("x", said, dataSource="Prom")]))["templating"]["list"][0]
    assert made["query"] == said
    assert made["definition"] == "label_values(up, job)"
    loki = lib.Template("x", "label_values(job)", dataSource={"type": "loki", "uid": "l"})
    assert modern(templating=lib.Templating(list=[loki]))["templating"]["list"][0]["query"] == "label_values(job)"


def test_tags_of_variables_are_said() -> None:
    assert "variables have no tags today" in changes(templating=lib.Templating(list=TEMPLATES))


def test_all_of_a_choice_is_all() -> None:
    said = [{"type": "custom", "name": "x", "query": "a,b", "includeAll": True, "current": {"value": "$__all"}}]
    made = modernise({"title": "T", "uid": "u", "templating": {"list": said}})["templating"]["list"][0]
    assert made["current"] == {"text": "All", "value": "$__all"}


def test_choices_are_stripped_and_one_is_chosen() -> None:
    made = variable("q")
    assert [one["value"] for one in made["options"]] == ["0.5", "0.95", "0.99"]
    assert made["current"] == {"text": "0.95", "value": "0.95"}
    assert variable("many")["current"] == {"text": ["a"], "value": ["a"]}
    assert variable("listed")["current"] == {"text": ["x"], "value": ["y"]}


def test_windows_words_constants_and_filters_have_their_shape() -> None:
    window, search, cluster, filters = (variable(one) for one in ("window", "search", "cluster", "filters"))
    assert (window["query"], window["current"]["value"], window["auto_count"]) == ("1m,5m", "5m", 10)
    assert (search["query"], search["current"]["value"]) == ("error", "error")
    assert (cluster["query"], cluster["hide"]) == ("eu", 2)
    assert filters["datasource"] == {"type": "prometheus", "uid": "Prom"}
    assert "query" not in filters


def test_a_variable_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="variable 'x' is a 'odd'"):
        modern(templating=lib.Templating(list=[lib.Template("x", "", type="odd")]))


# Queries and data sources ------------------------------------------------------------------------


def test_queries_get_letters_and_references() -> None:
    made = first(panel(lib.TimeSeries, targets=[target(), target(refId="B"), target(), target(refId="A")]))
    assert [one["refId"] for one in made["targets"]] == ["C", "B", "D", "A"]
    assert made["datasource"] == {"type": "prometheus", "uid": "${DS}"}
    assert all(one["datasource"] == made["datasource"] for one in made["targets"])
    assert made["targets"][0] == {
        "datasource": {"type": "prometheus", "uid": "${DS}"},
        "editorMode": "code",
        "exemplar": False,
        "expr": "rate(http_requests_total[5m])",
        "format": "time_series",
        "instant": False,
        "legendFormat": "{{handler}}",
        "range": True,
        "refId": "C",
    }


def test_a_letter_twice_is_mended_and_said() -> None:
    said = panel(lib.TimeSeries, targets=[target(refId="A"), target(refId="A")])
    assert [one["refId"] for one in first(said)["targets"]] == ["A", "B"]
    assert "two queries are called A" in changes(said)


def test_a_hidden_query_stays_hidden_and_a_step_is_said() -> None:
    said = panel(lib.TimeSeries, targets=[target(hide=True, step=30, intervalFactor=4, interval="1m")])
    made = first(said)["targets"][0]
    assert (made["hide"], made["intervalFactor"], made["interval"]) == (True, 4, "1m")
    assert "step" not in made
    assert "step=30 means nothing today" in changes(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Prom", {"type": "prometheus", "uid": "Prom"}),
        ("$DS", {"type": "prometheus", "uid": "$DS"}),
        ("${LOGS}", {"type": "loki", "uid": "${LOGS}"}),
        ({"uid": "x"}, {"type": "prometheus", "uid": "x"}),
        ({"type": "loki", "uid": "x"}, {"type": "loki", "uid": "x"}),
        ("-- Dashboard --", {"type": "datasource", "uid": "-- Dashboard --"}),
        (None, None),
        ("default", None),
    ],
)
def test_a_data_source_by_name_becomes_a_reference(said: Any, expected: Any) -> None:
    made = modern(panel(lib.TimeSeries, dataSource=said), templating=lib.Templating(list=TEMPLATES))
    assert made["panels"][0].get("datasource") == expected


def test_a_panel_of_several_data_sources_is_mixed() -> None:
    said = panel(lib.TimeSeries, dataSource=None, targets=[target(datasource="A"), target(datasource="B")])
    made = first(said)
    assert made["datasource"] == {"type": "datasource", "uid": "-- Mixed --"}
    assert [one["datasource"]["uid"] for one in made["targets"]] == ["A", "B"]
    said = panel(lib.TimeSeries, dataSource="-- Mixed --", targets=[target(), target(datasource="B")])
    assert first(said)["datasource"]["uid"] == "-- Mixed --"
    assert "datasource" not in first(said)["targets"][0]
    said = panel(lib.TimeSeries, dataSource=None, targets=[target(datasource="A"), target(datasource="A")])
    assert first(said)["datasource"] == {"type": "prometheus", "uid": "A"}


@pytest.mark.parametrize(
    ("name", "plugin", "key"),
    [
        ("cloudwatch", "cloudwatch", "namespace"),
        ("elasticsearch", "elasticsearch", "query"),
        ("influxdb", "influxdb", "query"),
        ("sql", "mysql", "rawSql"),
        ("graphite", "graphite", "target"),
        ("Logs", "loki", "expr"),
    ],
)
def test_a_query_of_another_language_keeps_its_words(name: str, plugin: str, key: str) -> None:
    made = first(PANELS[name])["targets"][0]
    assert made["datasource"]["type"] == plugin
    assert made[key]
    assert "range" not in made


# Panels ------------------------------------------------------------------------------------------


def test_thresholds_are_numbers_and_the_first_has_none() -> None:
    steps = first(PANELS["TimeSeries"])["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert steps == [
        {"color": "green", "value": None},
        {"color": "yellow", "value": 70.0},
        {"color": "red", "value": 90.0},
    ]


@pytest.mark.parametrize(
    ("name", "color"),
    [("Stat, bare", "text"), ("StateTimeline", "text"), ("Table, bare", "text"), ("TimeSeries, bare", "green")],
)
def test_where_nobody_judges_a_base_step_says_so(name: str, color: str) -> None:
    assert first(PANELS[name])["fieldConfig"]["defaults"]["thresholds"]["steps"] == [{"color": color, "value": None}]


@pytest.mark.parametrize("first_value", [0, 0.0, None, "null"])
def test_a_first_threshold_of_nothing_has_no_value(first_value: Any) -> None:
    said = panel(lib.Stat, thresholds=[{"color": "green", "value": first_value}, {"color": "red", "value": 5}])
    steps = first(said)["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert steps == [{"color": "green", "value": None}, {"color": "red", "value": 5}]


def test_thresholds_out_of_order_or_without_a_base_are_mended_and_said() -> None:
    said = panel(lib.Stat, thresholds=[lib.Threshold("red", 1, 90.0), lib.Threshold("yellow", 2, 70.0)])
    steps = first(said)["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert [(one["value"], one["color"]) for one in steps] == [(None, "text"), (70.0, "yellow"), (90.0, "red")]
    assert "first threshold begins at 90" in changes(said)
    assert "did not rise" in changes(said)


def test_a_threshold_that_is_no_number_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="a threshold at 'high'"):
        modern(panel(lib.Stat, thresholds=[{"color": "green"}, {"color": "red", "value": "high"}]))


def test_settings_of_a_gauge_are_read_again() -> None:
    made = first(PANELS["GaugePanel"])
    assert made["options"]["reduceOptions"] == {"calcs": ["max"], "fields": "", "limit": 5, "values": False}
    assert (made["options"]["showThresholdLabels"], made["options"]["showThresholdMarkers"]) == (True, False)
    fields = made["fieldConfig"]["defaults"]
    assert (fields["displayName"], fields["min"], fields["max"]) == ("Memory", 0, 100)
    assert fields["links"][0]["url"] == "https://example.org"
    value, span = fields["mappings"]
    assert value["options"]["0"]["text"] == "none"
    assert (span["options"]["from"], span["options"]["to"]) == (1, 5)


def test_settings_of_a_bar_gauge_are_read_again() -> None:
    made = first(PANELS["BarGauge"])
    assert made["options"]["reduceOptions"] == {"calcs": ["last"], "fields": "", "limit": 3, "values": True}
    assert (made["options"]["displayMode"], made["options"]["orientation"]) == ("gradient", "vertical")
    assert "fieldOptions" not in made["options"]
    fields = made["fieldConfig"]["defaults"]
    assert (fields["unit"], fields["min"], fields["max"], fields["decimals"]) == ("bytes", 1, 9, 2)
    assert [one["type"] for one in fields["mappings"]] == ["value", "range"]
    said = changes(PANELS["BarGauge"])
    assert "no labels for its thresholds" in said
    assert "no markers for its thresholds" in said


def test_settings_of_a_heatmap_are_read_again() -> None:
    options = first(PANELS["Heatmap"])["options"]
    assert options["calculate"] is False
    assert (options["cellGap"], options["cellRadius"]) == (2, 3)
    assert options["color"]["mode"] == "opacity"
    assert (options["color"]["min"], options["color"]["max"], options["color"]["scale"]) == (0, 10, "linear")
    assert options["filterValues"] == {"le": 1e-9}
    assert options["rowsFrame"]["layout"] == "le"
    assert options["yAxis"] == {
        "axisLabel": "Seconds",
        "axisPlacement": "hidden",
        "decimals": 1,
        "max": 5,
        "min": 0,
        "reverse": True,
        "unit": "s",
    }
    calculated = first(PANELS["Heatmap, calculated"])["options"]
    assert calculated["calculate"] is True
    assert calculated["calculation"] == {
        "xBuckets": {"mode": "count", "value": "10"},
        "yBuckets": {"mode": "size", "scale": {"log": 10, "type": "log"}, "value": "5"},
    }
    assert calculated["color"]["scheme"] == "Reds"


def test_settings_of_a_table_are_read_again() -> None:
    made = first(PANELS["Table"])
    fields = made["fieldConfig"]["defaults"]
    assert fields["custom"]["cellOptions"] == {"mode": "gradient", "type": "color-background"}
    assert "displayMode" not in fields["custom"]
    assert fields["mappings"][0]["options"]["0"]["text"] == "down"
    assert fields["color"] == {"mode": "thresholds"}
    assert made["fieldConfig"]["overrides"][0]["properties"] == [
        {"id": "custom.cellOptions", "value": {"mode": "lcd", "type": "gauge"}}
    ]
    assert made["options"]["sortBy"] == [{"desc": True, "displayName": "Value"}]
    assert made["transformations"][0]["options"]["excludeByName"] == {"Time": True, "__name__": True}
    assert made["transformations"][0]["options"]["renameByName"] == {"Value": "Table"}
    assert "fontSize" in changes(PANELS["Table"])
    assert first(PANELS["Table, bare"])["transformations"] == [
        {"id": "reduce", "options": {"reducers": ["mean", "max"]}}
    ]


def test_settings_of_lists_are_read_again() -> None:
    options = first(PANELS["AlertList"])["options"]
    assert (options["alertName"], options["maxItems"], options["sortOrder"]) == ("Slow", 7, 3)
    assert options["stateFilter"] == {
        "error": False,
        "firing": True,
        "noData": True,
        "normal": False,
        "pending": False,
    }
    said = changes(PANELS["AlertList"])
    assert "no alert is paused today" in said
    assert "tags of pages" in said
    assert "not what changed" in said
    assert all(first(PANELS["AlertList, bare"])["options"]["stateFilter"].values())
    options = first(PANELS["DashboardList"])["options"]
    assert (options["showSearch"], options["showRecentlyViewed"], options["tags"]) == (True, True, ["a"])
    assert (options["maxItems"], options["showHeadings"]) == (5, True)


def test_a_hidden_legend_is_not_shown() -> None:
    legend = first(PANELS["TimeSeries"])["options"]["legend"]
    assert (legend["displayMode"], legend["showLegend"]) == ("list", False)
    assert first(PANELS["PieChartv2"])["options"]["legend"]["showLegend"] is False
    assert first(PANELS["StateTimeline"])["options"]["legend"]["placement"] == "bottom"
    assert "not at 'top'" in changes(PANELS["StateTimeline"])


def test_old_words_for_values_become_todays() -> None:
    fields = first(PANELS["Stat, old mappings"])["fieldConfig"]["defaults"]
    assert fields["noValue"] == "nothing"
    value, few, many = fields["mappings"]
    assert value["options"]["0"]["text"] == "off"
    assert (few["options"]["from"], few["options"]["to"]) == (1, 5)
    assert (many["options"]["from"], many["options"]["to"]) == (6, 9)
    modern_words = first(PANELS["Stat"])["fieldConfig"]["defaults"]["mappings"]
    assert modern_words[0]["options"]["1"] == {"color": "green", "index": 1, "text": "up"}
    assert "noValue" not in first(PANELS["Stat"])["fieldConfig"]["defaults"]


def test_an_open_end_of_a_mapping_stays_open() -> None:
    said = {"type": "range", "options": {"from": None, "to": 5, "result": {"text": "few"}}}
    made = first(panel(lib.Stat, mappings=[said]))["fieldConfig"]["defaults"]["mappings"][0]["options"]
    assert (made["from"], made["to"]) == (None, 5)


def test_what_a_panel_has_and_grafana_does_not_read_is_said() -> None:
    said = panel(lib.TimeSeries, extraJson={"odd": 1, "fieldConfig": {"defaults": {"strange": 2}}})
    assert "odd is nothing that Grafana reads today" in changes(said)
    assert "fieldConfig.defaults.strange is nothing" in changes(said)
    pie = panel(lib.PieChartv2, thresholds=[{"color": "green"}])
    assert "a piechart has no thresholds" in changes(pie)
    assert "useProxy" not in first(PANELS["News"])["options"]
    assert "no proxy today" in changes(PANELS["News"])
    assert first(PANELS["Text, plain"])["options"]["mode"] == "markdown"


def test_a_plugin_that_nobody_knows_is_kept() -> None:
    class Own(lib.Panel):  # type: ignore[misc]
        def to_json_data(self) -> Any:
            return self.panel_json({"type": "their-plugin", "options": {"shape": "star"}})

    made = first(panel(Own))
    assert (made["type"], made["options"]) == ("their-plugin", {"shape": "star"})
    assert "thresholds" not in made["fieldConfig"]["defaults"]


def test_what_is_no_json_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="a date is nothing that Grafana's JSON can hold"):
        modern(panel(lib.TimeSeries, description=date(2024, 1, 2)))


def test_a_mistake_without_a_class_to_look_for_is_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "own.dashboard.py"
    file.write_text("dashboard = ...")
    with pytest.raises(Mistake, match="a date is nothing") as caught:
        modernise(page(panel(lib.TimeSeries, description=date(2024, 1, 2))), path=str(file))
    assert caught.value.where.path == str(file)


def test_a_panel_without_a_type_is_a_mistake() -> None:
    class Nothing(lib.Panel):  # type: ignore[misc]
        def to_json_data(self) -> Any:
            return self.panel_json({})

    with pytest.raises(Mistake, match="a Nothing has no type"):
        modern(panel(Nothing))


# Places and ids ----------------------------------------------------------------------------------


def test_ids_are_kept_where_they_are_alone_and_stable_where_not() -> None:
    said = [panel(lib.TimeSeries, id=5), panel(lib.Stat, id=5), panel(lib.Stat), panel(lib.Stat), panel(lib.Stat, id=9)]
    made = [one["id"] for one in modern(*said)["panels"]]
    assert made[0] == 5
    assert made[4] == 9
    assert len(set(made)) == 5
    assert min(made) > 0
    assert modern(*said[2:])["panels"][0]["id"] in made
    assert "another panel has its id 5" in changes(*said)


def test_ids_are_unique_also_in_rows() -> None:
    inside = [panel(lib.TimeSeries, id=1), panel(lib.TimeSeries, id=1)]
    said = lib.RowPanel(title="Row", collapsed=True, panels=inside, gridPos=lib.GridPos(1, 24, 0, 0), id=1)
    made = [one["id"] for one in panels(modern(said))]
    assert len(set(made)) == 3


def test_a_panel_without_a_place_stands_below_the_others() -> None:
    made = modern(panel(lib.Stat), panel(lib.Stat, gridPos=None))["panels"]
    assert made[1]["gridPos"] == {"h": 8, "w": 12, "x": 0, "y": 8}
    assert "had no place" in changes(panel(lib.Stat, gridPos=None))


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (lib.GridPos(h="8", w=12, x=0, y=0), "whole numbers"),
        (lib.GridPos(h=8, w=12, x=-1, y=0), "whole numbers"),
        (lib.GridPos(h=8, w=99, x=0, y=0), "99 columns wide at column 0: the grid has 24"),
        (lib.GridPos(h=8, w=12, x=13, y=0), "12 columns wide at column 13"),
    ],
)
def test_a_place_outside_the_grid_is_a_mistake(place: lib.GridPos, message: str) -> None:
    with pytest.raises(Mistake, match=message):
        modern(panel(lib.Stat, gridPos=place))


def test_panels_of_an_open_row_stand_below_it() -> None:
    said = lib.RowPanel(
        title="Row", panels=[panel(lib.Stat, gridPos=lib.GridPos(8, 12, 0, 1))], gridPos=lib.GridPos(1, 24, 0, 0)
    )
    made = modern(said)["panels"]
    assert [one["type"] for one in made] == ["row", "stat"]
    assert made[0]["panels"] == []
    assert "stand below it, not in it" in changes(said)


def test_a_row_panel_without_a_place_stands_below_the_others() -> None:
    made = modern(panel(lib.Stat), lib.RowPanel(title="Row"))["panels"]
    assert made[1]["gridPos"] == {"h": 1, "w": 24, "x": 0, "y": 8}


def old_row(*spans: int | None, **said: Any) -> lib.Row:
    """A row of before the grid."""
    return lib.Row(
        panels=[lib.Graph(title=f"{i}", dataSource="Prom", span=s, gridPos=None) for i, s in enumerate(spans)], **said
    )


def test_rows_become_panels_on_the_grid() -> None:
    made = modern(rows=[old_row(4, 8, title="First"), old_row(6, 6, 6, title="Second", repeat="job")])["panels"]
    assert [one["type"] for one in made] == ["row", "timeseries", "timeseries", "row", *["timeseries"] * 3]
    places = [tuple(one["gridPos"][key] for key in "xywh") for one in made]
    assert places == [
        (0, 0, 24, 1),
        (0, 1, 8, 7),
        (8, 1, 16, 7),
        (0, 8, 24, 1),
        (0, 9, 12, 7),
        (12, 9, 12, 7),
        (0, 16, 12, 7),
    ]
    assert made[3]["repeat"] == "job"
    assert complaints(modern(rows=[old_row(4, 8, title="First")])) == []


def test_a_collapsed_row_holds_its_panels() -> None:
    made = modern(rows=[old_row(12, title="Down", collapse=True), old_row(12, title="Up")])["panels"]
    assert [(one["type"], one["title"]) for one in made] == [("row", "Down"), ("row", "Up"), ("timeseries", "0")]
    assert made[0]["panels"][0]["title"] == "0"
    assert made[1]["gridPos"]["y"] == 1


def test_rows_without_a_title_leave_no_row_panel() -> None:
    made = modern(rows=[old_row(12), old_row(12, height=lib.Pixels(400))])["panels"]
    assert [one["gridPos"]["y"] for one in made] == [0, 7]
    assert [one["gridPos"]["h"] for one in made] == [7, 11]


def test_rows_and_panels_of_one_page_are_both_there() -> None:
    made = modern(panel(lib.Stat), rows=[old_row(12, title="Row")])["panels"]
    assert [one["type"] for one in made] == ["row", "timeseries", "stat"]
    assert made[2]["gridPos"]["y"] == 8
