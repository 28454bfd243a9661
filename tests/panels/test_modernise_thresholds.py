"""The thresholds of grafanalib's panels: numbers that rise from a base."""

from typing import Any

import grafanalib.core as lib
import pytest

from queries import Mistake
from tests.panels.grafanalib_pages import PANELS, panel
from tests.panels.modern import changes, first, modern


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
