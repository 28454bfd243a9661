"""Numbers that cannot be written: each marked line is an error of types."""

from queries import (
    BYTES,
    REQUESTS,
    SECONDS,
    USD_PER_TOKEN,
    Counter,
    Gauge,
    Histogram,
    Role,
    Summary,
    average,
    average_rate,
    buckets,
    increase,
    latest,
    maximum,
    mean,
    minimum,
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
REQUESTED = Counter("r_total", "h", REQUESTS, ("handler",), API)
LATENCY = Histogram("l_seconds", "h", SECONDS, buckets=(0.5, 1))
PAYLOAD = Summary("s_bytes", "h", BYTES)
QUEUE = Gauge("q", "h", REQUESTS)
number = rate(REQUESTED)

rate(QUEUE)  # error: "rate" has incompatible type "Gauge"; expected "Counter"
rate(LATENCY)  # error: "rate" has incompatible type "Histogram"; expected "Counter"
average_rate(QUEUE)  # error: expected "Counter"
increase(QUEUE, "1h")  # error: expected "Counter"
increase(REQUESTED, 3600)  # error: expected "str"
per_hour(PAYLOAD)  # error: expected "Counter"
quantile(0.95, REQUESTED)  # error: "quantile" has incompatible type "Counter"; expected "Histogram"
quantile(0.95, PAYLOAD)  # error: expected "Histogram"
quantile("p95", LATENCY)  # error: expected "float"
mean(QUEUE)  # error: expected "Histogram | Summary"
share_below("1s", LATENCY)  # error: expected "Quantity | float"
share_below(1, PAYLOAD)  # error: expected "Histogram"
buckets(REQUESTED)  # error: expected "Histogram"
latest(LATENCY)  # error: "latest" has incompatible type "Histogram"; expected "Gauge"
total(REQUESTED)  # error: "total" has incompatible type "Counter"; expected "Gauge"
average(PAYLOAD)  # error: expected "Gauge"
maximum(REQUESTED)  # error: expected "Gauge"
minimum(REQUESTED)  # error: expected "Gauge"
since(REQUESTED)  # error: expected "Gauge"
up("shop-api")  # error: expected "Role"
rate(REQUESTED, status=500)  # error: expected "str | Pattern"
rate(REQUESTED, by="handler", metric=QUEUE)  # error: expected "str | Pattern"
ratio(REQUESTED, REQUESTED)  # error: expected "Query" # error: expected "Query"
ratio(number, 5)  # error: expected "Query"
raw("up")  # error: Missing named argument "unit" for "raw"
raw("up", unit="seconds")  # error: expected "Unit"
number.scaled_by(REQUESTED)  # error: expected "Gauge"
number.scaled_by(USD_PER_TOKEN(2))  # error: expected "Gauge"
number.over(300)  # error: expected "str"
number.as_unit("percent")  # error: expected "Unit"
number.top("3")  # error: expected "int"
number + 5  # error: Unsupported operand types for +
number - "5"  # error: Unsupported operand types for -
number * "5"  # error: Unsupported operand types for *
REQUESTED / 2  # error: Unsupported operand types for /
to_promql(number)  # error: expected "Select | Window
