"""What a person writes: all of it has types, and none of it is an error."""

from typing import assert_type

from queries import (
    BYTES,
    PERCENT,
    REQUESTS,
    SECONDS,
    TIMESTAMP,
    USD_PER_TOKEN,
    AlertRule,
    Condition,
    Counter,
    Gauge,
    Gone,
    Histogram,
    Quantity,
    Query,
    RecordingRule,
    Role,
    RuleGroup,
    Summary,
    Unit,
    absent,
    average,
    increase,
    label,
    latest,
    like,
    mean,
    per_hour,
    quantile,
    rate,
    ratio,
    raw,
    share_below,
    since,
    to_promql,
    total,
    up,
)

API = Role("shop", "api", "shop-api")
REQUESTED = Counter("r_total", "Requests.", REQUESTS, ("handler", label("status", "ok", "error")), API)
LATENCY = Histogram("l_seconds", "How long.", SECONDS, ["handler"], API, buckets=(0.5, 1))
PAYLOAD = Summary("s_bytes", "How large.", BYTES)
QUEUE = Gauge("q", "What waits.", REQUESTS, low=0)
SUCCESS = Gauge("at_seconds", "When.", TIMESTAMP)
PRICE = Gauge("price_usd", "What it costs.", USD_PER_TOKEN)

errors = ratio(rate(REQUESTED, "handler", status=like("err.*")), rate(REQUESTED, "handler"))
assert_type(errors, Query)
assert_type(errors > PERCENT(5), Condition)
assert_type(PERCENT(5), Quantity)
assert_type(REQUESTS / SECONDS, Unit)
assert_type((errors > 0.05) & (errors < 0.5) | absent(REQUESTED, status="error"), Condition)
assert_type(1 - errors, Query)
assert_type(2 * errors.over("1h").before("7d") / 3 + errors - PERCENT(1), Query)
assert_type(SECONDS(10) - mean(LATENCY), Query)
assert_type(errors.equals(0), Condition)
assert_type(to_promql(errors.expr), str)
assert_type(REQUESTED.label_names, tuple[str, ...])

numbers: list[Query] = [
    rate(LATENCY.count),
    rate(PAYLOAD.sum),
    increase(REQUESTED, "1h", "status", handler="/"),
    per_hour(REQUESTED).scaled_by(PRICE),
    quantile(0.95, LATENCY, "handler"),
    share_below(SECONDS(1), LATENCY),
    share_below(0.5, LATENCY),
    mean(PAYLOAD),
    latest(QUEUE),
    total(QUEUE).compared_to("7d"),
    average(QUEUE).as_unit(REQUESTS),
    since(SUCCESS),
    up(API, "instance").top(3),
    raw("sum by (a) (x)", unit=BYTES, keeps=["a"], name="x"),
]

rules = RuleGroup(
    name="shop",
    rules=[
        RecordingRule("shop:errors:ratio", errors),
        AlertRule(
            alert="Errors",
            when=errors > PERCENT(5),
            lasting="5m",
            severity="critical",
            summary="{handler}: {value}",
            gone=Gone("Gone", "gone"),
        ),
    ],
)
