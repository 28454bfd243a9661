"""The ways to bring the number of a test where it shall be, one knob turned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cli.scenarios.derive.aims import Aim, aims
from cli.scenarios.derive.condition import Test
from cli.scenarios.derive.knobs import Knob, knobs, possible
from cli.scenarios.derive.operators import COMPARES
from cli.scenarios.derive.scene import Scene
from cli.scenarios.derive.stage import State
from cli.scenarios.derive.turn import Miss, root
from cli.scenarios.derive.unsolved import Unsolved
from cli.scenarios.derive.uses import uses


@dataclass(frozen=True)
class Reach:
    """A test of a scene whose past is known."""

    scene: Scene
    test: Test
    before: State

    def ways(self, aim: Aim, state: State) -> Iterator[tuple[Knob, State]]:
        """Every knob that leads there, the likeliest first, and the state that it then is."""
        judged = list(uses(self.test.judged, self.scene.recorded))
        limits = list(uses(self.test.limit, self.scene.recorded))
        for knob in dict.fromkeys((*knobs(self.scene.cast, judged), *knobs(self.scene.cast, limits))):
            for turned in self.turned(knob, aim, state):
                yield knob, turned

    def turned(self, knob: Knob, aim: Aim, state: State) -> Iterator[State]:
        """The states in which one knob has brought it there."""
        start = self._number(state)
        if start is None:
            tried = (self._number(knob.turned(state, value)) for value in knob.values)
            start = next((one for one in tried if one is not None), None)
        if start is None:
            return
        for index, _ in enumerate(aims(aim, self.test.op, start[1])):
            for value in root(self._missing(knob, aim, index, state), knob.around(state), abs(start[1]) or 1.0):
                there = knob.turned(state, value)
                found = self._number(there) if possible(self.scene.cast, there) else None
                if found is not None and (aim == "at" or COMPARES[self.test.op](*found) == (aim == "beyond")):
                    yield there

    def _missing(self, knob: Knob, aim: Aim, index: int, state: State) -> Miss:
        """How much a value of a knob misses one of the values that are aimed at."""

        def miss(value: float) -> float | None:
            found = self._number(knob.turned(state, value))
            if found is None:
                return None
            offered = list(aims(aim, self.test.op, found[1]))
            return found[0] - offered[min(index, len(offered) - 1)]

        return miss

    def _number(self, state: State) -> tuple[float, float] | None:
        try:
            return self.scene.measured(self.test, state, self.before)
        except Unsolved:
            return None
