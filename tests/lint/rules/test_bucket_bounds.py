"""PQL115 to PQL117: what the bounds of its buckets let a quantile tell."""

import pytest

from cli.lint.finding import Severity
from cli.lint.rule import Example
from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.unit import SECONDS
from tests.lint.rules.found import levels, unknown
from tests.lint.rules.latency import P95, defaults, page

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def with_buckets(*bounds: float, expected: float | None = None) -> Catalogs:
    histogram = Exposed("latency_seconds", "histogram", SECONDS, buckets=bounds, expected_max=expected)
    return Catalogs((Catalog("b", (histogram,)),))


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
    percentages = panel | defaults(thresholds={"mode": "percentage", "steps": [{"color": "red", "value": 20}]})
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
