"""Every status, caused on purpose, as a real Prometheus answers."""

from typing import Any

import pytest

from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.verify.conftest import Say
from tests.verify.shop import page

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]


@pytest.mark.parametrize(
    ("expr", "status", "why"),
    [
        ("sum(rate(shop_requests_total[$__rate_interval]))", "ok", ""),
        ("shop_queue", "ok", ""),
        # nothing comes
        (
            "sum(rate(shop_request_total[5m]))",
            "empty",
            "nobody exports shop_request_total; did you mean 'shop_requests_total'?",
        ),
        ("shop_queue{kind='fax'}", "empty", 'no series of shop_queue has kind="fax": there are call, mail'),
        (
            "shop_queue{colour='red'}",
            "empty",
            'no series of shop_queue has a label colour, and colour="red" asks for it',
        ),
        (
            "shop_queue{kind=~'f.*'}",
            "empty",
            'kind=~"f.*" takes none of the series of shop_queue: there are call, mail',
        ),
        ("shop_queue{kind!~'call|mail'}", "empty", "takes none of the series of shop_queue"),
        (
            "shop_odd{name='a.b(c)',job!='shop'}",
            "empty",
            'job!="shop" takes none of the series of shop_odd: there are shop',
        ),
        ("shop_queue{kind='mail',kind='call'}", "empty", "at once"),
        ("rate(shop_new_total[5m])", "empty", "fewer than two samples within [5m], and rate() wants two"),
        ("shop_queue offset 1d", "empty", "there is no data from 1d ago"),
        ("rate(shop_requests_total[5m] offset 1w)", "empty", "the window is longer than the data"),
        ("shop_queue / shop_share", "empty", "no series left and right of `/` have the same labels"),
        (
            "rate(shop_idle_total[5m]) / rate(shop_idle_total[5m])",
            "empty",
            "no traffic yet: rate(shop_idle_total[5m]) is 0",
        ),
        (
            "histogram_quantile(0.95, sum by (le) (rate(shop_idle_seconds_bucket[5m])))",
            "empty",
            "no traffic yet: nothing was observed within the window",
        ),
        ("histogram_quantile(0.95, shop_queue)", "empty", "no series that it reads has a label le"),
        (
            "histogram_quantile(0.9, sum by (job) (rate(shop_idle_seconds_bucket[5m])))",
            "empty",
            "sum() drops the label le",
        ),
        ("histogram_quantile(0.9, sum without (le) (shop_idle_seconds_bucket))", "empty", "sum() drops the label le"),
        ("sum(rate(shop_request_total[5m])) or vector(0)", "empty", "nobody exports shop_request_total; did you mean"),
        ("(sum(shop_lost) or vector(0)) / 2", "empty", "what `or vector()` puts in its place is all that comes"),
        ("sum(shop_queue{kind='fax'}) or vector(0)", "ok", ""),
        ("sum(shop_queue) or vector(0)", "ok", ""),
        # it is right that nothing comes
        ("shop_queue > 100", "ok", "its condition holds for nothing"),
        ("shop_queue unless shop_queue", "ok", "all of it is left out by `unless`"),
        ("absent(shop_queue)", "ok", "it only answers while there is no series"),
        ("ALERTS{alertstate='firing'}", "ok", "no alert is pending or firing"),
        ("shop_gone", "ok", "nothing now, drawn until 15 min ago"),
        ("door_gone", "ok", "nothing now, drawn until 15 min ago"),
        # its targets are up, and say it no more
        ("sum(rate(till_gone_total[1m]))", "empty", "till_gone_total is gone"),
        ("till_moved", "empty", "and its job till is up: was it renamed?"),
        # what comes is wrong
        ("sum by (", "error", "parse error: unclosed left parenthesis"),
        ("shop_queue[5m]", "error", "it answers a range vector"),
        ("shop_lost[5m]", "error", "it answers a range vector"),
        ("'words'", "error", "it answers a string"),
        ("shop_queue + on () shop_many", "error", "many-to-many matching not allowed"),
        ("shop_sensor", "nan", "every value is NaN"),
        (
            "shop_queue / ignoring (kind) group_left () shop_zero",
            "nan",
            "2 of 2 series are infinite: something is divided by 0",
        ),
        ("shop_share", "out-of-range", "it is out of range: 1.7 of"),
        ("max(shop_share)", "out-of-range", "shop_share is declared within 0 and 1"),
        ("sum(shop_share)", "ok", ""),
        ("shop_cold_celsius", "out-of-range", "nothing is that cold"),
        ("shop_up", "out-of-range", "it is a yes or a no"),
        ("shop_negative_total", "out-of-range", "what is counted is never below 0"),
        ("-shop_requests_total", "ok", ""),
        ("rate(shop_queue[5m])", "wrong-type", "shop_queue is a gauge to the catalog, and rate() is for counters"),
        (
            "deriv(shop_requests_total[5m])",
            "wrong-type",
            "shop_requests_total is a counter to the catalog, and deriv() is for gauges",
        ),
        ("delta(shop_queue[5m])", "ok", ""),
        ("shop_opened", "out-of-range", "it is a moment, of this century and not to come"),
        ("shop_many", "too-many-series", "more than 20 series"),
    ],
)
def test_a_query_gets_the_status_that_it_deserves(say: Say, expr: str, status: str, why: str) -> None:
    [verdict] = say(page(expr), "--max-series", "20")

    assert (verdict["status"], why in verdict["why"], verdict["why"]) == (status, True, verdict["why"])


