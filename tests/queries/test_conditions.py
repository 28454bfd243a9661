"""A number and its limit: in its own unit, within its reach, joined with & and |."""

from collections.abc import Callable
from typing import Any

import pytest

from queries import (
    BYTES,
    CELSIUS,
    MILLISECONDS,
    PERCENT,
    RATIO,
    REQUESTS,
    SECONDS,
    Condition,
    Counter,
    Gauge,
    Histogram,
    Role,
    Summary,
    absent,
    label,
    like,
    maximum,
    quantile,
    rate,
    ratio,
    to_promql,
    total,
)
from queries.condition import limit_of, within_reach
from tests.queries.mistakes import told

API = Role("shop", "api", "shop-api")
R = Counter("r_total", "h", REQUESTS, ("handler", label("status", "ok", "error")))
L = Histogram("l_seconds", "h", SECONDS, ("handler",), buckets=(0.5, 1, 2.5))
S = Summary("s_bytes", "h", BYTES)
HEAT = Gauge("heat", "h", CELSIUS, ("device",), low=-20, high=120)
USED = Gauge("used_bytes", "h", BYTES)
UP = Gauge("there", "h", BYTES, ("shard",), API)

errors = ratio(rate(R, status="error"), rate(R))
p95 = quantile(0.95, L)


@pytest.mark.parametrize(
    ("condition", "tail", "limit"),
    [
        (rate(R) > 5, "> 5", REQUESTS(5)),
        (rate(R) >= 5.5, ">= 5.5", REQUESTS(5.5)),
        (maximum(HEAT) < 10, "< 10", CELSIUS(10)),
        (maximum(HEAT) <= CELSIUS(-20), "<= -20", CELSIUS(-20)),
        (p95 > SECONDS(2), "> 2", SECONDS(2)),
        (p95 >= MILLISECONDS(2500), ">= 2.5", SECONDS(2.5)),
        (errors > PERCENT(5), "> 0.05", RATIO(0.05)),
        (errors.as_unit(PERCENT) > RATIO(0.05), "> 5", PERCENT(5)),
        (errors.as_unit(PERCENT) > PERCENT(0.5), "> 0.5", PERCENT(0.5)),
        (total(USED).equals(0), "== 0", BYTES(0)),
        (total(USED).differs_from(BYTES(7)), "!= 7", BYTES(7)),
        (total(USED) < 5, "< 5", BYTES(5)),
    ],
)
def test_a_limit_is_brought_to_the_unit_of_the_number(condition: Condition, tail: str, limit: Any) -> None:
    assert to_promql(condition.expr).endswith(f" {tail}")
    assert condition.op == tail.split(maxsplit=1)[0]
    assert condition.limit is not None
    assert condition.limit.value == limit.value
    assert condition.query is not None
    assert condition.limit.unit == condition.unit == condition.query.unit
    assert condition.metric is None


def test_a_limit_may_stand_on_the_left() -> None:
    assert (5 < rate(R)) == (rate(R) > 5)  # noqa: SIM300 - this side is the point
    assert (SECONDS(2) < p95) == (p95 > SECONDS(2))


def test_two_numbers_of_one_unit_and_the_same_labels_can_be_compared() -> None:
    condition = rate(R, "handler") > rate(R, "handler").before("7d") * 2

    assert to_promql(condition.expr) == (
        "sum by (handler) (rate(r_total[$__rate_interval])) > "
        "sum by (handler) (rate(r_total[$__rate_interval] offset 7d)) * 2"
    )
    assert (condition.limit, condition.labels) == (None, ("handler",))


def test_conditions_are_joined() -> None:
    both = (errors > 0.05) & (rate(R) > 1)
    either = (rate(R, "handler", "status") > 1) | (rate(R, "status") > 5)

    assert to_promql(both.expr).endswith("> 0.05 and sum(rate(r_total[$__rate_interval])) > 1")
    assert (both.unit, both.limit) == (RATIO, RATIO(0.05))
    assert either.labels == ("status",)
    assert either.limit == (REQUESTS / SECONDS)(1)


def test_a_value_of_two_units_cannot_be_said() -> None:
    either = (errors > 0.05) | (p95 > 2)

    assert either.query is None
    assert to_promql(either.expr).count(" or ") == 2


def test_what_is_absent_has_no_value_and_the_labels_that_were_asked_for() -> None:
    gone = absent(UP, shard="1")

    assert to_promql(gone.expr) == 'absent(there{job="shop-api", shard="1"})'
    assert (gone.labels, gone.query, gone.metric, gone.unit) == (("job", "shard"), None, UP, RATIO)
    assert absent(UP, shard=like("[12]")).labels == ("job",)
    assert absent(R).labels == ()
    assert ((maximum(HEAT) > 90) | absent(HEAT)).query == maximum(HEAT)


@pytest.mark.parametrize(("metric", "name"), [(L, "l_seconds_count"), (S, "s_bytes_count"), (USED, "used_bytes")])
def test_a_histogram_is_absent_when_its_count_is(metric: Any, name: str) -> None:
    assert to_promql(absent(metric).expr) == f"absent({name})"


def test_a_red_line_within_reach_is_fine() -> None:
    within_reach(p95, SECONDS(2.5))
    within_reach(p95, SECONDS(0))
    within_reach(total(USED), BYTES(-5))
    assert limit_of(errors, 1) == RATIO(1)


WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: p95 > 3, "3 s can never be passed: it ends at 2.5 s"),
    (lambda: p95 > SECONDS(2.5), "2.5 s can never be passed: it ends at 2.5 s"),
    (lambda: p95 >= SECONDS(2.6), "2.6 s can never be passed: it ends at 2.5 s"),
    (lambda: p95 < 0, "it can never be below 0 s: it begins at 0 s"),
    (lambda: maximum(HEAT) < -20, "it can never be below -20 °C: it begins at -20 °C"),
    (lambda: maximum(HEAT) <= -21, "it can never be below -21 °C: it begins at -20 °C"),
    (lambda: errors > 5, "a limit of 5 for a ratio from 0 to 1 (PERCENT(5) or 0.05)"),
    (lambda: errors.as_unit(PERCENT) > 0.05, "a limit of 0.05 percent (RATIO(0.05) or 5)"),
    (lambda: p95 > BYTES(5), "a limit of 5 B for seconds (say it in seconds)"),
    (lambda: p95 > total(USED), "seconds compared with bytes"),
    (
        lambda: rate(R, "handler") > rate(R),
        "labels ('handler',) compared with () (keep the same)",
    ),
    (
        lambda: (rate(R, "handler") > 1) & (rate(R) > 1),
        "& joins ('handler',) with (): they would never meet (keep the same labels on both sides)",
    ),
    (lambda: p95 > 1 and p95 < 2, "whether it is true only Prometheus knows (join conditions with & and |)"),
    (lambda: not p95 > 1, "whether it is true only Prometheus knows (join conditions with & and |)"),
    (lambda: 1 < p95 < 2, "whether it is true only Prometheus knows (join conditions with & and |)"),
    (lambda: absent(USED, shard="1"), "used_bytes has no label 'shard' (it has: instance, job)"),
    (lambda: absent(R, status="fine"), "r_total has no status='fine' (the values are: error, ok)"),
    (lambda: within_reach(p95, SECONDS(3)), "a limit of 3 s is out of reach: the number ends at 2.5 s"),
    (lambda: within_reach(p95, SECONDS(-1)), "a limit of -1 s is out of reach: the number ends at 0 s"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_limit_that_makes_no_sense_is_refused_at_its_line(wrong: Callable[[], Any], message: str) -> None:
    assert told(wrong) == message
