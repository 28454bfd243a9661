"""A number over a window, earlier, compared, multiplied, added: its text, unit and range follow."""

from dataclasses import replace

import pytest

from queries import (
    BYTES,
    CELSIUS,
    HOURS,
    MILLISECONDS,
    PERCENT,
    RATIO,
    REQUESTS,
    SECONDS,
    TIMESTAMP,
    TOKENS,
    USD,
    USD_PER_TOKEN,
    Counter,
    Gauge,
    Histogram,
    Query,
    RecordingRule,
    average,
    buckets,
    in_rule,
    increase,
    label,
    maximum,
    mean,
    minimum,
    per_hour,
    quantile,
    rate,
    ratio,
    raw,
    since,
    to_promql,
    total,
)
from queries.unit import Unit
from tests.queries.mistakes import told

R = Counter("r_total", "h", REQUESTS, ("handler", label("status", "ok", "error")))
T = Counter("t_total", "h", TOKENS, ("model", "kind"))
L = Histogram("l_seconds", "h", SECONDS, buckets=(0.5, 1, 2.5))
Q = Gauge("q", "h", REQUESTS, ("handler",), low=0)
HEAT = Gauge("heat", "h", CELSIUS, ("device",), low=-20, high=120)
USED, ALL = Gauge("used_bytes", "h", BYTES, low=0), Gauge("all_bytes", "h", BYTES, low=0)
AT = Gauge("at_seconds", "h", TIMESTAMP)
THEN = Gauge("then_seconds", "h", TIMESTAMP)
PRICE = Gauge("price_usd", "h", USD_PER_TOKEN, ("model",))
FLAT_PRICE = Gauge("flat_usd", "h", USD_PER_TOKEN)


def _text(number: Query) -> str:
    return to_promql(number.expr).replace("[$__rate_interval]", "[~]")


ERRORS = ratio(rate(R, status="error"), rate(R))


@pytest.mark.parametrize(
    ("number", "text", "unit", "ends"),
    [
        (rate(R).over("60m"), "sum(rate(r_total[1h]))", REQUESTS / SECONDS, (0, None)),
        (total(Q).over("1d"), "sum(avg_over_time(q[1d]))", REQUESTS, (0, None)),
        (
            total(Q).before("1h").over("5m"),
            "sum(avg_over_time(q[5m] offset 1h))",
            REQUESTS,
            (0, None),
        ),
        (
            (rate(R) / increase(R, "1d")).over("1h"),
            "sum(rate(r_total[1h])) / sum(increase(r_total[1d]))",
            RATIO / SECONDS,
            (0, None),
        ),
        (
            (rate(R) / total(Q)).over("1h"),
            "sum(rate(r_total[1h])) / sum(avg_over_time(q[1h]))",
            RATIO / SECONDS,
            (0, None),
        ),
        (rate(R).before("1w"), "sum(rate(r_total[~] offset 7d))", REQUESTS / SECONDS, (0, None)),
        (since(AT).before("1h"), "time() - 3600 - max(at_seconds offset 1h > 0)", SECONDS, (None, None)),
        (
            increase(R, "7d").compared_to("7d"),
            "sum(increase(r_total[7d])) / sum(increase(r_total[7d] offset 7d))",
            RATIO,
            (0, None),
        ),
        (maximum(HEAT).compared_to("1d"), "max(heat) / max(heat offset 1d)", RATIO, (None, None)),
        (rate(R, "handler").top(3), "topk(3, sum by (handler) (rate(r_total[~])))", REQUESTS / SECONDS, (0, None)),
        (
            per_hour(T, "model", "kind").scaled_by(PRICE, "model"),
            (
                "sum by (model) (sum by (kind, model) (increase(t_total[1h])) * on (model) group_left () "
                "max by (model) (price_usd))"
            ),
            USD / HOURS,
            (0, None),
        ),
        (
            increase(T, "1h").scaled_by(FLAT_PRICE),
            "sum(sum(increase(t_total[1h])) * on () group_left () max(flat_usd))",
            USD,
            (0, None),
        ),
        (ERRORS.as_unit(PERCENT), f"{_text(ERRORS)} * 100", PERCENT, (0, 100)),
        (ERRORS.as_unit(RATIO), _text(ERRORS), RATIO, (0, 1)),
        (quantile(0.5, L).as_unit(MILLISECONDS), f"{_text(quantile(0.5, L))} * 1000", MILLISECONDS, (0, 2500)),
        (total(USED) + total(ALL), "sum(used_bytes) + sum(all_bytes)", BYTES, (0, None)),
        (total(ALL) - total(USED), "sum(all_bytes) - sum(used_bytes)", BYTES, (None, None)),
        (total(USED) + BYTES(1024), "sum(used_bytes) + 1024", BYTES, (None, None)),
        (mean(L) - MILLISECONDS(500), f"{_text(mean(L))} - 0.5", SECONDS, (None, None)),
        (maximum(HEAT) - minimum(HEAT), "max(heat) - min(heat)", CELSIUS, (None, None)),
        (maximum(AT) - maximum(THEN), "max(at_seconds) - max(then_seconds)", SECONDS, (None, None)),
        (total(USED) / total(ALL), "sum(used_bytes) / sum(all_bytes)", RATIO, (0, None)),
        (total(ALL) / rate(R), "sum(all_bytes) / sum(rate(r_total[~]))", BYTES * SECONDS / REQUESTS, (0, None)),
        (maximum(HEAT) * maximum(HEAT), "max(heat) * max(heat)", CELSIUS * CELSIUS, (None, None)),
        (rate(T) * USD_PER_TOKEN(2), "sum(rate(t_total[~])) * 2", USD / SECONDS, (0, None)),
        (total(ALL) / SECONDS(4), "sum(all_bytes) / 4", BYTES / SECONDS, (0, None)),
        (maximum(HEAT) * -2, "max(heat) * -2", CELSIUS, (-240, 40)),
        (-maximum(HEAT), "max(heat) * -1", CELSIUS, (-120, 20)),
        (BYTES(1024) + total(USED), "sum(used_bytes) + 1024", BYTES, (None, None)),
        (maximum(HEAT) / 2, "max(heat) / 2", CELSIUS, (-10, 60)),
        (2 * maximum(HEAT), "2 * max(heat)", CELSIUS, (-40, 240)),
        (USD_PER_TOKEN(2) * increase(T, "1h"), "2 * sum(increase(t_total[1h]))", USD, (0, None)),
        (1 - ERRORS, f"1 - {_text(ERRORS)}", RATIO, (0, 1)),
        (1 - rate(R, status="ok") / rate(R), f"1 - {_text(rate(R, status='ok') / rate(R))}", RATIO, (None, 1)),
        (SECONDS(10) - quantile(0.5, L), f"10 - {_text(quantile(0.5, L))}", SECONDS, (7.5, 10)),
        (HOURS(1) - since(AT), "3600 - (time() - max(at_seconds > 0))", SECONDS, (None, None)),
    ],
)
def test_arithmetic_keeps_text_unit_and_range_together(
    number: Query, text: str, unit: Unit, ends: tuple[float | None, float | None]
) -> None:
    assert _text(number) == text
    assert number.unit == unit
    assert number.unit.grafana == unit.grafana
    assert (number.low, number.high) == ends


