"""PQL110 to PQL112: which buckets there are, how their bounds are written, and what a sum of them counts."""

from dataclasses import replace

import pytest

from cli.lint.example import EXAMPLE
from cli.lint.finding import Severity
from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.unit import SECONDS
from tests.lint.rules.found import KNOWN, fixed, found, levels, unknown
from tests.lint.rules.latency import BUCKET, P95, RATE

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
NATIVE = Catalogs((Catalog("n", (Exposed("latency_seconds", "histogram", SECONDS, native=True),)),))


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


def test_a_catalog_that_is_not_ours_says_the_same() -> None:
    assert levels("PQL110", "http_request_duration_seconds", Catalogs((replace(EXAMPLE, domain="other"),))) == [ERROR]
    assert KNOWN.find(BUCKET) is not None


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
        (f"(up and sum({RATE})) > 0", [INFO]),
        (f"up unless on () sum({RATE})", [INFO]),
        (f"sum({RATE}) and up", [ERROR]),
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
