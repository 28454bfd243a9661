"""What each kind makes of its numbers: colours, ends, limits, legends.

Long because every kind has its own tests, and they share the numbers that they draw.
"""

import inspect
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import panels
from panels import (
    Dashboard,
    DataLink,
    Override,
    Panel,
    State,
    alert_list,
    barchart,
    bargauge,
    column,
    gauge,
    heatmap,
    histogram,
    logs,
    piechart,
    row,
    stat,
    state_timeline,
    table,
    text,
    timeseries,
    to_page,
)
from panels.grafana import to_grafana
from panels.kinds import KINDS
from queries import (
    BOOL,
    HOURS,
    MILLISECONDS,
    PERCENT,
    REQUESTS,
    REQUESTS_PER_SECOND,
    SECONDS,
    average,
    buckets,
    latest,
    mean,
    quantile,
    rate,
    raw,
    total,
)
from tests.panels.catalog import (
    API,
    LATENCY,
    LOADED,
    MEMORY,
    QUALITY,
    SIZE,
    TOKENS_TOTAL,
    errors,
    loaded,
    quality,
    requests,
)

REQUESTS_PER_HOUR = REQUESTS / HOURS


def made(panel: Panel) -> dict[str, Any]:
    """The panel's JSON, on a page of its own."""
    page = Dashboard(uid="page", title="Page", role=API, rows=[row("Row", panel)])
    found: dict[str, Any] = to_grafana(page)["panels"][1]
    return found


def defaults(panel: Panel) -> dict[str, Any]:
    """The panel's fields."""
    found: dict[str, Any] = made(panel)["fieldConfig"]["defaults"]
    return found


def steps(panel: Panel) -> list[tuple[float | None, str]]:
    """The panel's thresholds."""
    return [(one["value"], one["color"]) for one in defaults(panel)["thresholds"]["steps"]]


def painted(panel: Panel) -> dict[str, str]:
    """The fixed colour of each series, by how it is matched."""
    found = {}
    for one in made(panel)["fieldConfig"]["overrides"]:
        for said in one["properties"]:
            if said["id"] == "color":
                found[one["matcher"]["options"]] = said["value"]["fixedColor"]
    return found


def test_every_kind_is_one_file_with_one_function_that_everybody_can_import() -> None:
    files = {path.stem for path in (Path(panels.__file__).parent / "kinds").glob("*.py")} - {"__init__", "kind"}
    assert len(KINDS) == len(files)
    for name in files:
        function = getattr(panels, name)
        assert inspect.isfunction(function)
        assert name in panels.__all__
        assert function.__doc__


def test_the_public_face_is_sorted_and_there() -> None:
    assert list(panels.__all__) == sorted(panels.__all__, key=lambda one: (not one.isupper(), one[0].islower(), one))
    assert all(hasattr(panels, one) for one in panels.__all__)


# Big numbers -------------------------------------------------------------------------------------


def test_a_number_that_nobody_judges_is_plain() -> None:
    fields = defaults(stat("Requests", requests()))
    assert fields["color"] == {"mode": "fixed", "fixedColor": "text"}
    assert fields["thresholds"]["steps"] == [{"color": "text", "value": None}]
    assert fields["unit"] == "reqps"


def test_a_limit_colours_the_number_and_nothing_else_does() -> None:
    panel = stat("Errors", errors(), yellow_above=PERCENT(1), red_above=0.05)
    assert defaults(panel)["color"] == {"mode": "thresholds"}
    assert steps(panel) == [(None, "green"), (0.01, "yellow"), (0.05, "red")]


def test_limits_below_are_zones_from_the_bottom() -> None:
    panel = gauge("Quality", quality(), yellow_below=0.85, red_below=0.7)
    assert steps(panel) == [(None, "red"), (0.7, "yellow"), (0.85, "green")]


def test_limits_on_both_sides_leave_the_middle_green() -> None:
    panel = stat("Quality", quality(), red_below=0.2, red_above=0.9)
    assert steps(panel) == [(None, "red"), (0.2, "green"), (0.9, "red")]


