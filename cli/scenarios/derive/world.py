"""A world that is made up: series by name, and what recording rules make of them."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from cli.scenarios.derive.labels import Labels, picks
from cli.scenarios.derive.track import Track
from queries.duration import milliseconds
from queries.expr import Expr, Select


class Recorded(NamedTuple):
    """A recording rule: its name, its expression, the labels that it adds.

    `reach`: seconds that the oldest sample that it looks at may be ago.
    """

    name: str
    expr: Expr
    labels: tuple[tuple[str, str], ...] = ()
    reach: float = 0.0


@dataclass(frozen=True, eq=False)
class World:
    """Everything there is.

    Attributes:
        interval: seconds between two samples, and between two evaluations of the rules.
        series: the series of each name.
        recorded: the recording rules of each name.
        breaks: the samples at which something changes; empty where something changes all the time.
        remembered: what they recorded, as far as somebody asked.
    """

    interval: float
    series: Mapping[str, Sequence[tuple[Labels, Track]]]
    recorded: Mapping[str, Sequence[Recorded]]
    breaks: tuple[int, ...] = ()
    remembered: dict[tuple[str, int], dict[Labels, float]] = field(default_factory=dict, repr=False)

    def picked(self, select: Select) -> Iterator[tuple[Labels, Track]]:
        """The series that a selector finds, recordings not among them."""
        for of, track in self.series.get(select.name, ()):
            if picks(select.match, of):
                yield of, track

    def alike(self, index: int, reach: float) -> int:
        """The first sample at which what looks so far back sees the same as at this one."""
        last = -1
        for one in self.breaks:
            if one > index:
                break
            last = one
        return index if last < 0 else min(index, last + math.ceil(reach / self.interval) + 2)

    def until(self, index: int, reach: float) -> int:
        """The first sample behind this one at which it may see something else."""
        if self.alike(index, reach) == index and self.alike(index + 1, reach) != index:
            return index + 1
        return next((one for one in self.breaks if one > index), sys.maxsize)

    def finds(self, select: Select, of: Labels) -> bool:
        """Whether a selector of that name finds a series."""
        return picks(select.match, of)


@lru_cache(1024)
def span(text: str) -> float:
    """A duration in seconds, negative ones too; nothing is no time."""
    if not text:
        return 0.0
    return -milliseconds(text[1:]) / 1000 if text.startswith("-") else milliseconds(text) / 1000
