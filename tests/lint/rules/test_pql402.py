"""PQL402: a share that is compared with more than the whole, also where no catalog knows the metric."""

import pytest

from tests.lint.rules.alerts import NOTHING, alert, severities


@pytest.mark.parametrize(
    "expr",
    [
        'sum(rate(x{code="500"}[5m])) / sum(rate(x[5m])) > 5',
        'sum by (job) (increase(x{code=~"5.."}[5m])) / sum by (job) (increase(x[5m])) >= 2',
        'rate(x{job="a", code="500"}[5m]) / ignoring (code) group_left () rate(x{job="a"}[5m]) > 1',
        'count(x{code="500"}) / count(x) > 1',
        '5 < sum(sum by (job) (rate(x{code="500"}[5m]))) / sum(sum by (job) (rate(x[5m])))',
    ],
)
def test_a_part_is_never_more_than_its_whole_whoever_knows_the_metric(expr: str) -> None:
    assert severities("PQL402", alert(expr), known=NOTHING) == ["error"]


@pytest.mark.parametrize(
    "expr",
    [
        'sum(rate(x{code="500"}[5m])) / sum(rate(x[5m])) > 0.05',
        'sum(rate(x{code="500"}[5m])) / sum(rate(x[5m])) >= 1',
        'sum(rate(x{code="500"}[5m])) / sum(rate(y[5m])) > 5',
        'sum(rate(x{code="500"}[5m])) / sum(rate(x{code="200"}[5m])) > 5',
        'sum(rate(x{code="500"}[5m])) / sum(rate(x[1h])) > 5',
        'sum(x{side="credit"}) / sum(x) > 5',
        'sum(deriv(x{side="credit"}[5m])) / sum(deriv(x[5m])) > 5',
        'avg(rate(x{code="500"}[5m])) / avg(rate(x[5m])) > 5',
    ],
)
def test_what_may_be_more_than_one_is_let_pass(expr: str) -> None:
    assert severities("PQL402", alert(expr), known=NOTHING) == []