def test_a_limit_is_shown_in_the_unit_of_the_panel() -> None:
    panel = stat("Slow", quantile(0.95, LATENCY), unit=MILLISECONDS, red_above=SECONDS(2))
    assert steps(panel)[-1] == (2000, "red")
    assert defaults(panel)["unit"] == "ms"
    assert made(panel)["targets"][0]["expr"].endswith(" * 1000")


def test_a_number_without_its_course_asks_for_the_latest_value_only() -> None:
    target = made(stat("Requests", requests(), course=False))["targets"][0]
    assert (target["instant"], target["range"]) == (True, False)
    target = made(stat("Requests", requests(), course=False, calc="max"))["targets"][0]
    assert (target["instant"], target["range"]) == (False, True)


def test_a_flag_is_up_or_down_unless_other_words_are_said() -> None:
    assert defaults(stat("Loaded", loaded()))["mappings"] == [
        {
            "type": "value",
            "options": {
                "0": {"text": "down", "color": "red", "index": 0},
                "1": {"text": "up", "color": "green", "index": 1},
            },
        }
    ]
    said = defaults(stat("Loaded", loaded(), states=[State(1, "there")]))["mappings"]
    assert said == [{"type": "value", "options": {"1": {"text": "there", "index": 0}}}]
    assert defaults(stat("Loaded", loaded(), states=[]))["mappings"] == []


def test_spans_and_no_value_have_words_too() -> None:
    words = [State(None, "none"), State(0, "low", "red", up_to=0.5), State(0.5, "high", up_to=float("inf"))]
    assert defaults(stat("Quality", quality(), states=words))["mappings"] == [
        {"type": "special", "options": {"match": "null+nan", "result": {"text": "none", "index": 0}}},
        {"type": "range", "options": {"from": 0, "to": 0.5, "result": {"text": "low", "color": "red", "index": 1}}},
        {"type": "range", "options": {"from": 0.5, "to": None, "result": {"text": "high", "index": 2}}},
    ]


def test_a_gauge_takes_its_ends_from_the_number() -> None:
    fields = defaults(gauge("Errors", errors()))
    assert (fields["min"], fields["max"]) == (0, 1)
    fields = defaults(gauge("Memory", latest(MEMORY), maximum=100))
    assert (fields["min"], fields["max"]) == (0, 100)
    assert steps(gauge("Errors", errors())) == [(None, "blue")]


def test_a_bar_gauge_takes_the_ends_that_there_are() -> None:
    assert defaults(bargauge("Busiest", requests("handler")))["min"] == 0
    assert "max" not in defaults(bargauge("Busiest", requests("handler")))
    assert "min" not in defaults(bargauge("Odd", raw("x", unit=SECONDS)))


# Over time ---------------------------------------------------------------------------------------


def test_lines_are_thin_without_points_and_gaps_are_gaps() -> None:
    custom = defaults(timeseries("Requests", requests("handler")))["custom"]
    for key, value in {"lineWidth": 1, "showPoints": "never", "fillOpacity": 8, "spanNulls": False}.items():
        assert custom[key] == value
    assert custom["stacking"]["mode"] == "none"
    assert made(timeseries("Requests", requests("handler")))["options"]["tooltip"] == {
        "hideZeros": False,
        "mode": "multi",
        "sort": "desc",
    }


def test_what_is_stacked_is_filled() -> None:
    custom = defaults(timeseries("Requests", requests("handler"), stack=True))["custom"]
    assert (custom["stacking"]["mode"], custom["fillOpacity"]) == ("normal", 30)
    custom = defaults(timeseries("Requests", requests("handler"), stack="percent"))["custom"]
    assert custom["stacking"]["mode"] == "percent"


def test_a_limit_over_time_is_a_dashed_line() -> None:
    panel = timeseries("Latency", quantile(0.95, LATENCY), red_above=SECONDS(2), yellow_above=1)
    assert steps(panel) == [(None, "transparent"), (1, "yellow"), (2, "red")]
    assert defaults(panel)["custom"]["thresholdsStyle"] == {"mode": "dashed"}
    without = timeseries("Latency", quantile(0.95, LATENCY))
    assert defaults(without)["custom"]["thresholdsStyle"] == {"mode": "off"}


