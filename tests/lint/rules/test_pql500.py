"""PQL500, PQL510 and PQL511: the condition of an alert, which series it keeps and how long it must hold."""

import pytest

from cli.lint.settings import Settings
from tests.lint.rules.alerts import NOTHING, alert, group, judged, recording, severities

CONDITIONS = [
    "queue_depth > 5",
    "absent(queue_depth)",
    "sum(queue_depth) > 5 or absent(queue_depth)",
    "(queue_depth or vector(0)) > 5",
    "count(queue_depth > 5)",
    "sum(queue_depth > bool 5) > 3",
    "queue_depth and on (instance) up",
    "queue_depth unless up",
    "vector(1)",
    "1",
    'ALERTS{severity="critical"}',
    '{__name__=~"up|down"}',
    "rate(x[5m])\n# a comment with > in it\n> 3",
    "topk(3, queue_depth)",
]


@pytest.mark.parametrize("expr", CONDITIONS)
def test_a_condition_may_stand_anywhere(expr: str) -> None:
    assert severities("PQL500", alert(expr)) == []


@pytest.mark.parametrize(
    "expr",
    ["queue_depth", "sum(rate(http_requests_total[5m]))", 'http_requests_total{handler=">"}', "queue_depth # > 5"],
)
def test_what_only_looks_like_a_condition_is_none(expr: str) -> None:
    assert severities("PQL500", alert(expr)) == ["warning"]


@pytest.mark.parametrize("expr", ["queue_depth > 5 or vector(0)", "absent(queue_depth) or sum(queue_depth)"])
def test_each_side_of_or_wants_a_condition(expr: str) -> None:
    [found] = judged("PQL500", alert(expr))
    assert "of `or`" in found.message


def test_a_comparison_with_bool_fires_with_0_too() -> None:
    [found] = judged("PQL500", alert("queue_depth > bool 5"))
    assert "bool" in found.message


def test_the_condition_may_be_in_what_is_recorded_elsewhere() -> None:
    assert severities("PQL500", alert("job:queue_depth:busy")) == ["info"]


def test_the_condition_is_looked_for_in_what_is_recorded_here() -> None:
    busy = recording("job:queue_depth:busy", "sum by (job) (queue_depth) > 100")
    plain = recording("job:queue_depth:sum", "sum by (job) (queue_depth)")
    assert severities("PQL500", busy, alert("job:queue_depth:busy")) == []
    assert severities("PQL500", plain, alert("job:queue_depth:sum")) == ["warning"]


def test_an_alert_of_grafana_has_its_condition_in_another_query() -> None:
    query = {"refId": "A", "datasourceUid": "prometheus", "model": {"refId": "A", "expr": "queue_depth"}}
    managed = {"uid": "a", "title": "Busy", "condition": "B", "data": [query], "for": "5m"}
    assert severities("PQL500", {"name": "g", "folder": "f", "interval": "1m", "rules": [managed]}) == []


@pytest.mark.parametrize(
    "expr",
    [
        "topk(3, queue_depth) > 100",
        "queue_depth > 3 and topk(3, queue_depth) > 100 or bottomk(1, queue_depth)",
        "100 * topk(3, queue_depth) > 100",
    ],
)
def test_topk_on_the_way_to_the_alert_is_told(expr: str) -> None:
    assert severities("PQL510", alert(expr)) == ["warning"]


@pytest.mark.parametrize(
    "expr",
    [
        "sum(topk(3, queue_depth)) > 100",
        "queue_depth * on (instance) group_left () topk by (instance) (1, model_loaded) > 5",
        "queue_depth > 5 and on (shard) topk(3, queue_depth)",
        "topk(1, sum(queue_depth)) > 5",
    ],
)
def test_topk_that_picks_no_alert_is_let_pass(expr: str) -> None:
    assert severities("PQL510", alert(expr)) == []


def test_topk_on_a_page_is_what_pages_are_for() -> None:
    assert severities("PQL510", recording("top:queue_depth", "topk(3, queue_depth)")) == []


def test_a_short_rate_without_for_is_told() -> None:
    assert severities("PQL511", alert("rate(http_requests_total[5m]) > 5")) == ["warning"]
    assert severities("PQL511", alert("rate(http_requests_total[5m]) > 5", lasting="5m")) == []


@pytest.mark.parametrize(
    "expr",
    [
        "rate(http_requests_total[1h]) > 5",
        "increase(http_requests_total[5m]) > 5",
        "rate(http_requests_total[5m]) > 0",
        "rate(a[5m]) / rate(b[5m]) > 0.1",
        "queue_depth > 5",
    ],
)
def test_what_needs_no_for_is_let_pass(expr: str) -> None:
    assert severities("PQL511", alert(expr)) == []


def test_absent_without_for_is_told() -> None:
    assert severities("PQL511", alert("queue_depth == 0 or absent(queue_depth)")) == ["warning"]


def test_a_for_of_one_evaluation_is_a_matter_of_taste() -> None:
    assert severities("PQL511", alert("queue_depth > 5", lasting="1m")) == ["info"]
    assert severities("PQL511", group(alert("queue_depth > 5", lasting="1m"), interval="15s")) == []
    assert severities("PQL511", alert("queue_depth > 5", lasting="1m"), settings=Settings(evaluation_interval=15)) == []


def test_a_silence_that_is_told_later_than_the_text_says() -> None:
    late = alert("increase(http_requests_total[10m]) == 0", lasting="10m", says="nothing in 10 minutes")
    [found] = judged("PQL511", late)
    assert "after 20 min" in found.message


@pytest.mark.parametrize(
    ("window", "lasting", "says"),
    [("5m", "5m", "nothing in 10 minutes"), ("10m", "10m", "nothing"), ("10m", "10m", "nothing for 20m")],
)
def test_a_silence_that_is_told_in_time_is_let_pass(window: str, lasting: str, says: str) -> None:
    assert (
        severities("PQL511", alert(f"sum(increase(x[{window}])) == 0", lasting=lasting, says=says), known=NOTHING) == []
    )
