"""PQL110 to PQL117, PQL122 and PQL140 to PQL142: buckets and quantiles."""

from dataclasses import replace

import pytest

from cli.lint.example import EXAMPLE
from cli.lint.finding import Severity
from cli.lint.rule import Example
from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.unit import SECONDS
from tests.lint.rules.found import KNOWN, fixed, found, levels, unknown

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
BUCKET = "http_request_duration_seconds_bucket"
RATE = f"rate({BUCKET}[5m])"
NATIVE = Catalogs((Catalog("n", (Exposed("latency_seconds", "histogram", SECONDS, native=True),)),))
P95 = f"histogram_quantile(0.95, sum by (le) ({RATE}))"


def with_buckets(*bounds: float, expected: float | None = None) -> Catalogs:
    histogram = Exposed("latency_seconds", "histogram", SECONDS, buckets=bounds, expected_max=expected)
    return Catalogs((Catalog("b", (histogram,)),))


def page(expr: str, *steps: float | None, **said: object) -> Example:
    target = {"refId": "A", "expr": expr, "datasource": {"type": "prometheus", "uid": "x"}, **said}
    thresholds = {"mode": "absolute", "steps": [{"color": "red", "value": step} for step in steps]}
    panel = {"id": 1, "type": "timeseries", "title": "p95", "targets": [target]}
    return Example(page={"uid": "x", "title": "x", "panels": [panel | _defaults(thresholds=thresholds)]})


def _defaults(**said: object) -> dict[str, object]:
    return {"fieldConfig": {"defaults": said, "overrides": []}}


def test_a_bare_name_under_quantile_and_rate_wants_its_buckets() -> None:
    (finding,) = found("PQL110", "histogram_quantile(0.95, rate(http_request_duration_seconds[5m]))")
    assert finding.severity == ERROR
    assert fixed(finding) == f"histogram_quantile(0.95, {RATE})"


@pytest.mark.parametrize(
    "promql",
    [
        "histogram_quantile(0.95, http_request_duration_seconds)",
        "rate(http_request_duration_seconds[5m])",
        # the name stands where no suffix can be put behind it
        'histogram_quantile(0.95, rate({__name__="http_request_duration_seconds"}[5m]))',
    ],
)
def test_a_bare_name_elsewhere_can_mean_several_things(promql: str) -> None:
    (finding,) = found("PQL110", promql)
    assert finding.edit is None


def test_a_native_histogram_has_its_bare_name() -> None:
    assert levels("PQL110", "histogram_quantile(0.95, rate(latency_seconds[5m]))", NATIVE) == []


def test_whoever_asks_for_both_kinds_of_histogram_is_only_warned() -> None:
    both = f"histogram_quantile(0.9, rate(http_request_duration_seconds[5m])) or {P95}"
    assert levels("PQL110", both) == [WARNING]


@pytest.mark.parametrize(
    ("le", "expected"),
    [
        ('="0.5"', []),
        ('="+Inf"', []),
        ('="0.3"', [ERROR]),
        ('="1.0"', []),
        ('="1"', [WARNING]),
        ('=~"1"', [WARNING]),
        ('=~"1|1.0"', []),
        ('=~"0.3|0.4"', [ERROR]),
        ('="$le"', []),
        ('!="0.3"', []),
    ],
)
def test_a_bucket_is_known_by_its_bound(le: str, expected: list[Severity]) -> None:
    assert levels("PQL111", f"rate({BUCKET}{{le{le}}}[5m])") == expected


def test_a_bucket_of_another_version_may_be_missing() -> None:
    assert levels("PQL111", f'{BUCKET}{{le="0.3"}} or {BUCKET}{{le="0.5"}}') == [WARNING]


def test_prometheus_3_always_writes_the_point() -> None:
    (finding,) = found("PQL111", f'rate({BUCKET}{{le="1"}}[5m])', prometheus=(3, 0))
    assert finding.severity == ERROR
    assert fixed(finding) == f'rate({BUCKET}{{le="1.0"}}[5m])'