def test_a_limit_is_in_reach_where_any_of_the_numbers_comes_to_it() -> None:
    panel = timeseries("Bytes", mean(SIZE).named("bounded"), total(MEMORY).named("not"), red_above=1e12)
    assert steps(panel)[-1] == (1e12, "red")


@pytest.mark.parametrize(
    ("panel", "least"),
    [
        (timeseries("Errors", errors()), 0),
        (timeseries("Requests", requests()), 0),
        (timeseries("Latency", quantile(0.5, LATENCY)), 0),
        (timeseries("Memory", latest(MEMORY)), None),
        (timeseries("Memory", latest(MEMORY), stack=True), 0),
        (timeseries("Errors", errors(), minimum=0.5), 0.5),
    ],
)
def test_an_axis_begins_at_zero_where_the_distance_from_it_is_what_one_looks_at(panel: Panel, least: float) -> None:
    assert defaults(panel).get("min") == least


def test_a_lone_line_has_no_legend_and_no_colour_with_a_meaning() -> None:
    panel = timeseries("Requests", requests())
    assert made(panel)["options"]["legend"]["showLegend"] is False
    assert defaults(panel)["color"] == {"mode": "fixed", "fixedColor": "blue"}
    assert made(timeseries("Requests", requests(), legend="list"))["options"]["legend"]["showLegend"] is True


def test_many_lines_keep_their_colour_by_name_and_have_a_legend() -> None:
    panel = timeseries("Requests", requests("handler"))
    assert defaults(panel)["color"] == {"mode": "palette-classic-by-name"}
    legend = made(panel)["options"]["legend"]
    assert (legend["showLegend"], legend["displayMode"], legend["placement"]) == (True, "list", "bottom")
    assert (
        made(timeseries("Requests", requests("handler"), legend="hidden"))["options"]["legend"]["showLegend"] is False
    )


def test_a_table_legend_stands_on_the_right_with_the_last_and_the_greatest() -> None:
    assert made(timeseries("Requests", requests("handler"), legend="table"))["options"]["legend"] == {
        "calcs": ["lastNotNull", "max"],
        "displayMode": "table",
        "placement": "right",
        "showLegend": True,
    }


def test_percentiles_are_of_one_hue() -> None:
    panel = timeseries("Latency", *(quantile(q, LATENCY) for q in (0.5, 0.95, 0.99)))
    assert painted(panel) == {
        "/(^| )p50( |$)/": "super-light-blue",
        "/(^| )p95( |$)/": "blue",
        "/(^| )p99( |$)/": "dark-blue",
    }
    assert painted(timeseries("Latency", quantile(0.95, LATENCY, "handler"))) == {}


def test_values_with_a_fixed_meaning_have_fixed_colours() -> None:
    assert painted(timeseries("Status", requests("status", "handler"))) == {
        "/(^| )2xx( |$)/": "green",
        "/(^| )4xx( |$)/": "yellow",
        "/(^| )5xx( |$)/": "red",
    }
    assert painted(bargauge("Tokens", rate(TOKENS_TOTAL, "kind"))) == {
        "/(^| )input( |$)/": "blue",
        "/(^| )output( |$)/": "orange",
    }
    assert painted(timeseries("Models", rate(TOKENS_TOTAL, "model"))) == {}


def test_a_said_colour_wins() -> None:
    panel = timeseries("Status", requests("status"), colors={"2xx": "blue", "sum": "purple"})
    assert painted(panel)["/(^| )2xx( |$)/"] == "blue"
    assert painted(panel)["/(^| )sum( |$)/"] == "purple"


