"""Each shape of an alert's expression has its scenarios, and Prometheus agrees with all of them."""

from __future__ import annotations

import pytest

from cli.scenarios.derive import Underivable
from queries.scenario import Scenario
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.derive.tried import alert, groups, scenarios, verdicts

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

SHAPES = {
    "a flag": 'up{job="api"} == 0',
    "a flag that must be another": 'mode{job="api"} != 1',
    "a gauge": "queue_depth > 100",
    "a number that comes first": "0.7 > avg by (job) (score)",
    "a sum of replicas": "sum by (model) (queue_depth) > 100",
    "the greatest": "max by (metric) (drift) > 0.15",
    "the least": "min(loaded) == 0",
    "a sum without a label": "sum without (instance) (queue_depth) > 100",
    "a rate": "sum(rate(errors_total[5m])) > 0.1",
    "a rate of the moment": 'avg without (cpu) (irate(cpu_total{mode="user"}[2m])) > 0.9',
    "an increase": "sum(increase(tokens_total[1h])) > 500000",
    "an increase of nothing": "sum(increase(requests_total[5m])) == 0",
    "a share of a whole": 'sum(rate(r_total{code=~"5.."}[5m])) / sum(rate(r_total[5m])) > 0.05',
    "a share of a whole that may have no part": (
        '(sum by (job) (rate(r_total{status="5xx"}[5m])) or sum by (job) (rate(r_total[5m])) * 0)'
        " / sum by (job) (rate(r_total[5m])) > 0.05"
    ),
    "a ratio of two metrics": "used_bytes / on (instance) total_bytes * 100 > 95",
    "what is left of one": '1 - avg by (instance) (rate(cpu_total{mode="idle"}[5m])) > 0.9',
    "a quantile": "histogram_quantile(0.95, sum by (le, model) (rate(latency_seconds_bucket[5m]))) > 2",
    "a quantile in milliseconds": "histogram_quantile(0.9, sum by (le) (rate(l_bucket[5m]))) * 1000 > 250",
    "a mean": "sum(rate(latency_sum[5m])) / sum(rate(latency_count[5m])) > 0.3",
    "a share below a bound": '1 - sum(rate(l_bucket{le="0.3"}[5m])) / sum(rate(l_count[5m])) > 0.05',
    "an age": "time() - last_backup_seconds > 86400",
    "a time that comes": "(certificate_not_after - time()) / 86400 < 7",
    "nobody there": 'absent(up{job="api"})',
    "either": 'avg(score{of="all"}) < 0.7 or absent(score{of="all"})',
    "a guard": "sum(rate(e_total[5m])) / sum(rate(r_total[5m])) > 0.1 and sum(rate(r_total[5m])) > 1",
    "an excuse": "up == 0 unless on (instance) maintenance == 1",
    "another series": "desired_replicas != ready_replicas",
    "a series that is a limit": "open_files > max_files * 0.8",
    "the past": "sum(rate(r_total[30m])) < sum(rate(r_total[30m] offset 1d)) * 0.5",
    "a flag as a number": '(up{job="api"} == bool 0) * weight > 3',
    "a slope": "deriv(temperature[10m]) > 0.5",
    "a change": "delta(temperature[1h]) > 20",
    "what will be": "predict_linear(free_bytes[1h], 4 * 3600) < 0",
    "an average over time": "avg_over_time(probe_success[1h]) * 100 < 99",
    "the least over time": "min_over_time(queue_length[10m]) > 0",
    "how often it changes": "changes(started_seconds[15m]) > 2",
    "how often it falls": "resets(requests_total[1h]) > 3",
    "a level that cannot be passed": "clamp_max(sum by (q) (queue_len) / 100, 1) > 0.9",
    "two windows": (
        'sum(rate(r_total{code="500"}[1h])) / sum(rate(r_total[1h])) > 0.14'
        ' and sum(rate(r_total{code="500"}[5m])) / sum(rate(r_total[5m])) > 0.14'
    ),
    "a subquery": "max_over_time(sum(rate(r_total[5m]))[30m:1m]) > 10",
}


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[dict[str, Scenario], list[Underivable]]]:
    return {shape: scenarios(alert(expr)) for shape, expr in SHAPES.items()}


@pytest.fixture(scope="module")
def wrong() -> dict[str, dict[str, list[str]]]:
    """What promtool has against the scenarios of each shape: all shapes are one file, so that it is asked once."""
    names = {shape: f"Shape{number}" for number, shape in enumerate(SHAPES)}
    rules = [alert(expr, name=names[shape]) for shape, expr in SHAPES.items()]
    shapes: list[str] = []
    every: list[Scenario] = []
    for shape, rule in zip(SHAPES, rules, strict=True):
        found, _ = scenarios(rule)
        shapes += [shape] * len(found)
        every += found.values()
    told: dict[str, dict[str, list[str]]] = {shape: {} for shape in SHAPES}
    for shape, one in zip(shapes, verdicts(groups(rules), every), strict=True):
        if not one.passed:
            told[shape][one.name] = [fault.what for fault in one.faults]
    return told


@pytest.mark.parametrize("shape", SHAPES)
def test_prometheus_agrees_with_every_scenario_of_a_shape(shape: str, wrong: dict[str, dict[str, list[str]]]) -> None:
    assert wrong[shape] == {}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_seen_firing_and_silent(
    shape: str, made: dict[str, tuple[dict[str, Scenario], list[Underivable]]]
) -> None:
    found, untold = made[shape]
    kinds = {name.split(" (")[0].rpartition(": ")[2] for name in found}
    assert {"fires", "silent", "resolves"} <= kinds, untold
