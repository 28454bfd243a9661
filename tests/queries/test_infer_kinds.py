"""How a value behaves, in what it is measured, and whether it is a constant."""

import pytest

from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.infer import infer
from queries.parse import parse
from queries.unit import BYTES, MILLISECONDS, SECONDS, TOKENS
from tests.queries.inferred import alone, of


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("requests_total", "counter", "requests"),
        ("memory_used_bytes", "gauge", "bytes"),
        ("latency_seconds", "bare", "seconds"),
        ("latency_seconds_bucket", "bucket", "events"),
        ("latency_seconds_count", "count", "events"),
        ("latency_seconds_sum", "sum", "seconds"),
        ("payload_bytes", "quantile", "bytes"),
        ("payload_bytes_sum", "sum", "bytes"),
        ("payload_bytes_count", "count", "events"),
        ("size_bytes", "histogram", "bytes"),
        ("up", "gauge", "bool"),
        ("no_such_metric", "", None),
        # functions of a window
        ("rate(requests_total[5m])", "rate", "requests per second"),
        ("irate(requests_total[5m])", "rate", "requests per second"),
        ("deriv(memory_used_bytes[5m])", "rate", "bytes per second"),
        ("increase(requests_total[5m])", "increase", "requests"),
        ("delta(memory_used_bytes[5m])", "increase", "bytes"),
        ("idelta(memory_used_bytes[5m])", "increase", "bytes"),
        ("rate(latency_seconds_bucket[5m])", "bucket rate", "events per second"),
        ("increase(latency_seconds_bucket[5m])", "bucket increase", "events"),
        ("rate(no_such_metric[5m])", "", None),
        ("increase(no_such_metric[5m])", "", None),
        ("avg_over_time(memory_used_bytes[5m])", "gauge", "bytes"),
        ("avg_over_time(up[5m])", "ratio", "ratio"),
        ("max_over_time(memory_used_bytes[5m])", "gauge", "bytes"),
        ("min_over_time(memory_used_bytes[5m])", "gauge", "bytes"),
        ("stddev_over_time(memory_used_bytes[5m])", "gauge", "bytes"),
        ("mad_over_time(memory_used_bytes[5m])", "gauge", "bytes"),
        ("quantile_over_time(0.9, memory_used_bytes[5m])", "gauge", "bytes"),
        ("quantile_over_time($q, memory_used_bytes[5m])", "gauge", "bytes"),
        ("predict_linear(memory_used_bytes[5m], 60)", "gauge", "bytes"),
        ("double_exponential_smoothing(memory_used_bytes[5m], 0.5, 0.5)", "gauge", "bytes"),
        ("last_over_time(requests_total[5m])", "counter", "requests"),
        ("sum_over_time(memory_used_bytes[5m])", "", None),
        ("stdvar_over_time(memory_used_bytes[5m])", "", None),
        ("count_over_time(up[5m])", "number", None),
        ("changes(up[5m])", "number", None),
        ("resets(requests_total[5m])", "number", None),
        ("present_over_time(up[5m])", "bool", "bool"),
        ("absent_over_time(up[5m])", "bool", "bool"),
        # functions of a vector
        *((f"{name}(memory_used_bytes)", "gauge", "bytes") for name in ("abs", "ceil", "floor", "round", "sort")),
        ("sort_desc(memory_used_bytes)", "gauge", "bytes"),
        ("clamp(memory_used_bytes, 0, 1)", "gauge", "bytes"),
        ("clamp_min(memory_used_bytes, 0)", "gauge", "bytes"),
        ("round(memory_used_bytes, 5)", "gauge", "bytes"),
        ("clamp_max(memory_used_bytes, $k)", "gauge", "bytes"),
        *((f"{name}(memory_used_bytes)", "", None) for name in ("exp", "ln", "log2", "log10", "sqrt", "sgn")),
        *((f"{name}(memory_used_bytes)", "", None) for name in ("sin", "acosh", "deg", "hour", "days_in_month")),
        ("hour()", "number", None),
        ("absent(up)", "bool", "bool"),
        ("timestamp(up)", "timestamp", "timestamp"),
        ("time()", "timestamp", "timestamp"),
        ("pi()", "", None),
        ("scalar(memory_used_bytes)", "", "bytes"),
        ("vector(scalar(memory_used_bytes))", "constant", "bytes"),
        ("vector(1)", "constant", None),
        ('label_replace(memory_used_bytes, "a", "b", "c", "d")', "gauge", "bytes"),
        ('label_join(memory_used_bytes, "a", "-", "c", "d")', "gauge", "bytes"),
        ("histogram_quantile(0.9, rate(latency_seconds_bucket[5m]))", "quantile", "seconds"),
        ("histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket[5m])))", "quantile", "seconds"),
        ("histogram_quantile(0.9, no_such_bucket)", "", None),
        ("histogram_sum(size_bytes)", "gauge", "bytes"),
        ("histogram_avg(size_bytes)", "gauge", "bytes"),
        ("histogram_count(size_bytes)", "gauge", None),
        ("histogram_fraction(0, 1, size_bytes)", "ratio", "ratio"),
        # aggregations
        *((f"{op}(memory_used_bytes)", "gauge", "bytes") for op in ("sum", "avg", "min", "max", "stddev")),
        ("quantile(0.9, memory_used_bytes)", "gauge", "bytes"),
        ("topk(1, memory_used_bytes)", "gauge", "bytes"),
        ("stdvar(memory_used_bytes)", "", None),
        ("count(memory_used_bytes)", "number", None),
        ('count_values("v", memory_used_bytes)', "number", None),
        ("group(memory_used_bytes)", "constant", None),
        ("sum(up)", "number", None),
        ("avg(up)", "ratio", "ratio"),
        ("min(up)", "gauge", "bool"),
        # operators
        ("-memory_used_bytes", "gauge", "bytes"),
        ("memory_used_bytes + memory_total_bytes", "gauge", "bytes"),
        ("memory_total_bytes - memory_used_bytes", "gauge", "bytes"),
        ("memory_used_bytes / memory_total_bytes", "ratio", "ratio"),
        ("100 * memory_used_bytes / memory_total_bytes", "ratio", "percent"),
        ("memory_used_bytes / memory_total_bytes * 100", "ratio", "percent"),
        ("memory_used_bytes / memory_total_bytes > 0.5", "ratio", "ratio"),
        ("memory_used_bytes > bool 5", "bool", "bool"),
        ("memory_used_bytes > bool memory_total_bytes", "bool", "bool"),
        ("memory_used_bytes > memory_total_bytes", "gauge", "bytes"),
        ("memory_used_bytes + 5", "gauge", "bytes"),
        ("memory_used_bytes + queue_size", "gauge", None),
        ("latency_seconds_sum / latency_seconds_count", "mean", "seconds"),
        ("memory_used_bytes and up", "gauge", "bytes"),
        ("memory_used_bytes or vector(0)", "gauge", "bytes"),
        ("vector(0) or memory_used_bytes", "gauge", "bytes"),
        ("memory_used_bytes or up", "gauge", None),
        ("time() - timestamp(up)", "", "seconds"),
        ("rate(latency_seconds_sum[5m]) / rate(latency_seconds_count[5m])", "mean", "seconds"),
        ("sum(rate(latency_seconds_sum[5m])) / sum(rate(latency_seconds_count[5m]))", "mean", "seconds"),
        ("rate(requests_total[5m]) / rate(latency_seconds_count[5m])", "quotient", "requests per events"),
        ("rate(requests_total[5m]) * 3600", "rate", "requests per hour"),
        ("memory_used_bytes ^ 2", "", None),
        ("memory_used_bytes % 2", "", None),
        ("no_such_metric / memory_used_bytes", "", None),
        ("memory_used_bytes / Inf", "gauge", None),
        ("memory_used_bytes / NaN", "gauge", None),
        ("memory_used_bytes / 0", "gauge", None),
        ("memory_used_bytes * 1e-320", "gauge", None),
        ("memory_used_bytes * 1e90 * 1e90", "gauge", None),
    ],
)
def test_kind_and_unit(text: str, kind: str, unit: str | None) -> None:
    known = of(text)

    assert (known.kind, known.unit and known.unit.name) == (kind, unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("2 * 3 + 1", 7),
        ("-(2)", -2),
        ("1 / 0", None),
        ("1e308 * 1e308", float("inf")),
        ("2 ^ 3", None),
        ("2 > bool 1", None),
        ("time()", None),
        ("pi()", None),
        ("$k", None),
        ("vector(2)", 2),
        ("-vector(2)", -2),
        ("vector(2) * 3", 6),
        ("vector(2) > 1", 2),
        ("vector(2) > bool 1", None),
        ("vector(2) or vector(2)", 2),
        ("vector(2) or vector(3)", None),
        ("vector(2) and up", 2),
        ("vector(2) unless up", 2),
        ("sum(vector(2))", None),
        ("abs(vector(2))", None),
        ("topk(1, vector(2))", 2),
        ("group(up)", 1),
        ("absent(up)", 1),
        ("absent_over_time(up[5m])", 1),
        ("present_over_time(up[5m])", 1),
        ("max_over_time(vector(2)[5m:])", None),
        ("rate(vector(2)[5m:])", None),
        ("count_over_time(vector(2)[5m:])", None),
        ("hour()", None),
        ("up", None),
        ("timestamp(vector(2))", None),
        ('label_replace(vector(2), "a", "b", "", "")', 2),
    ],
)
def test_a_constant_is_known(text: str, value: float | None) -> None:
    assert of(text).value == value