def test_a_second_axis_has_its_own_unit_on_the_right() -> None:
    panel = timeseries("Both", requests("handler"), right=[quantile(0.95, LATENCY), mean(LATENCY)])
    found = [one for one in made(panel)["fieldConfig"]["overrides"] if one["matcher"]["id"] == "byFrameRefID"]
    assert [one["matcher"]["options"] for one in found] == ["B", "C"]
    assert found[0]["properties"] == [{"id": "custom.axisPlacement", "value": "right"}, {"id": "unit", "value": "s"}]


def test_overrides_that_are_said_come_last_and_so_win() -> None:
    panel = timeseries("Status", requests("status"), overrides=[Override("byName", "2xx", {"unit": "s"})])
    assert made(panel)["fieldConfig"]["overrides"][-1] == {
        "matcher": {"id": "byName", "options": "2xx"},
        "properties": [{"id": "unit", "value": "s"}],
    }


def test_a_legend_is_what_tells_the_series_apart_or_the_panel() -> None:
    targets = made(timeseries("Latency", quantile(0.95, LATENCY, "handler"), mean(LATENCY, "handler")))["targets"]
    assert [one["legendFormat"] for one in targets] == ["{{handler}} p95", "{{handler}} mean"]
    assert made(timeseries("Requests", requests()))["targets"][0]["legendFormat"] == "Requests"


def test_a_heatmap_carries_the_unit_on_its_axis_and_hides_empty_cells() -> None:
    panel = made(heatmap("Distribution", buckets(LATENCY)))
    assert panel["options"]["yAxis"]["unit"] == "s"
    assert panel["options"]["color"]["scheme"] == "Blues"
    assert panel["options"]["filterValues"] == {"le": 1e-9}
    assert (panel["targets"][0]["format"], panel["targets"][0]["legendFormat"]) == ("heatmap", "{{le}}")
    assert panel["gridPos"]["w"] == 24
    assert panel["fieldConfig"]["defaults"].keys() == {"custom"}


def test_states_have_a_base_step_that_judges_nothing() -> None:
    assert steps(state_timeline("Up", latest(API.up))) == [(None, "text")]
    assert steps(table("Up", loaded().named("Up"))) == [(None, "text")]


def test_a_histogram_of_many_series_has_a_legend_but_not_of_all_as_one() -> None:
    assert made(histogram("Spread", latest(MEMORY)))["options"]["legend"]["showLegend"] is True
    assert made(histogram("Spread", latest(MEMORY), combine=True))["options"]["legend"]["showLegend"] is False


# Tables and parts --------------------------------------------------------------------------------


def test_a_table_joins_its_queries_and_hides_what_nobody_reads() -> None:
    panel = made(
        table(
            "Handlers",
            column(requests("handler"), "Requests"),
            column(quantile(0.95, LATENCY, "handler"), "p95", unit=MILLISECONDS),
        )
    )
    assert [(one["instant"], one["range"], one["format"]) for one in panel["targets"]] == [(True, False, "table")] * 2
    merge, organize = panel["transformations"]
    assert merge == {"id": "merge", "options": {}}
    assert organize["options"] == {
        "excludeByName": {"Time": True, "__name__": True},
        "includeByName": {},
        "indexByName": {"handler": 0, "Value #A": 1, "Value #B": 2},
        "renameByName": {"handler": "Handler", "Value #A": "Requests", "Value #B": "p95"},
    }
    units = {
        one["matcher"]["options"]: said["value"]
        for one in panel["fieldConfig"]["overrides"]
        for said in one["properties"]
        if said["id"] == "unit"
    }
    assert units == {"Requests": "reqps", "p95": "ms"}


def test_a_table_of_one_query_calls_its_value_by_name() -> None:
    panel = made(table("Requests", requests("handler")))
    assert [one["id"] for one in panel["transformations"]] == ["organize"]
    assert panel["transformations"][0]["options"]["renameByName"]["Value"] == "Requests"


def test_labels_can_be_named_put_in_order_and_hidden() -> None:
    panel = made(table("Models", loaded().named("Up"), names={"model": "Model", "instance": "Where"}, hide=["job"]))
    options = panel["transformations"][0]["options"]
    assert options["renameByName"] == {"model": "Model", "instance": "Where", "Value": "Up"}
    assert options["indexByName"] == {"model": 0, "instance": 1, "Value": 2}
    assert options["excludeByName"]["job"] is True


