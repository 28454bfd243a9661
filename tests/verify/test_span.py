"""Intervals as Grafana computes them."""

from typing import Any

import pytest

from cli.lint.spot import Spot
from cli.lint.subject import Page, Panel, Target
from cli.verify.span import of_page, rounded, span_of, time_of

NOWHERE: Any = None
SPOT = Spot(NOWHERE, (), "")
HOUR = 3600.0


def _target(interval: str = "") -> Target:
    return Target(SPOT, "A", "up", interval=interval)


def _panel(width: int = 24, interval: str = "", **json: Any) -> Panel:
    return Panel(SPOT, 1, "", "", "timeseries", interval=interval, grid=(0, 0, width, 8), json=json)


@pytest.mark.parametrize(
    ("length", "right"),
    # the bounds of `roundInterval` in Grafana's rangeutil, from both sides
    [
        *((0.0099, 0.001), (0.01, 0.01), (1.4, 1), (1.5, 2), (17.4, 15), (17.5, 20), (24.9, 20), (25, 30), (44.9, 30)),
        *((45, 60), (89, 60), (90, 120), (2699, 1800), (2700, 3600), (86_399, 43_200), (86_400, 86_400)),
        (4e6, 31_536_000),
    ],
)
def test_an_interval_is_rounded_as_grafana_rounds(length: float, right: float) -> None:
    assert rounded(length) == right


@pytest.mark.parametrize(
    ("panel", "target", "length", "interval", "rate"),
    [
        # 1824 pixels of an hour are 2 s each, and nothing is scraped more often than every 15 s
        (_panel(), _target(), HOUR, 15, 60),
        # 6 h on 304 pixels: 71 s, a minute; four scrapes are less than a minute and a scrape
        (_panel(4), _target(), 6 * HOUR, 60, 75),
        (_panel(4, maxDataPoints=100), _target(), 6 * HOUR, 300, 315),
        # a panel's min step is the scrape interval of its data
        (_panel(interval="1m"), _target(), HOUR, 60, 240),
        (_panel(interval="1m"), _target("2m"), HOUR, 120, 480),
        (_panel(timeFrom="24h"), _target(), HOUR, 60, 75),
        (_panel(interval="$step"), _target(), HOUR, 15, 60),
    ],
)
def test_a_panel_has_the_intervals_that_grafana_computes(
    panel: Panel, target: Target, length: float, interval: float, rate: float
) -> None:
    span = span_of(panel, target, length, 15.0)

    assert (span.interval, span.rate_interval) == (interval, rate)


def test_what_stands_for_grafanas_variables_is_spelled_as_grafana_spells_it() -> None:
    said = span_of(_panel(4), _target(), 6 * HOUR, 15.0).variables(1_700_000_000)

    assert said["__rate_interval"] == "75s"
    assert said["__interval_ms"] == "60000"
    assert (said["__range"], said["__range_s"], said["__range_ms"]) == ("21600s", "21600", "21600000")
    assert (said["__from"], said["__to"]) == ("1699978400000", "1700000000000")


@pytest.mark.parametrize(
    ("time", "said", "right"),
    [
        ({"from": "now-6h", "to": "now"}, None, 6 * HOUR),
        ({"from": "now-6h", "to": "now"}, 60.0, 60.0),
        ({"from": "now/d", "to": "now/d"}, None, HOUR),
        (None, None, HOUR),
        ({"from": "now-1M", "to": "now"}, None, 30 * 24 * HOUR),
    ],
)
def test_a_page_looks_at_what_it_says_or_at_an_hour(time: Any, said: float | None, right: float) -> None:
    assert of_page(Page(SPOT, "", "", json={"time": time}), said) == right


def test_a_day_that_begins_at_midnight_is_no_length() -> None:
    assert time_of("now/d") is None
