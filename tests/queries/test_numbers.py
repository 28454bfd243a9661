"""Numbers from metrics: the PromQL, the unit, the labels, the range and the legend of each."""

import pytest

from queries import (
    BOOL,
    BYTES,
    CELSIUS,
    EVENTS,
    MILLISECONDS,
    PERCENT,
    RATIO,
    REQUESTS,
    SECONDS,
    TIMESTAMP,
    TOKENS,
    Counter,
    Gauge,
    Histogram,
    Query,
    Role,
    Summary,
    average,
    average_rate,
    buckets,
    increase,
    label,
    latest,
    like,
    maximum,
    mean,
    minimum,
    one_of,
    other_than,
    per_hour,
    quantile,
    rate,
    ratio,
    raw,
    share_below,
    since,
    to_promql,
    total,
    unlike,
    up,
)

API = Role("shop", "api", "api", assumed="so that no job is printed here")
R = Counter("r_total", "h", REQUESTS, ("handler", label("status", "ok", "error")))
CPU = Counter("cpu_seconds_total", "h", SECONDS, ("mode",))
L = Histogram("l_seconds", "h", SECONDS, ("handler",), buckets=(0.5, 1, 2.5), counts=REQUESTS)
CONFIDENCE = Histogram("confidence", "h", RATIO, buckets=(0.5, 0.9))
GROWTH = Histogram("growth", "h", RATIO, buckets=(1, 2))
COLD = Histogram("cold", "h", CELSIUS, buckets=(-10, 0, 10))
S = Summary("s_bytes", "h", BYTES, ("handler",))
Q = Gauge("q", "h", REQUESTS, ("handler",), low=0)
HEAT = Gauge("heat_celsius", "h", CELSIUS, ("device",), low=-20, high=120)
FLAG = Gauge("flag", "h", BOOL, low=0, high=1)
SHARE = Gauge("share", "h", RATIO, low=0, high=1)
AT = Gauge("at_seconds", "h", TIMESTAMP, ("handler",))

#: Each with its text, in which [~] is `[$__rate_interval]`, and with its unit, legend, kind and range.
NUMBERS: list[tuple[Query, str, str]] = [
    (rate(R), "sum(rate(r_total[~]))", "requests per second |  | rate | 0.."),
    (
        rate(R, "status", "handler", handler="/"),
        'sum by (handler, status) (rate(r_total{handler="/"}[~]))',
        "requests per second | {{handler}} {{status}} | rate | 0..",
    ),
    (
        rate(R, "instance", job="a", status=one_of("ok", "error")),
        'sum by (instance) (rate(r_total{job="a", status=~"ok|error"}[~]))',
        "requests per second | {{instance}} | rate | 0..",
    ),
    (rate(CPU), "sum(rate(cpu_seconds_total[~]))", "ratio |  | rate | 0.."),
    (average_rate(CPU, mode="idle"), 'avg(rate(cpu_seconds_total{mode="idle"}[~]))', "ratio |  | rate | 0.."),
    (increase(R, "90m"), "sum(increase(r_total[1h30m]))", "requests |  | increase | 0.."),
    (increase(R, "$__range"), "sum(increase(r_total[$__range]))", "requests |  | increase | 0.."),
    (
        per_hour(R, "handler"),
        "sum by (handler) (increase(r_total[1h]))",
        "requests per hour | {{handler}} | increase | 0..",
    ),
    (rate(L.count), "sum(rate(l_seconds_count[~]))", "requests per second |  | rate | 0.."),
    (
        quantile(0.95, L),
        "histogram_quantile(0.95, sum by (le) (rate(l_seconds_bucket[~])))",
        "seconds | p95 | quantile | 0..2.5",
    ),
    (
        quantile(0.999, L, "handler", handler=other_than("/")),
        'histogram_quantile(0.999, sum by (handler, le) (rate(l_seconds_bucket{handler!="/"}[~])))',
        "seconds | {{handler}} p99.9 | quantile | 0..2.5",
    ),
    (
        quantile(0.5, COLD),
        "histogram_quantile(0.5, sum by (le) (rate(cold_bucket[~])))",
        "celsius | p50 | quantile | -10..10",
    ),
    (mean(L), "sum(rate(l_seconds_sum[~])) / sum(rate(l_seconds_count[~]))", "seconds | mean | value | 0.."),
    (
        mean(S, "handler"),
        "sum by (handler) (rate(s_bytes_sum[~])) / sum by (handler) (rate(s_bytes_count[~]))",
        "bytes | {{handler}} mean | value | 0..",
    ),
    (
        share_below(SECONDS(1), L),
        'sum(rate(l_seconds_bucket{le="1.0"}[~])) / sum(rate(l_seconds_count[~]))',
        "ratio | within 1 s | ratio | 0..1",
    ),
    (
        share_below(MILLISECONDS(500), L, "handler"),
        'sum by (handler) (rate(l_seconds_bucket{le="0.5"}[~])) / sum by (handler) (rate(l_seconds_count[~]))',
        "ratio | {{handler}} within 500 ms | ratio | 0..1",
    ),
    (
        buckets(L, handler="/"),
        'sum by (le) (rate(l_seconds_bucket{handler="/"}[~]))',
        "seconds | {{le}} | buckets | 0..",
    ),
    (
        latest(HEAT, device="0"),
        'heat_celsius{device="0"}',
        "celsius | {{device}} {{instance}} {{job}} | value | -20..120",
    ),
    (total(Q, "handler"), "sum by (handler) (q)", "requests | {{handler}} | value | 0.."),
    (average(HEAT), "avg(heat_celsius)", "celsius |  | value | -20..120"),
    (average(FLAG), "avg(flag)", "ratio |  | ratio | 0..1"),
    (average(SHARE), "avg(share)", "ratio |  | ratio | 0..1"),
    (maximum(HEAT, "device"), "max by (device) (heat_celsius)", "celsius | {{device}} | value | -20..120"),
    (minimum(FLAG), "min(flag)", "bool |  | value | 0..1"),
    (up(API), 'avg(up{job="api"})', "ratio | up | ratio | 0..1"),
    (up(API, "instance"), 'avg by (instance) (up{job="api"})', "ratio | {{instance}} up | ratio | 0..1"),
    (since(AT), "time() - max(at_seconds > 0)", "seconds |  | value | .."),
    (
        since(AT, "handler", handler=unlike("/m.*")),
        'time() - max by (handler) (at_seconds{handler!~"/m.*"} > 0)',
        "seconds | {{handler}} | value | ..",
    ),
    (
        ratio(rate(R, status="error"), rate(R)),
        '(sum(rate(r_total{status="error"}[~])) or vector(0)) / sum(rate(r_total[~]))',
        "ratio |  | ratio | 0..1",
    ),
    (
        ratio(rate(R, "handler", status="error").named("errors"), rate(R, "handler")),
        (
            '(sum by (handler) (rate(r_total{status="error"}[~])) or sum by (handler) (rate(r_total[~])) * 0)'
            " / sum by (handler) (rate(r_total[~]))"
        ),
        "ratio | {{handler}} errors | ratio | 0..1",
    ),
    (ratio(total(Q), rate(R) * SECONDS(1)), "sum(q) / (sum(rate(r_total[~])) * 1)", "ratio |  | ratio | 0..1"),
    (
        raw("max by (b, a) (x)", unit=TOKENS, keeps=["b", "a"], name="most"),
        "max by (a, b) (x)",
        "tokens | {{a}} {{b}} most | value | ..",
    ),
    (raw("topk(3, x)", unit=TOKENS, keeps=["a"]), "topk(3, x)", "tokens | {{a}} | value | .."),
    (raw("sum without (b) (x)", unit=TOKENS, keeps=("a",)), "sum without (b) (x)", "tokens | {{a}} | value | .."),
]