@pytest.mark.parametrize(
    ("text", "names", "filtered"),
    [
        ("up", ("up",), False),
        ("sum(up) / sum(queue_size)", ("up", "queue_size"), False),
        ("up > 0", ("up",), True),
        ("(up > 0) > bool 1", ("up",), True),
        ("up and queue_size", ("up", "queue_size"), True),
        ("up or queue_size", ("up", "queue_size"), False),
        ("(up > 0) or vector(0)", ("up",), False),
        ("(up > 0) / queue_size", ("up", "queue_size"), True),
        ("sum(up > 0)", ("up",), True),
        ("topk(1, up)", ("up",), True),
        ("absent(up)", ("up",), True),
        ("vector(scalar(up))", ("up",), False),
        ('{__name__="up"}', ("up",), False),
        ('{job="j"}', (), False),
    ],
)
def test_where_a_number_came_from_and_whether_some_are_left_out(
    text: str, names: tuple[str, ...], *, filtered: bool
) -> None:
    known = of(text)

    assert (known.names, known.filtered) == (names, filtered)


def test_what_came_from_one_metric_says_which() -> None:
    for text in ("sum(rate(latency_seconds_bucket[5m]))", "latency_seconds_bucket * 2", "latency_seconds_bucket > 0"):
        series = of(text).series
        assert series is not None
        assert (series.of.name, series.part) == ("latency_seconds", "bucket")
    assert of("count(latency_seconds_bucket)").series is None
    assert of("no_such_metric").series is None
    assert alone("up").series is None


