"""What is drawn over time: lines, limits and axes, heatmaps and states."""

import pytest

from panels import Override, Panel, heatmap, state_timeline, table, timeseries
from queries import SECONDS, buckets, latest, mean, quantile, total
from tests.panels.catalog import API, LATENCY, MEMORY, SIZE, errors, loaded, requests
from tests.panels.drawn import defaults, made, steps


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