@pytest.mark.parametrize(("number", "text", "said"), NUMBERS)
def test_a_number_knows_its_promql_unit_legend_kind_and_range(number: Query, text: str, said: str) -> None:
    low, high = ("" if end is None else f"{end:g}" for end in (number.low, number.high))

    assert to_promql(number.expr).replace("[$__rate_interval]", "[~]") == text
    assert f"{number.unit} | {number.legend} | {number.kind} | {low}..{high}" == said


@pytest.mark.parametrize("number", [one[0] for one in NUMBERS])
def test_a_number_keeps_the_labels_of_its_legend_sorted(number: Query) -> None:
    assert number.legend.split()[: len(number.labels)] == [f"{{{{{one}}}}}" for one in sorted(number.labels)]


def test_only_numbers_from_buckets_know_their_bounds() -> None:
    assert quantile(0.5, L).bounds == buckets(L).bounds == (0.5, 1, 2.5)
    assert mean(L).bounds == rate(R).bounds == ()


def test_the_mean_of_shares_ends_at_one_and_that_of_growth_does_not() -> None:
    assert mean(CONFIDENCE).high == 1
    assert mean(GROWTH).high is None


def test_what_a_histogram_counts_is_events_unless_it_says() -> None:
    assert rate(CONFIDENCE.count).unit == EVENTS / SECONDS


def test_values_are_taken_literally_where_they_are_named() -> None:
    text = to_promql(rate(R, handler=one_of("/a.b", "/c|d", "x\\y")).expr)

    assert '{handler=~"/a\\\\.b|/c\\\\|d|x\\\\\\\\y"}' in text


@pytest.mark.parametrize(
    ("number", "matcher"),
    [
        (rate(R, handler=like("/v[0-9]+")), 'handler=~"/v[0-9]+"'),
        (rate(R, handler=unlike("/v[0-9]+")), 'handler!~"/v[0-9]+"'),
        (rate(R, handler=other_than("/")), 'handler!="/"'),
        (rate(R, handler=other_than("/a", "/b")), 'handler!~"/a|/b"'),
        (rate(R, handler=one_of("/")), 'handler=~"/"'),
        (rate(R, status=like("err.*")), 'status=~"err.*"'),
        (rate(R, handler=""), 'handler=""'),
    ],
)
def test_series_are_picked_by_values_and_patterns(number: Query, matcher: str) -> None:
    assert f"{{{matcher}}}" in to_promql(number.expr)


def test_a_share_of_another_scale_is_brought_to_the_scale_of_the_whole() -> None:
    part = Gauge("part_milliseconds", "h", MILLISECONDS)
    whole = Gauge("whole_seconds", "h", SECONDS)

    assert to_promql(ratio(total(part), total(whole)).expr) == "sum(part_milliseconds) * 0.001 / sum(whole_seconds)"


def test_a_percentage_is_a_part_of_a_ratio() -> None:
    percent = Gauge("used_percent", "h", PERCENT)

    assert to_promql(ratio(average(percent), average(SHARE)).expr) == "avg(used_percent) * 0.01 / avg(share)"


def test_a_number_is_a_value() -> None:
    assert rate(R, "handler") == rate(R, "handler")
    assert len({rate(R), rate(R), rate(R).named("x")}) == 2
    assert bool(rate(R) == rate(R, "handler")) is False
