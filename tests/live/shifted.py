"""The world of May 2024, as if it had happened just before now, and with fewer samples where nobody looks closely."""

from __future__ import annotations

from array import array
from dataclasses import replace

from queries import SECONDS, TIMESTAMP
from queries.taskmaster.metrics import LATENCY
from queries.taskmaster.numbers import PROMISED_LATENCY
from tests.prometheus import catalogs
from tests.prometheus.clock import DAY, FINE, HOUR, NOW
from tests.prometheus.lifelike import Series, World, lifelike

#: Where pages look closely, in seconds before the end: now, and a week ago, from which an hour of it is left.
CLOSE = ((0, FINE), (7 * DAY - HOUR, 7 * DAY + FINE))
#: Elsewhere one sample of so many: one an hour.
ONE_OF = 12


def until(end: float) -> World:
    """The lifelike world, whose last samples are at `end`, in Unix seconds."""
    world, later = lifelike(), round(end - NOW)
    moments = {one.name for one in catalogs.metrics() if one.unit == TIMESTAMP}
    _keep_promise(world)
    times: dict[int, tuple[list[int], array[int]]] = {}
    for name, several in world.series.items():
        world.series[name] = [_later(one, later, times, moments) for one in several]
    return world


def _keep_promise(world: World) -> None:
    """That world's tasks are spread over all buckets, half of them beyond the promise; these are all within it."""
    name, promised = f"{LATENCY.name}_bucket", PROMISED_LATENCY.to(SECONDS).value
    kept = []
    for one in world.series[name]:
        others = {label: value for label, value in one.labels.items() if label != "le"}
        [whole] = world.select(name, **others, le="+Inf")
        kept.append(replace(one, values=whole.values) if float(one.labels["le"]) >= promised else one)
    world.series[name] = kept


def _later(series: Series, seconds: int, known: dict[int, tuple[list[int], array[int]]], moments: set[str]) -> Series:
    """A series so much later; those of one target share their times, for they are written once."""
    if id(series.times) not in known:
        # what Prometheus recorded has no labels here, and windows of days read every sample of it
        kept = [at for at, one in enumerate(series.times) if not series.labels or _is_kept(at, NOW - one / 1000)]
        known[id(series.times)] = kept, array("q", (series.times[at] + 1000 * seconds for at in kept))
    kept, times = known[id(series.times)]
    values = array("d", (series.values[at] for at in kept))
    if series.name in moments:  # 0 is never, then as now
        values = array("d", (one + seconds if one else one for one in values))
    return replace(series, times=times, values=values)


def _is_kept(at: int, before: float) -> bool:
    return at % ONE_OF == 0 or any(low <= before <= high for low, high in CLOSE)