def test_where_catalogs_disagree_in_what_is_measured_no_unit_is_known() -> None:
    one = Catalog("one", (Exposed("wait", "histogram", SECONDS), Exposed("left", "gauge", BYTES)))
    other = Catalog("other", (Exposed("wait", "histogram", MILLISECONDS), Exposed("left", "gauge", TOKENS)))
    both = Catalogs((one, other))

    for text in ("left", "histogram_quantile(0.9, rate(wait_bucket[5m]))", "rate(wait_sum[5m]) / rate(wait_count[5m])"):
        assert infer(parse(text), both).unit is None
        assert infer(parse(text), Catalogs((one,))).unit is not None


@pytest.mark.parametrize(
    "text",
    [
        "info(up)",
        'info(up, {__name__="build_info"})',
        "sort_by_label(up, 'job')",
        "limitk(2, up)",
        "limit_ratio(0.5, up)",
        "mad_over_time(up[5m])",
        "ts_of_max_over_time(up[5m])",
        "histogram_avg(up)",
        "histogram_stddev(size_bytes)",
        '{"utf8.name", "http.status"="a"}',
        'sum by ("http.status") ({"utf8.name"})',
        "size_bytes",
        "sum(rate(size_bytes[5m]))",
        "histogram_quantile(0.9, sum by (job) (rate(size_bytes[5m])))",
        "histogram_fraction(0, 1, sum by (job) (rate(size_bytes[5m])))",
        "histogram_count(rate(size_bytes[5m]))",
    ],
)
def test_of_what_only_prometheus_3_has_nothing_is_claimed_that_it_could_break(text: str) -> None:
    known = of(text)

    assert known.empty is None
    assert not known.sure
    assert known.value is None


def test_what_only_prometheus_3_adds_stays_open() -> None:
    assert of("info(up)").open
    assert of("info(requests_total)").always == of("requests_total").always
    assert "zone" not in of("info(requests_total)").values
    unknown = of("ts_of_max_over_time(up[5m])")
    assert unknown.open
    assert (unknown.always, unknown.kind, unknown.unit, unknown.names) == (frozenset(), "", None, ("up",))
    assert of('sum by ("http.status") ({"utf8.name"})').maybe == {"http.status"}
    assert of('{"utf8.name", "http.status"="a"}').values == {"http.status": {"a"}}
