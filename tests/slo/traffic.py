"""What an objective counts, minute by minute: how much came and how much of it was bad, on each replica."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from queries import Slo
from queries.events import Events, events
from queries.expr import Aggregate, selects
from tests.prometheus.alert_series import FIRST, SECOND, Place, lines

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Phase:
    """A time in which nothing changes.

    Attributes:
        minutes: how long.
        bad: the share that goes wrong.
        per_second: how much comes.
        restarts: whether the process starts anew with it, and its counters at 0.
        scraped: whether its series are there.
    """

    minutes: int
    bad: float
    per_second: float = 10.0
    restarts: bool = False
    scraped: bool = True


Life = Sequence[Phase]


def everywhere(*phases: Phase) -> dict[str, Life]:
    """Two replicas that live through the same."""
    return {FIRST: phases, SECOND: phases}


def series(slo: Slo, lives: Mapping[str, Life], apart: int = MINUTE) -> list[dict[str, str]]:
    """The objective's counters for promtool, a sample every so many seconds."""
    counted = events(slo.good, slo.bad, slo.total)
    made = []
    for instance, life in lives.items():
        slopes = [_slopes(counted, one, instance) for one in life]
        made += [{"series": name, "values": _values(life, [one[name] for one in slopes], apart)} for name in slopes[0]]
    return made


def bad_and_total(lives: Mapping[str, Life], minute: int) -> tuple[float, float]:
    """How many there have been by then, the bad ones and all: what truly happened, whatever the counters say."""
    bad = total = 0.0
    for life in lives.values():
        left = minute
        for phase in life:
            here = min(left, phase.minutes)
            bad += here * MINUTE * phase.per_second * phase.bad
            total += here * MINUTE * phase.per_second
            left -= here
    return bad, total


def _slopes(counted: Events, phase: Phase, instance: str) -> dict[str, float]:
    """How much a second each series rises."""
    part, whole = counted.part.expr, counted.total.expr
    assert isinstance(part, Aggregate)
    assert isinstance(whole, Aggregate)
    share = phase.bad if counted.are_bad else 1 - phase.bad
    picked = {match for one in selects(part) for match in one.match} - {m for one in selects(whole) for m in one.match}
    within = {one.name for one in selects(part)} == {one.name for one in selects(whole)}
    rest = Place(instance, avoid=tuple(sorted(picked))) if within else Place(instance)
    some = lines(part.of, share * phase.per_second, Place(instance))
    others = lines(whole.of, (1 - share if within else 1) * phase.per_second, rest)
    return {name: line.slope for name, line in (some | others).items()}


def _values(life: Life, slopes: Sequence[float], apart: int) -> str:
    """In promtool's notation: the first sample is 0, and each later one tells of the time since the one before."""
    parts, reached = ["0"], 0.0
    for phase, slope in zip(life, slopes, strict=True):
        step, samples = slope * apart, phase.minutes * MINUTE // apart
        start = step if phase.restarts else reached + step
        # as promtool adds: a sum that differs in its last digit would be a fall, and a fall is a restart
        reached = reduce(lambda so_far, _: so_far + step, range(samples - 1), start)
        parts.append(f"{start!r}+{step!r}x{samples - 1}" if phase.scraped else f"_x{samples}")
    return " ".join(parts)
