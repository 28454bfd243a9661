"""How one series goes: straight lines one after the other, a restart, a missed scrape, an end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

#: So long after its last sample a series still has a value (seconds); Prometheus' own default.
LOOKBACK = 300.0
#: Of the 53 that a number has.
BITS = 34


class Pace(NamedTuple):
    """How a series goes as long as nothing happens.

    Attributes:
        level: where it begins; a counter goes on from where it is.
        slope: by how much it rises each second; `steps` likewise, but in whole steps.
    """

    level: float = 0.0
    slope: float = 0.0
    steps: float = 0.0

    def after(self, samples: int, interval: float) -> float:
        """The value so many samples after the beginning."""
        return self.level + exact(self.slope * interval) * samples + self.stepped(samples, interval)

    def stepped(self, samples: int, interval: float) -> float:
        """The whole steps of so many samples."""
        return math.copysign(math.floor(abs(self.steps) * samples * interval + 1e-9), self.steps) if self.steps else 0.0


@lru_cache(4096)
def exact(step: float) -> float:
    """A step so short in binary that a thousand of them add up without an error: a counter may never seem to fall."""
    if not step or not math.isfinite(step) or abs(step - round(step)) < abs(step) * 1e-9:
        return float(round(step)) if math.isfinite(step) else step
    mantissa, exponent = math.frexp(step)
    return math.ldexp(round(mantissa * 2**BITS), exponent - BITS)


class Stage(NamedTuple):
    """A pace, from a sample on; None where there is no series any more. `fresh`: its process began again."""

    begins: int
    pace: Pace | None
    fresh: bool = False


@dataclass(frozen=True)
class Track:
    """One series.

    Attributes:
        stages: the first begins at 0.
        interval: seconds between two samples.
        counts: whether it is a counter, which goes on from stage to stage.
        missed: the samples that are missing.
    """

    stages: tuple[Stage, ...]
    interval: float
    counts: bool = False
    missed: frozenset[int] = field(default=frozenset())

    @cached_property
    def _lines(self) -> tuple[tuple[int, Pace | None, float, int], ...]:
        """For each stage where it begins, its pace, what it goes on from, and since which sample."""
        lines: list[tuple[int, Pace | None, float, int]] = []
        for begins, pace, fresh in self.stages:
            base, since = 0.0, begins
            if self.counts and begins:
                since = begins - 1
                _, before, level, then = lines[-1]
                if before is not None and not fresh:
                    base = level + before.after(since - then, self.interval)
            lines.append((begins, pace, base, since))
        return tuple(lines)

    def value(self, index: int) -> float | None:
        """The sample; None where there is none."""
        if index < 0 or index in self.missed:
            return None
        _, pace, base, since = self._line(index)
        return None if pace is None else base + pace.after(index - since, self.interval)

    def _line(self, index: int) -> tuple[int, Pace | None, float, int]:
        lines = self._lines
        at = len(lines) - 1
        while at and lines[at][0] > index:
            at -= 1
        return lines[at]

    def latest(self, when: float) -> float | None:
        """What a selector finds at a moment: the last sample, unless it is too old or the series has ended."""
        index = math.floor(when / self.interval + 1e-9)
        while index >= 0 and when - index * self.interval <= LOOKBACK:
            found = self.value(index)
            if found is not None or index not in self.missed:
                return found
            index -= 1
        return None

    def between(self, begin: float, end: float) -> list[tuple[float, float]]:
        """The samples of a window, both ends included: when, and what."""
        interval = self.interval
        first, last = max(0, math.ceil(begin / interval - 1e-9)), math.floor(end / interval + 1e-9)
        found: list[tuple[float, float]] = []
        lines = self._lines
        for number, (begins, pace, base, since) in enumerate(lines):
            ends = lines[number + 1][0] - 1 if number + 1 < len(lines) else last
            if pace is None or ends < first or begins > last:
                continue
            low, step = base + pace.level, exact(pace.slope * interval)
            for index in range(max(first, begins), min(last, ends) + 1):
                if index not in self.missed:
                    risen = pace.stepped(index - since, interval) if pace.steps else 0.0
                    found.append((index * interval, low + step * (index - since) + risen))
        return found

    def notation(self, samples: int) -> str:
        """So many samples as promtool's tests write them."""
        ends = (*(begins for begins, *_ in self.stages[1:]), samples)
        parts: list[str] = []
        for stage, end in zip(self.stages, ends, strict=True):
            if stage.begins >= samples:
                break
            parts += self._written(stage, min(end, samples), ended=bool(parts) and parts[-1] != "stale")
        return " ".join(parts)

    def _written(self, stage: Stage, end: int, *, ended: bool) -> Iterator[str]:
        if stage.pace is None:
            nothing = end - stage.begins
            if ended:
                yield "stale"
                nothing -= 1
            if nothing:
                yield f"_x{nothing}"
            return
        cuts = sorted({stage.begins, end, *self._cuts(stage, end)})
        for first, after in pairwise(cuts):
            if first in self.missed:
                yield "_"
                continue
            start = self.value(first) or 0.0
            step = exact(stage.pace.slope * self.interval)
            yield _number(start) if after - first == 1 else f"{_number(start)}{_signed(step)}x{after - first - 1}"

    def _cuts(self, stage: Stage, end: int) -> Iterator[int]:
        """Where the straight line is interrupted."""
        for one in self.missed:
            if stage.begins <= one < end:
                yield one
                yield min(one + 1, end)
        if stage.pace is not None and stage.pace.steps:
            yield from range(stage.begins, end)


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


def _signed(value: float) -> str:
    return f"{'' if value < 0 else '+'}{_number(value)}"