def test_labels_and_names_stay_through_arithmetic() -> None:
    number = rate(R, "handler").named("served")

    for changed in (
        number * 2,
        2 * number,
        number + number,
        number.before("1h"),
        number.over("1h"),
        number / SECONDS(2),
    ):
        assert (changed.labels, changed.name) == (("handler",), "served")
    assert number.compared_to("7d").legend == "{{handler}} served"
    assert per_hour(T, "model").named("cost").scaled_by(PRICE).legend == "cost"


def test_bounds_follow_the_unit_and_end_with_arithmetic() -> None:
    number = quantile(0.5, L)

    assert number.as_unit(MILLISECONDS).bounds == (500, 1000, 2500)
    assert [one.bounds for one in (number * 2, number + number, SECONDS(9) - number, number / 2)] == [()] * 4


def test_a_subquery_of_grafanas_window_is_widened_too() -> None:
    number = raw("max_over_time(sum(rate(x[$__rate_interval]))[$__rate_interval:])", unit=REQUESTS)

    assert _text(number.over("1h")) == "max_over_time(sum(rate(x[1h]))[1h:])"


def test_a_number_that_looks_at_nothing_is_the_same_over_any_window() -> None:
    assert raw("vector(1)", unit=REQUESTS).over("1h") == raw("vector(1)", unit=REQUESTS)


def test_a_rule_reads_a_number_over_its_own_window() -> None:
    assert to_promql(rate(R).over("1h").expr, in_rule("5m")) == "sum(rate(r_total[1h]))"


def test_what_cannot_be_computed_is_refused() -> None:
    assert told(lambda: increase(R, "1h").over("5m")) == "it says its window already (leave out over('5m'))"
    assert told(lambda: raw("max_over_time(x[1h:5m])", unit=BYTES).over("5m")).startswith("it says its window already")
    assert told(lambda: rate(R).before("1h").before("1h")) == "it looks back already (one offset is enough)"
    assert told(lambda: rate(R).before("1h").compared_to("7d")) == "it looks back already (one offset is enough)"
    assert told(lambda: rate(R).over("soon")) == '\'soon\' is no duration (like "5m", "1h" or "7d")'
    assert told(lambda: rate(R).before("0s")) == "'0s' is no time at all"
    assert told(lambda: since(AT).before("$__range")) == '\'$__range\' is no duration (like "5m", "1h" or "7d")'
    assert told(lambda: increase(R, "999999999d")) == "'999999999d' is longer than Prometheus can count"
    assert told(lambda: rate(R).top(3)) == "top(3) of a number with labels () (keep a label)"
    assert told(lambda: rate(R, "handler").top(0)) == "top(0) (a whole number from 1 on)"
    assert told(lambda: rate(R, "handler").top(2.5)) == "top(2.5) (a whole number from 1 on)"  # type: ignore[arg-type]
    assert told(lambda: rate(R) / 0) == "requests per second / 0 (nothing can be divided by 0)"


