"""PQL113, PQL114 and PQL122: what a quantile is asked for, and of what."""

import pytest

from cli.lint.finding import Severity
from queries.catalog import NOTHING
from tests.lint.rules.found import fixed, found, levels, unknown
from tests.lint.rules.latency import BUCKET, P95, RATE

ERROR, WARNING = Severity.ERROR, Severity.WARNING


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
        (f"histogram_quantile(0.9, {BUCKET})", [ERROR]),
        (f"histogram_quantile(0.9, sum by (le) ({BUCKET}))", [ERROR]),
        (f"histogram_quantile(0.9, {RATE})", []),
        (f"histogram_quantile(0.9, sum by (le) ({BUCKET} - {BUCKET} offset 5m))", []),
        (f"histogram_quantile(0.9, sum({BUCKET}))", []),
    ],
)
def test_a_quantile_of_everything_since_the_start(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL122", promql) == expected


def test_a_name_alone_does_not_say_that_its_buckets_are_counters() -> None:
    (finding,) = found("PQL122", "histogram_quantile(0.9, sum by (le) (x_bucket))", NOTHING)
    assert (finding.severity, finding.message.endswith("unless its buckets are gauges")) == (WARNING, True)


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
