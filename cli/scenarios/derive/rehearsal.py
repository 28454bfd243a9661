"""A play watched in advance: when its alert would be silent, pending, firing, so that a scenario can say the times."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cli.scenarios.derive.evaluate import vector
from cli.scenarios.derive.labels import Labels
from cli.scenarios.derive.operators import Vector
from cli.scenarios.derive.scene import Scene
from cli.scenarios.derive.stage import Play
from cli.scenarios.derive.unsolved import Unsolved
from cli.scenarios.derive.world import World
from queries.duration import spelled
from queries.expr import Expr


@dataclass(frozen=True)
class Judge:
    """The alert.

    Attributes:
        name: its own; `expr` its condition.
        lasting: seconds that it must hold; `keeping` that it goes on firing.
        labels: what the rule adds, as far as no template fills it in; `filled` the names of the others.
        twin: whether another alert has the name, so that only the labels tell them apart.
    """

    name: str
    expr: Expr
    lasting: float
    keeping: float
    labels: Mapping[str, str]
    twin: bool = False
    filled: frozenset[str] = frozenset()

    def bears(self, of: Labels) -> dict[str, str]:
        """The labels of an alert of a series, as far as they are known."""
        return {name: value for name, value in of if name not in self.filled} | dict(self.labels)


@dataclass(frozen=True, eq=False)
class Rehearsal:
    """A play and the alert that judges it, sample by sample."""

    scene: Scene
    judge: Judge
    play: Play

    @cached_property
    def world(self) -> World:
        """What there is."""
        return self.play.world(self.scene.interval, self.scene.recorded, self.scene.tracks)

    @cached_property
    def slack(self) -> int:
        """How many evaluations later all may be: a recording that is evaluated after the alert comes one late."""
        return 1 if any(use.hints for part in self.scene.cast for use in part.uses) else 0

    @property
    def lasting(self) -> int:
        """Evaluations from when it holds until it fires."""
        return math.ceil(self.judge.lasting / self.scene.interval - 1e-9)

    @property
    def keeping(self) -> int:
        """Evaluations for which it goes on firing."""
        return math.ceil(self.judge.keeping / self.scene.interval - 1e-9)

    def at(self, index: int) -> str:
        """The time of a sample."""
        return spelled(round(index * self.scene.interval * 1000))

    def value(self, expr: Expr, index: int) -> Vector:
        """What an expression gives."""
        return vector(expr, self.world, index * self.scene.interval)

    def alerts(self, index: int) -> list[Labels]:
        """The series for which the alert's expression holds."""
        return sorted(self.value(self.judge.expr, index))

    def turns(self, first: int, last: int, *, into: bool) -> int:
        """The first sample from which on it holds, or no longer holds; it changes once at most between the two.

        Raises:
            Unsolved: it does not change.
        """
        if bool(self.alerts(last)) != into:
            raise Unsolved(
                "it does not hold for as long as it would have to" if into else "it goes on although all is well"
            )
        low, high = first - 1, last
        while high - low > 1:
            middle = (low + high) // 2
            if bool(self.alerts(middle)) == into:
                high = middle
            else:
                low = middle
        return high