def test_numbers_are_added_up_by_sum() -> None:
    assert sum([total(USED), total(ALL)]) == total(USED) + total(ALL)
    assert told(lambda: 5 + total(USED)) == "bytes + 5 (5 of what? SECONDS(5))"


def test_the_greatest_are_picked_after_looking_back() -> None:
    top = rate(R, "handler").top(3)

    assert told(lambda: top.compared_to("7d")) == (
        "the greatest of then are other series than those of now (.compared_to('7d').top(...))"
    )
    assert told(lambda: top.before("7d")).endswith("(.before('7d').top(...))")
    assert _text(rate(R, "handler").compared_to("7d").top(3)).count("topk(3, ") == 1


def test_nothing_is_divided_by_itself() -> None:
    once = rate(R, "status", status="ok")
    ever = RecordingRule("shop:requests:rate5m", once).recorded

    always_one = "part and whole are the same number: it would always be 1"
    assert told(lambda: rate(R) / rate(R)) == always_one
    assert told(lambda: ever / ever) == always_one
    itself = "'status' picks the part and is kept: each series would be divided by itself (do not keep 'status')"
    assert told(lambda: once / rate(R, "status")) == itself
    assert told(lambda: once / rate(R, "status", status="error")) == itself
    for number in (once.compared_to("7d"), ever.compared_to("7d"), once / rate(R, "status").before("7d")):
        assert number.unit == RATIO
    assert ratio(increase(R, "1h", "status", status="ok"), increase(R, "1d", "status")).labels == ("status",)


def test_buckets_are_drawn_and_not_computed_with() -> None:
    heat = buckets(L)

    for wrong in (
        lambda: heat + heat,
        lambda: heat * 2,
        lambda: 2 * heat,
        lambda: rate(R) / heat,
        lambda: SECONDS(1) - heat,
        lambda: heat > 5,
        lambda: mean(L) > heat,
        lambda: heat.equals(1),
        lambda: heat.as_unit(MILLISECONDS),
        lambda: heat.compared_to("7d"),
        lambda: ratio(heat, heat),
    ):
        assert told(wrong) == "buckets are drawn as a heatmap (quantile() or share_below() are numbers)"
    assert heat.over("1h").kind == heat.before("7d").kind == "buckets"


def test_only_what_has_one_unit_and_the_same_labels_is_added() -> None:
    assert told(lambda: mean(L) + total(ALL)) == "seconds + bytes (add what has one unit)"
    assert told(lambda: mean(L) - total(ALL)) == "seconds - bytes (add what has one unit)"
    assert told(lambda: mean(L) + BYTES(5)) == "5 bytes is no amount of seconds"
    assert told(lambda: ERRORS + ERRORS) == "ratio + ratio (an average?)"
    assert told(lambda: maximum(AT) + maximum(THEN)) == "timestamp + timestamp (an average?)"
    assert told(lambda: rate(R, "handler") + rate(R)) == (
        "the sides of + keep different labels: handler and none (keep the same labels on both sides)"
    )
    assert told(lambda: rate(R) / rate(R, "status")).startswith("the sides of / keep different labels: none and status")
    assert told(lambda: 1 - mean(L)) == "1 minus seconds (1 of what? SECONDS(1))"
    assert told(lambda: BYTES(1) - mean(L)) == "1 bytes is no amount of seconds"
    assert told(lambda: mean(L).as_unit(BYTES)) == "1 seconds is no amount of bytes"


def test_a_price_is_a_gauge_whose_labels_the_number_keeps() -> None:
    assert told(lambda: per_hour(T, "kind").scaled_by(PRICE)) == (
        "the number has no label 'model' (keep it: the price differs by model)"
    )
    assert told(lambda: per_hour(T, "model").scaled_by(PRICE, "modle")) == (
        "the number has no label 'modle' (did you mean 'model'? it keeps: model)"
    )
    assert told(lambda: per_hour(T).scaled_by(R)) == (  # type: ignore[arg-type]
        "r_total is a counter, not a gauge (a price is a Gauge)"
    )


def test_the_average_of_a_unit_that_nobody_registered_keeps_its_words() -> None:
    slices = Unit("slices", (("slices", 1),), symbol="sl")

    assert (average(replace(Q, unit=slices)) * 2).unit.symbol == "sl"