def test_cells_are_painted_by_limits_or_words() -> None:
    panel = made(
        table(
            "Handlers",
            column(requests("handler"), "Requests", painted="bar"),
            column(quantile(0.95, LATENCY, "handler"), "p95", painted="background", red_above=2),
        )
    )
    first, second = ({one["id"]: one["value"] for one in o["properties"]} for o in panel["fieldConfig"]["overrides"])
    assert first["custom.cellOptions"]["type"] == "gauge"
    assert first["min"] == 0
    assert second["custom.cellOptions"]["type"] == "color-background"
    assert second["thresholds"]["steps"][-1] == {"color": "red", "value": 2}


def test_a_table_leads_to_other_pages_with_time_and_variables() -> None:
    link = to_page("shop-handler", "Page", keep=("datasource",), handler="handler")
    assert (
        link.url == "/d/shop-handler?${__url_time_range}&${datasource:queryparam}&var-handler=${__data.fields.handler}"
    )
    panel = made(table("Handlers", requests("handler"), link=link))
    last = panel["fieldConfig"]["overrides"][-1]
    assert last["matcher"]["options"] == "Handler"
    assert last["properties"][0]["value"][0]["url"] == link.url


def test_a_table_is_sorted_by_a_title() -> None:
    panel = made(table("Handlers", requests("handler"), sort="Handlers", descending=False))
    assert panel["options"]["sortBy"] == [{"desc": False, "displayName": "Handlers"}]


def test_a_bar_chart_groups_by_its_label() -> None:
    panel = made(barchart("Tokens", rate(TOKENS_TOTAL, "kind"), stack=True))
    assert panel["options"]["xField"] == "Kind"
    assert panel["options"]["stacking"] == "normal"
    assert panel["transformations"][-1]["options"]["renameByName"] == {"kind": "Kind", "Value": "Tokens"}


def test_a_pie_shows_values_and_shares() -> None:
    panel = made(piechart("Tokens", rate(TOKENS_TOTAL, "kind")))
    assert panel["options"]["legend"]["values"] == ["value", "percent"]
    assert "thresholds" not in panel["fieldConfig"]["defaults"]


# Words -------------------------------------------------------------------------------------------


def test_logs_ask_loki_by_the_pages_variable() -> None:
    panel = made(logs("Errors", '{job="shop"}'))
    assert panel["datasource"] == {"type": "loki", "uid": "${loki}"}
    assert panel["targets"][0]["expr"] == '{job="shop"}'
    assert "legendFormat" not in panel["targets"][0]


def test_words_ask_nobody() -> None:
    panel = made(text("About", "words"))
    assert "datasource" not in panel
    assert "targets" not in panel
    assert panel["fieldConfig"] == {"defaults": {}, "overrides": []}


def test_an_alert_list_shows_the_states_that_are_said() -> None:
    options = made(alert_list("Alerts", show=["noData"], group_by=["job"]))["options"]
    assert options["stateFilter"] == {
        "error": False,
        "firing": False,
        "noData": True,
        "normal": False,
        "pending": False,
    }
    assert options["groupMode"] == "custom"


# What can be said of all -------------------------------------------------------------------------


def test_what_is_said_by_name_arrives() -> None:
    panel = made(
        timeseries(
            "Requests",
            requests(),
            description="Words.",
            decimals=1,
            no_value="none",
            repeat="handler",
            repeat_direction="v",
            per_row=2,
            interval="1m",
            time_from="2h",
            time_shift="1d",
            transparent=True,
            maximum=3,
            transformations=[{"id": "limit", "options": {}}],
        )
    )
    expected = {
        "description": "Words.",
        "repeat": "handler",
        "repeatDirection": "v",
        "maxPerRow": 2,
        "interval": "1m",
        "timeFrom": "2h",
        "timeShift": "1d",
        "transparent": True,
        "transformations": [{"id": "limit", "options": {}}],
    }
    assert {key: panel[key] for key in expected} == expected
    fields = panel["fieldConfig"]["defaults"]
    assert (fields["decimals"], fields["noValue"], fields["max"]) == (1, "none", 3)


