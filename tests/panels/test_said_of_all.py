"""What can be said of every kind of panel arrives in its JSON, and none of it is ignored."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

import panels
from panels import (
    DataLink,
    Override,
    Panel,
    State,
    barchart,
    bargauge,
    gauge,
    heatmap,
    histogram,
    logs,
    piechart,
    stat,
    state_timeline,
    table,
    text,
    timeseries,
)
from panels.kinds import KINDS
from queries import HOURS, REQUESTS, REQUESTS_PER_SECOND, AlertRule, buckets, raw
from tests.panels.catalog import LATENCY, requests
from tests.panels.drawn import made

REQUESTS_PER_HOUR = REQUESTS / HOURS


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


TOO_FEW = AlertRule(alert="TooFew", when=requests() < 2, lasting="5m", severity="warning", summary="Nobody asks")

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
    "alerts": [TOO_FEW],
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
