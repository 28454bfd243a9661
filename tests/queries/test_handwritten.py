"""PromQL by hand: what was told of it and what it means may not contradict each other."""

from collections.abc import Callable
from typing import Any

import pytest

from queries import (
    BOOL,
    BYTES,
    CELSIUS,
    MILLISECONDS,
    PERCENT,
    RATIO,
    REQUESTS,
    REQUESTS_PER_SECOND,
    SECONDS,
    TOKENS,
    Counter,
    Gauge,
    Histogram,
    label,
    raw,
)
from tests.queries.mistakes import told

R = Counter("r_total", "h", REQUESTS, ("model", label("status", "ok", "error")))
L = Histogram("l_seconds", "h", SECONDS, ("model",), buckets=(0.5, 1))
HEAT = Gauge("heat", "h", CELSIUS)
RATE = "sum by (model) (rate(r_total[5m]))"

WRONG: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: raw(RATE, unit=BYTES, of=[R]),
        "it is measured in requests per second, not in bytes (unit of requests per second)",
    ),
    (
        lambda: raw("histogram_quantile(0.9, sum by (le) (rate(l_seconds_bucket[5m])))", unit=MILLISECONDS, of=[L]),
        "it is measured in seconds, not in milliseconds (unit of seconds)",
    ),
    (lambda: raw("100 * avg(up)", unit=RATIO, of=[R]), "it is measured in percent, not in ratio (unit of percent)"),
    (
        lambda: raw("heat", unit=CELSIUS, keeps=["room"], of=[HEAT]),
        "no series of it has 'room' (it has: instance, job)",
    ),
    (lambda: raw("vector(1)", unit=RATIO, keeps=["a"]), "no series of it has 'a' (it has: no labels)"),
    (
        lambda: raw("sum by (a) (x) / sum by (a) (y)", unit=RATIO, keeps=["b"]),
        "no series of it has 'b' (it has: a)",
    ),
    (
        lambda: raw('rate(r_total{status="5xx"}[5m])', unit=REQUESTS_PER_SECOND, of=[R]),
        """it never has a series: status="5xx" is none of r_total's values: error, ok""",
    ),
    (
        lambda: raw("l_seconds", unit=SECONDS, of=[L]),
        "it never has a series: l_seconds is a histogram, and no series has its bare name",
    ),
    (
        lambda: raw('x{a="1", a="2"}', unit=TOKENS),
        'it never has a series: a="2" and a="1" exclude each other',
    ),
    (
        lambda: raw("rate(r_totl[5m])", unit=REQUESTS_PER_SECOND, of=[R], strict=True),
        "r_totl is none of its metrics (did you mean 'r_total'? it is of: r_total)",
    ),
    (lambda: raw("x", unit=TOKENS, strict=True), "x is none of its metrics (it is of: none)"),
    (
        lambda: raw('{job="a"}', unit=TOKENS, of=[R], strict=True),
        "a selector without a name is none of its metrics (it is of: r_total)",
    ),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_contradiction_is_told_at_its_line(wrong: Callable[[], Any], message: str) -> None:
    assert told(wrong) == message


RIGHT: list[Callable[[], Any]] = [
    lambda: raw(RATE, unit=REQUESTS_PER_SECOND, keeps=["model"], of=[R], strict=True),
    # nobody knows x, so it may have any unit and label
    lambda: raw("x", unit=TOKENS, keeps=["a"], of=[R]),
    lambda: raw(f"{RATE} / on (model) group_left x", unit=SECONDS, keeps=["model"], of=[R]),
    # Grafana's variables may stand for a metric
    lambda: raw("rate($metric[5m])", unit=TOKENS, of=[R], strict=True),
    # what an observation is nobody has to say
    lambda: raw("sum(rate(l_seconds_count[5m]))", unit=REQUESTS_PER_SECOND, of=[L]),
    # a unit without a name is somebody's own business
    lambda: raw("0.9 * heat", unit=CELSIUS, of=[HEAT]),
    lambda: raw("100 * avg(up)", unit=PERCENT, of=[R], strict=True),
    lambda: raw("rate(r_total[5m])", unit=REQUESTS_PER_SECOND, keeps=["job", "instance", "model", "status"], of=[R]),
    lambda: raw("absent(x)", unit=BOOL),
]


@pytest.mark.parametrize("right", RIGHT)
def test_what_does_not_contradict_is_taken(right: Callable[[], Any]) -> None:
    right()
