"""PQL140 to PQL142: quantiles and ratios that are shown by replica, averaged or added."""

import pytest

from cli.lint.finding import Severity
from cli.lint.rule import Example
from tests.lint.rules.found import found, levels, unknown
from tests.lint.rules.latency import BUCKET, P95, RATE, page

WARNING, INFO = Severity.WARNING, Severity.INFO


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