def test_for_prometheus_2_nobody_knows_how_the_exporter_writes() -> None:
    (finding,) = found("PQL111", f'rate({BUCKET}{{le="1"}}[5m])', prometheus=(2, 42))
    assert finding.severity == WARNING
    assert finding.edit is None


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        (f"sum({RATE})", [ERROR]),
        (f"sum without (le) ({RATE})", [ERROR]),
        (f"sum(increase({BUCKET}[1h]))", [ERROR]),
        (f"sum by (le) ({RATE})", []),
        (f"sum without (handler) ({RATE})", []),
        (f'sum(rate({BUCKET}{{le="+Inf"}}[5m]))', []),
        (f'sum(rate({BUCKET}{{le="$le"}}[5m]))', []),
        (f"sum by ($by) ({RATE})", []),
        (f"sum by ([[by]]) ({RATE})", []),
        (f'sum(rate({BUCKET}{{handler="/"}}[5m]))', [ERROR]),
        (f'sum(rate({BUCKET}{{le!="+Inf"}}[5m]))', [ERROR]),
        (f'sum(rate({BUCKET}{{le=~"0.5|1.0"}}[5m]))', [ERROR]),
        (f"count({RATE})", []),
        # whether there was any is a question that too many answer too
        (f"sum({RATE}) > 0", [INFO]),
        (f"histogram_quantile(0.9, sum({RATE}))", []),
    ],
)
def test_a_sum_over_all_buckets_counts_too_much(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL112", promql) == expected


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ("sum(rate(x_bucket[5m]))", [WARNING]),
        ('sum(rate(x_bucket{le="1"}[5m]))', []),
        ('sum(rate(x_bucket{le=~"1|1.0"}[5m]))', []),
        ("sum by (le) (rate(x_bucket[5m]))", []),
        # a name like any other
        ("sum(s3_bucket)", []),
        ("sum(rate(x_total[5m]))", []),
    ],
)
def test_without_a_catalog_a_name_is_no_proof(promql: str, expected: list[Severity]) -> None:
    assert unknown("PQL112", promql) == expected


@pytest.mark.parametrize(
    ("promql", "right"),
    [
        (P95.replace("0.95", "95"), P95),
        ("quantile(99, queue_depth)", "quantile(0.99, queue_depth)"),
        ("quantile_over_time(99.9, queue_depth[5m])", "quantile_over_time(0.999, queue_depth[5m])"),
    ],
)
def test_a_percentage_becomes_a_quantile(promql: str, right: str) -> None:
    (finding,) = found("PQL113", promql)
    assert fixed(finding) == right


@pytest.mark.parametrize(
    ("value", "answer", "meant"), [("10", "+Inf", "0.1"), ("-1", "-Inf", ""), ("NaN", "NaN", ""), ("9", "+Inf", "")]
)
def test_what_the_answer_is_then(value: str, answer: str, meant: str) -> None:
    (finding,) = found("PQL113", f"quantile({value}, queue_depth)")
    assert finding.message.endswith(f"always {answer}")
    assert (finding.edit is not None) == bool(meant)
    assert meant in finding.hint


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ("quantile(5, queue_depth)", [ERROR]),
        ("quantile(-1, queue_depth)", [ERROR]),
        ("quantile(100, queue_depth)", [ERROR]),
        ("quantile(1, queue_depth)", []),
        ("quantile(0, queue_depth)", []),
        ("quantile(95 / 100, queue_depth)", []),
        ("quantile($q, queue_depth)", []),
        ("topk(5, queue_depth)", []),
    ],
)
def test_a_quantile_is_a_fraction(promql: str, expected: list[Severity]) -> None:
    assert unknown("PQL113", promql) == expected
    assert all(one.edit is None for one in found("PQL113", promql))


@pytest.mark.parametrize(
    ("promql", "right"),
    [
        (f"histogram_quantile(0.9, sum({RATE}))", f"histogram_quantile(0.9, sum by (le) ({RATE}))"),
        (f"histogram_quantile(0.9, sum by (a) ({RATE}))", f"histogram_quantile(0.9, sum by (a, le) ({RATE}))"),
        (f"histogram_quantile(0.9, sum({RATE}) by (a))", f"histogram_quantile(0.9, sum({RATE}) by (a, le))"),
        (f"histogram_quantile(0.9, sum({RATE}) by ())", f"histogram_quantile(0.9, sum({RATE}) by (le))"),
    ],
)
def test_a_quantile_keeps_le(promql: str, right: str) -> None:
    (finding,) = found("PQL114", promql)
    assert finding.severity == ERROR
    assert fixed(finding).replace("  ", " ") == right
    assert found("PQL114", right) == []


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ("histogram_quantile(0.9, sum by (a) (rate(x_bucket[5m])))", [ERROR]),
        ("histogram_quantile(0.9, sum without (le) (rate(x_bucket[5m])))", []),
        ("histogram_quantile(0.9, sum by (a) (rate(x[5m])))", []),
        ("histogram_quantile(0.9, sum by ($by) (rate(x_bucket[5m])))", []),
        ("histogram_quantile(0.9, sum by ([[by]]) (rate(x_bucket[5m])))", []),
        ("histogram_quantile(0.9, sum by (vmrange) (rate(x_bucket[5m])))", [WARNING]),
        ("histogram_quantile(0.9, rate(x_bucket[5m]))", []),
    ],
)
def test_without_a_catalog_only_a_classic_name_says_that_le_is_missed(promql: str, expected: list[Severity]) -> None:
    assert unknown("PQL114", promql) == expected