def test_a_panel_that_asks_for_one_moment_does_not_live_on_the_past(say: Say) -> None:
    [drawn] = say(page("shop_gone"))
    [moment] = say(page("shop_gone", targets=[{"refId": "A", "expr": "shop_gone", "instant": True}]))

    assert drawn["status"] == "ok"
    assert moment["status"] == "empty"
    assert "no longer exported" in moment["why"]


def test_a_value_beyond_the_axis_of_its_panel_is_out_of_range(say: Say) -> None:
    scaled: dict[str, Any] = {"fieldConfig": {"defaults": {"min": 0, "max": 3}, "overrides": []}}
    [verdict] = say(page("shop_queue", **scaled))

    assert verdict["status"] == "out-of-range"
    assert '1 of 2 series are out of range: 4 of {instance="a:1", job="shop", kind="mail"}' in verdict["why"]
    assert "the panel shows 0 to 3" in verdict["why"]


def test_who_takes_longer_than_slow_is_slow_and_nothing_else_is_wrong_with_it(say: Say) -> None:
    [verdict] = say(page("shop_queue"), "--slow", "0")

    assert verdict["status"] == "slow"
    assert verdict["series"] == 2
    assert "--slow" in verdict["why"]


def test_an_error_says_prometheus_words_and_our_place(say: Say) -> None:
    [verdict] = say(page("sum by ("))

    assert "1:9: parse error: unclosed left parenthesis" in verdict["why"]
    assert verdict["why"].endswith("(page.json:1)")


def test_of_an_alert_both_sides_are_asked_and_that_it_does_not_hold_is_fine(say: Say) -> None:
    rules = [
        {"alert": "Busy", "expr": "sum(shop_queue) > 100 and shop_zero == 0"},
        {"alert": "Lost", "expr": "shop_lost > 1"},
        {"record": "job:queue:sum", "expr": "sum by (job) (shop_queue)"},
        {"record": "job:lost:sum", "expr": "sum by (job) (shop_lost)"},
    ]
    verdicts = say({"groups": [{"name": "shop", "rules": rules}]})

    assert [(one["panel"], one["ref"], one["expr"], one["status"]) for one in verdicts] == [
        ("Busy", "", "sum(shop_queue) > 100 and shop_zero == 0", "ok"),
        ("Busy", "side 1", "sum(shop_queue)", "ok"),
        ("Busy", "side 2", "shop_zero", "ok"),
        ("Lost", "", "shop_lost > 1", "ok"),
        ("Lost", "side 1", "shop_lost", "empty"),
        ("job:queue:sum", "", "sum by (job) (shop_queue)", "ok"),
        ("job:lost:sum", "", "sum by (job) (shop_lost)", "empty"),
    ]
