"""The settings of grafanalib's panels, class by class, where today's panels read them."""

import grafanalib.core as lib

from tests.panels.grafanalib_pages import PANELS, panel
from tests.panels.modern import changes, first


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
