"""The world is one that could be: histograms agree with themselves, a part is less than its whole."""

from itertools import pairwise

import pytest

from queries import Gauge, Histogram
from queries.promql import bucket
from tests.prometheus import catalogs
from tests.prometheus.clock import FINE, NOW, REPLICAS, RESTARTS
from tests.prometheus.lifelike import Series, World

METRICS = catalogs.metrics()
COUNTERS = ("_total", "_count", "_sum", "_bucket")


def _fine(series: Series) -> list[float]:
    return list(series.values[series.between(NOW - FINE, NOW)])


def _name(metric: Histogram | Gauge) -> str:
    return f"{metric.role}-{metric.name}"


@pytest.mark.parametrize("metric", [one for one in METRICS if isinstance(one, Histogram)], ids=_name)
def test_a_histogram_agrees_with_itself(metric: Histogram, world: World) -> None:
    assert metric.role is not None
    for count in world.select(f"{metric.name}_count", job=metric.role.job):
        of_it = dict(count.labels)
        bounds = [world.select(f"{metric.name}_bucket", **of_it, le=bucket(one))[0] for one in metric.buckets]
        everything = world.select(f"{metric.name}_bucket", **of_it, le="+Inf")[0]
        (added,) = world.select(f"{metric.name}_sum", **of_it)
        assert everything.values == count.values
        below = [_fine(one) for one in (*bounds, everything)]
        for place, total in enumerate(_fine(added)):
            cumulative = [column[place] for column in below]
            assert cumulative == sorted(cumulative)
            inside = [late - soon for soon, late in pairwise((0.0, *cumulative))]
            least = sum(n * low for n, low in zip(inside, (0.0, *metric.buckets), strict=True))
            assert least <= total <= sum(n * 2 * high for n, high in zip(inside, (*metric.buckets, 1e9), strict=True))


@pytest.mark.parametrize("metric", [one for one in METRICS if isinstance(one, Gauge)], ids=_name)
def test_a_gauge_stays_within_its_ends(metric: Gauge, world: World) -> None:
    assert metric.role is not None
    for one in world.select(metric.name, job=metric.role.job):
        assert metric.low is None or min(one.values) >= metric.low
        assert metric.high is None or max(one.values) <= metric.high


def test_a_counter_falls_only_where_its_process_restarts(world: World) -> None:
    for name, many in world.series.items():
        for one in many if name.endswith(COUNTERS) and name != "tokens_generated_total" else ():
            restart = RESTARTS[REPLICAS.index(one.labels["instance"])]
            falls = [
                at / 1000 for at, (soon, late) in zip(one.times[1:], pairwise(one.values), strict=True) if late < soon
            ]
            assert all(restart < at < restart + 6 * 60 for at in falls), name
            assert len(falls) <= 1


def test_parts_are_less_than_wholes(world: World) -> None:
    pairs = [
        ("gpu_memory_used_bytes", "gpu_memory_total_bytes"),
        ("node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"),
        ("prediction_correct_total", "prediction_total"),
    ]
    for part, whole in pairs:
        for one in world.series[part]:
            (other,) = world.select(whole, **one.labels)
            assert all(low <= high for low, high in zip(one.values, other.values, strict=True))


def test_a_cpu_spends_one_second_a_second(world: World) -> None:
    for idle in world.select("node_cpu_seconds_total", mode="idle"):
        modes = world.select("node_cpu_seconds_total", cpu=idle.labels["cpu"], instance=idle.labels["instance"])
        span = idle.between(NOW - 1000, NOW)
        spent = sum(one.values[span][-1] - one.values[span][0] for one in modes)
        assert spent == pytest.approx((idle.times[span][-1] - idle.times[span][0]) / 1000, rel=1e-3)


def test_the_closed_values_of_a_label_are_all_there(world: World) -> None:
    for metric in METRICS:
        series = [one for name in (metric.name, f"{metric.name}_count") for one in world.series.get(name, ())]
        for label in metric.own:
            assert set(label.values) <= {one.labels.get(label.name) for one in series}


def test_nothing_happens_on_a_whole_second(world: World) -> None:
    assert all(one.times[-1] % 1000 for many in world.series.values() for one in many)