def test_the_first_aggregation_that_loses_it_has_to_keep_it() -> None:
    (finding,) = found("PQL114", f"histogram_quantile(0.9, max by (le) (sum by (a) ({RATE})))")
    assert finding.edit is None


def test_what_was_never_a_bucket_has_no_quantile() -> None:
    (finding,) = found("PQL114", "histogram_quantile(0.9, rate(http_requests_total[5m]))")
    assert finding.severity == ERROR


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        (f"{P95} > 10", [ERROR]),
        (f"10 < {P95}", [ERROR]),
        (f"{P95} >= 10", []),
        (f"{P95} >= 11", [ERROR]),
        (f"{P95} > 5", []),
        (f"{P95} < 20", []),
        (f"{P95} * 1000 > 10000", [ERROR]),
        (f"{P95} * 1000 > 5000", []),
        (f"max({P95}) > 10", [ERROR]),
        # a sum of quantiles may exceed any of them
        (f"sum({P95}) > 10", []),
        (f"{P95} > $limit", []),
    ],
)
def test_a_quantile_never_exceeds_the_last_bucket(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL115", promql, reader="alert" if "$" not in promql else "panel") == expected


def test_the_colour_of_a_threshold_above_the_last_bucket_is_never_seen() -> None:
    assert levels("PQL115", page(P95, None, 5, 20)) == [WARNING]
    assert levels("PQL115", page(P95, None, 5, 10)) == []
    assert levels("PQL115", page("queue_depth", None, 20)) == []
    assert levels("PQL115", page(f"{P95} * 1000", None, 20000)) == [WARNING]
    assert levels("PQL115", page(f"{P95} * 1000", None, 20)) == []


def test_a_threshold_that_is_no_value_of_the_query_is_not_judged() -> None:
    example = page(P95, None, 20)
    assert example.page is not None
    (panel,) = example.page["panels"]
    percentages = panel | _defaults(thresholds={"mode": "percentage", "steps": [{"color": "red", "value": 20}]})
    transformed = panel | {"transformations": [{"id": "calculateField", "options": {}}]}
    two = panel | {"targets": [*panel["targets"], panel["targets"][0] | {"refId": "B", "expr": "queue_depth"}]}
    for other in (percentages, transformed, two):
        assert levels("PQL115", Example(page={**example.page, "panels": [other]})) == []


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        (f"{P95} > 2", [INFO]),
        (f"{P95} > 2.5", []),
        (f"{P95} > 0.05", [INFO]),
        (f"{P95} > 10", []),
        (f"{P95} < 2", [INFO]),
    ],
)
def test_between_two_buckets_a_line_decides(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL116", promql) == expected


def test_buckets_reach_what_is_normal() -> None:
    quantile = "histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m])))"
    assert levels("PQL117", quantile, with_buckets(0.1, 0.5, 1, 5, expected=30)) == [WARNING]
    assert levels("PQL117", quantile, with_buckets(0.1, 0.5, 1, 30, expected=30)) == []
    assert levels("PQL117", quantile, with_buckets(0.1, 0.5, 2)) == []
    assert levels("PQL117", quantile, with_buckets(0.1, 0.5, 1)) == [WARNING]
    assert levels("PQL117", quantile) == [] == unknown("PQL117", quantile)


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        (f"histogram_quantile(0.9, {BUCKET})", [ERROR]),
        (f"histogram_quantile(0.9, sum by (le) ({BUCKET}))", [ERROR]),
        (f"histogram_quantile(0.9, {RATE})", []),
        (f"histogram_quantile(0.9, sum by (le) ({BUCKET} - {BUCKET} offset 5m))", []),
        (f"histogram_quantile(0.9, sum({BUCKET}))", []),
    ],
)
def test_a_quantile_of_everything_since_the_start(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL122", promql) == expected


def test_on_a_page_grafana_knows_the_window() -> None:
    (finding,) = found("PQL122", f"histogram_quantile(0.9, sum by (le) ({BUCKET}))")
    assert fixed(finding) == f"histogram_quantile(0.9, sum by (le) (rate({BUCKET}[$__rate_interval])))"


@pytest.mark.parametrize("shift", ["offset 1h", "@ 5"])
def test_what_is_shifted_in_time_is_left_to_the_person(shift: str) -> None:
    (finding,) = found("PQL122", f"histogram_quantile(0.9, {BUCKET} {shift})")
    assert finding.edit is None


def test_how_far_an_alert_looks_back_is_the_persons_choice() -> None:
    (finding,) = found("PQL122", f"histogram_quantile(0.9, sum by (le) ({BUCKET})) > 1", reader="alert")
    assert finding.edit is None


def test_without_a_catalog_a_raw_quantile_may_be_meant() -> None:
    assert unknown("PQL122", "histogram_quantile(0.9, sum by (le) (x_bucket))") == [WARNING]
    assert unknown("PQL122", "histogram_quantile(0.9, sum by (le) (x))") == []


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        (f"histogram_quantile(0.9, {RATE})", [WARNING]),
        (P95, []),
        (f'histogram_quantile(0.9, rate({BUCKET}{{instance="a"}}[5m]))', []),
        (f'histogram_quantile(0.9, rate({BUCKET}{{instance="$instance"}}[5m]))', []),
        (f"histogram_quantile(0.9, sum by (instance, le) ({RATE}))", []),
        (f'histogram_quantile(0.9, rate({BUCKET}{{instance=~"a.*"}}[5m]))', [WARNING]),
        (f'histogram_quantile(0.9, rate({BUCKET}{{handler="a"}}[5m]))', [WARNING]),
    ],
)
def test_a_quantile_is_that_of_the_service(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL140", promql) == expected


def test_a_legend_that_names_the_replica_means_it() -> None:
    quantile = f"histogram_quantile(0.9, {RATE})"
    assert levels("PQL140", page(quantile, legendFormat="{{instance}}")) == []
    assert levels("PQL140", page(quantile, legendFormat="{{handler}}")) == [WARNING]


def test_an_alert_that_names_the_replica_means_it() -> None:
    rules = """
groups: [{name: g, rules: [{alert: A, expr: 'EXPR > 1', annotations: {summary: 'slow: {{ $labels.instance }}'}}]}]
""".replace("EXPR", f"histogram_quantile(0.9, {RATE})")
    assert levels("PQL140", Example(rules=rules)) == []
    assert levels("PQL140", Example(rules=rules.replace("instance", "handler"))) == [WARNING]


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        (f"avg(histogram_quantile(0.9, sum by (handler, le) ({RATE})))", [WARNING]),
        (f"sum by (job) (histogram_quantile(0.9, sum by (handler, le) ({RATE})))", [WARNING]),
        (f"max(histogram_quantile(0.9, sum by (handler, le) ({RATE})))", []),
        # one series for each group already
        (f"avg({P95})", []),
        (f"avg by (handler) (histogram_quantile(0.9, sum by (handler, le) ({RATE})))", []),
        ("avg(queue_depth)", []),
    ],
)
def test_quantiles_are_not_averaged(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL141", promql) == expected


def test_the_buckets_are_added_up_by_what_is_kept() -> None:
    quantile = f"(histogram_quantile(0.9, sum by (handler, job, le) ({RATE})))"
    (by,) = found("PQL141", f"avg by (handler) {quantile}")
    (without,) = found("PQL141", f"avg without (handler) {quantile}")
    assert "sum by (handler, le) (rate" in by.hint
    assert "sum (rate" in without.hint


def test_quantiles_are_not_averaged_whatever_they_are_of() -> None:
    assert unknown("PQL141", "avg(histogram_quantile(0.9, rate(x_bucket[5m])))") == [WARNING]


def test_a_summary_has_quantiles_too() -> None:
    assert levels("PQL141", "avg(http_response_size_bytes)") == [WARNING]
    assert levels("PQL141", "sum(rate(http_response_size_bytes_sum[5m]))") == []


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ("sum(gpu_memory_used_bytes / gpu_memory_total_bytes)", [WARNING]),
        ("avg(gpu_memory_used_bytes / gpu_memory_total_bytes)", []),
        ("sum(gpu_memory_used_bytes) / sum(gpu_memory_total_bytes)", []),
        ('avg(rate(http_requests_total{status="5xx"}[5m]) / ignoring(status) rate(http_requests_total[5m]))', [INFO]),
        ("sum(queue_depth / on (job) group_left sum by (job) (queue_depth))", [INFO]),
        ("sum(avg_over_time(model_loaded[1d]))", []),
    ],
)
def test_ratios_are_not_added(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL142", promql) == expected


def test_a_catalog_that_is_not_ours_says_the_same() -> None:
    assert levels("PQL110", "http_request_duration_seconds", Catalogs((replace(EXAMPLE, domain="other"),))) == [ERROR]
    assert KNOWN.find(BUCKET) is not None
