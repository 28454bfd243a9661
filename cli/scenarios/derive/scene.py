"""An expression with the series that it needs, at rest: what it gives when they have been so for long."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cli.scenarios.derive.cast import Actor
from cli.scenarios.derive.condition import Clause, Never, Test
from cli.scenarios.derive.evaluate import evaluated
from cli.scenarios.derive.knobs import usual
from cli.scenarios.derive.operators import Vector
from cli.scenarios.derive.parts import Part
from cli.scenarios.derive.stage import Phase, Play, State, Tracks
from cli.scenarios.derive.uses import uses
from cli.scenarios.derive.world import Recorded
from queries.expr import Binary, Expr, Number


@dataclass(frozen=True, eq=False)
class Scene:
    """The parts that an expression needs.

    Attributes:
        expr: all of it.
        cast: its parts; `troupe` the series of the one that is judged.
        interval: seconds between two samples.
        reach: seconds that its oldest sample may be ago; `past` how much of that is an offset.
        tests: the comparisons that judge.
        tracks: the series that were made up to now.
    """

    expr: Expr
    recorded: Mapping[str, Sequence[Recorded]]
    cast: tuple[Part, ...]
    troupe: tuple[Actor, ...]
    interval: float
    reach: float
    past: float
    tests: tuple[Binary, ...] = ()
    tracks: Tracks = field(default_factory=dict, repr=False)

    @cached_property
    def warm(self) -> int:
        """After so many samples everything that looks back sees only what is."""
        return math.ceil(self.reach / self.interval) + 2

    @cached_property
    def settling(self) -> int:
        """After so many samples everything that does not look at the past sees only what is."""
        return math.ceil((self.reach - self.past) / self.interval) + 2

    @cached_property
    def usual(self) -> State:
        """How everything is as long as nobody turns anything."""
        return usual(self.cast, self.tests)

    def rest(self, expr: Expr, state: State, before: State | None = None) -> Vector | float:
        """What an expression gives when it has been so for long; its past was as it was before."""
        phases, at = [Phase(0, state)], self.warm
        if self.past and before is not None:
            phases, at = [Phase(0, before), Phase(self.warm, state)], self.warm + self.settling
        play = Play(self.cast, self.troupe, tuple(phases))
        return evaluated(expr, play.world(self.interval, self.recorded, self.tracks), at * self.interval)

    def holds(self, expr: Expr, state: State, before: State | None = None) -> bool:
        """Whether it then has a series."""
        value = self.rest(expr, state, before)
        return bool(value) if isinstance(value, dict) else True

    def clause(self, clause: Clause, state: State, before: State | None = None) -> bool:
        """Whether a clause then holds."""
        held = self.holds(clause.expr, state, before)
        return not held if isinstance(clause, Never) else held

    def measured(self, test: Test, state: State, before: State | None = None) -> tuple[float, float] | None:
        """The number and its limit; None where there is no number."""
        limit = test.limit.value if isinstance(test.limit, Number) else self.rest(test.limit, state, before)
        if isinstance(limit, float):
            values = _values(self.rest(test.judged, state, before))
            if not values:
                return None
            return (max(values) if test.op.startswith(">") else min(values)), limit
        compared = test.compared
        apart = _values(self.rest(Binary("-", compared.left, compared.right, compared.matching), state, before))
        limits = _values(limit)
        if not limits or not apart:
            return None
        return limits[0] + (apart[0] if test.judged is compared.left else -apart[0]), limits[0]

    def without(self, expr: Expr, state: State) -> State:
        """The state in which no series of an expression is there."""
        gone = list(uses(expr, self.recorded))
        return tuple(None if any(map(part.plays, gone)) else own for part, own in zip(self.cast, state, strict=True))


def _values(of: Vector | float) -> list[float]:
    return [of] if isinstance(of, float) else [value for value in of.values() if not math.isnan(value)]