SAID: dict[str, Any] = {
    "key": "another",
    "description": "Words.",
    "width": 7,
    "height": 5,
    "repeat": "handler",
    "repeat_direction": "v",
    "per_row": 2,
    "transparent": True,
    "extra": {"cacheTimeout": "60"},
    "interval": "1m",
    "time_from": "2h",
    "time_shift": "1d",
    "transformations": [{"id": "limit", "options": {}}],
    "unit": REQUESTS_PER_HOUR,
    "decimals": 3,
    "minimum": 2,
    "maximum": 77,
    "no_value": "none",
    "states": [State(5, "five")],
    "links": [DataLink("Docs", "https://example.org")],
    "overrides": [Override("byName", "a", {"unit": "s"})],
    "colors": {"Requests": "purple"},
    "yellow_above": 5,
    "red_above": 6,
    "yellow_below": 4,
    "red_below": 3,
}
BARE: dict[str, Callable[..., Panel]] = {
    "alertlist": partial(panels.alert_list, "T"),
    "annolist": partial(panels.annotations_list, "T"),
    "barchart": partial(barchart, "T", requests("handler").named("Requests")),
    "bargauge": partial(bargauge, "T", requests("handler")),
    "dashlist": partial(panels.dashboard_list, "T", "tag"),
    "gauge": partial(gauge, "T", raw("x", unit=REQUESTS_PER_SECOND)),
    "heatmap": partial(heatmap, "T", buckets(LATENCY)),
    "histogram": partial(histogram, "T", requests("handler")),
    "logs": partial(logs, "T", "{}"),
    "piechart": partial(piechart, "T", requests("handler")),
    "stat": partial(stat, "T", requests()),
    "state-timeline": partial(state_timeline, "T", requests()),
    "status-history": partial(panels.status_history, "T", requests()),
    "table": partial(table, "T", requests("handler")),
    "text": partial(text, "T", "x"),
    "timeseries": partial(timeseries, "T", requests("handler")),
}
#: What a kind cannot be made without, so that one more word is seen to change something.
NEEDED: dict[str, dict[str, Any]] = {
    "gauge": {"minimum": 0, "maximum": 100},
    "state-timeline": {"red_above": 50},
    "status-history": {"red_above": 50},
}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in sorted(KINDS) for name in sorted(KINDS[kind].words)]
)
def test_nothing_that_can_be_said_is_ignored(kind: str, name: str) -> None:
    needed = NEEDED.get(kind, {})
    without = made(BARE[kind](**needed))
    assert made(BARE[kind](**{**needed, name: SAID[name]})) != without


def test_extra_reaches_what_nobody_named_and_takes_keys_away() -> None:
    extra = {"options": {"legend": {"width": 3}, "tooltip": None}, "cacheTimeout": "60"}
    panel = made(timeseries("Requests", requests(), extra=extra))
    assert panel["options"]["legend"]["width"] == 3
    assert panel["options"]["legend"]["placement"] == "bottom"
    assert "tooltip" not in panel["options"]
    assert panel["cacheTimeout"] == "60"
    assert "width" not in made(timeseries("Requests", requests()))["options"]["legend"]


def test_a_panel_of_a_plugin_of_ones_own_is_what_was_said() -> None:
    own = Panel(kind="their-plugin", title="Own", unit="s", options={"shape": "star"})
    panel = made(own)
    assert (panel["type"], panel["options"]) == ("their-plugin", {"shape": "star"})
    assert panel["fieldConfig"]["defaults"] == {"unit": "s"}


def test_the_share_of_flags_is_a_ratio_and_no_flag() -> None:
    assert average(LOADED).unit != BOOL
    assert defaults(stat("Loaded", average(LOADED), red_below=1))["mappings"] == []
    assert defaults(gauge("Quality", average(QUALITY)))["max"] == 1
