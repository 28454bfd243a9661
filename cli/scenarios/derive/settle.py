"""All the clauses of an alert at once: the states in which it is just right, just not, and well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isclose

from cli.scenarios.derive.condition import OPPOSITE, Alternative, Clause, Never, Presence, Test, is_exact
from cli.scenarios.derive.knobs import Knob
from cli.scenarios.derive.reach import Reach
from cli.scenarios.derive.scene import Scene
from cli.scenarios.derive.stage import State
from cli.scenarios.derive.unsolved import Inseparable, Unsolved
from cli.scenarios.derive.uses import uses

#: Ways that are tried for one clause before it is given up.
PATIENCE = 40
TOGETHER = "it cannot be told apart from the rest: they judge the same series"
#: So much more of everything there is when it is bad, where only shares are judged.
BUSIER = 1.3
#: And before it is taken to be bound to its companions.
ALONE = 4


@dataclass(frozen=True)
class Settled:
    """States of one alternative in which one of its clauses decides.

    Attributes:
        well: far from the limit; `bad` just beyond it, `inside` just not.
        exact: at the limit to the last digit; None where that cannot be hit.
        plain: the same with as much of everything in all of them; None where it is so already.
    """

    clause: Clause
    well: State
    bad: State
    inside: State
    exact: State | None = None
    plain: Settled | None = None


def settled(scene: Scene, alternative: Alternative, number: int, others: Sequence[Alternative]) -> Settled:
    """The states that differ in what one clause judges, while all its companions hold and no other alternative does.

    Raises:
        Inseparable: a companion holds and falls with it, and was told already.
        Unsolved: there are none that we could find; says why.
    """
    return _Settling(scene, alternative, number, _calm(scene, others)).settled()


def _calm(scene: Scene, others: Sequence[Alternative]) -> State:
    """How everything is when nothing of the other alternatives holds."""
    state = scene.usual
    for other in others:
        for clause in other:
            if isinstance(clause, Test) and all(scene.clause(one, state, state) for one in other):
                state = next((turned for _, turned in Reach(scene, clause, state).ways("well", state)), state)
    return state


@dataclass(frozen=True)
class _Settling:
    """One clause of an alternative, and how everything is before."""

    scene: Scene
    alternative: Alternative
    number: int
    calm: State

    @property
    def clause(self) -> Clause:
        """The one that shall decide."""
        return self.alternative[self.number]

    @property
    def companions(self) -> Alternative:
        """The others, which shall hold."""
        return (*self.alternative[: self.number], *self.alternative[self.number + 1 :])

    def settled(self) -> Settled:
        """The first that is right, one in which the clause is alone before one in which it is not."""
        together: Settled | None = None
        tried = 0
        if self.number and self._bound:
            raise Inseparable(TOGETHER)
        for state, avoid in self._ready():
            for found in self._around(state, avoid):
                tried += 1
                right, alone = self._right(found)
                if right and (alone or self._bound):
                    return self._busier(found)
                if right and together is None:
                    together, tried = found, PATIENCE - ALONE
                if tried > PATIENCE:
                    return self._together(together)
        return self._together(together)

    def _together(self, together: Settled | None) -> Settled:
        """One in which a companion falls with it, of the first clause; that of another is then told already."""
        if together is None:
            raise Unsolved(self._why())
        if self.number:
            raise Inseparable(TOGETHER)
        return self._busier(together)

    @property
    def _bound(self) -> bool:
        """Whether a companion judges the same series by the same limit, as two windows of one burn rate do."""
        clause, scene = self.clause, self.scene
        if not isinstance(clause, Test):
            return False
        own = {use.select for use in uses(clause.expr, scene.recorded)}
        return any(
            isinstance(one, Test)
            and (one.op, one.limit) == (clause.op, clause.limit)
            and own == {use.select for use in uses(one.expr, scene.recorded)}
            for one in self.companions
        )

    def _busier(self, found: Settled) -> Settled:
        """The same with more of everything when it is bad, if that changes nothing: a ratio has two windows."""
        clause = found.clause
        if not isinstance(clause, Test):
            return found
        more = Knob(0, "everything", ())
        bad, inside = more.turned(found.bad, BUSIER), more.turned(found.inside, BUSIER)
        busier = replace(found, bad=bad, inside=inside, exact=None, plain=found)
        before = found.well
        pairs = ((found.bad, bad), (found.inside, inside))
        same = all(self._same(clause, one, other, before) for one, other in pairs)
        return busier if same and self._right(busier)[0] else found

    def _same(self, test: Test, one: State, other: State, before: State) -> bool:
        first, second = (self.scene.measured(test, state, before) for state in (one, other))
        if first is None or second is None:
            return False
        return all(isclose(left, right, rel_tol=1e-9) for left, right in zip(first, second, strict=True))

    def _ready(self) -> Iterator[tuple[State, frozenset[Knob]]]:
        """States in which the companions hold, and the knobs that made them."""
        state, used = self.calm, frozenset[Knob]()
        for one in self.companions:
            if self.scene.clause(one, state, self.calm):
                continue
            if isinstance(one, Never):
                state = self.scene.without(one.expr, state)
            elif isinstance(one, Test):
                found = next(self._made_to_hold(one, state), None)
                if found is not None:
                    used |= {found[0]}
                    state = found[1]
        yield state, used
        if used:
            yield state, frozenset()
        yield self.calm, frozenset()

    def _made_to_hold(self, test: Test, state: State) -> Iterator[tuple[Knob, State]]:
        """Far beyond the limit, or just beyond it: what is well for the opposite is far beyond for this."""
        for one, aim in ((replace(test, op=OPPOSITE[test.op]), "well"), (test, "beyond")):
            for knob, turned in Reach(self.scene, one, self.calm).ways(aim, state):  # type: ignore[arg-type] # two of its words
                if self.scene.clause(test, turned, self.calm):
                    yield knob, turned

    def _around(self, state: State, avoid: frozenset[Knob]) -> Iterator[Settled]:
        """The states on both sides of what the clause judges."""
        clause = self.clause
        if isinstance(clause, Presence):
            gone = self.scene.without(clause.expr, state)
            well, bad = (state, gone) if clause.absent else (gone, state)
            yield Settled(clause, well, bad, well)
        elif isinstance(clause, Never):
            yield from self._excused(clause, state)
        else:
            reach = Reach(self.scene, clause, self.calm)
            for knob, bad in reach.ways("beyond", state):
                inside = None if knob in avoid else next(reach.turned(knob, "inside", bad), None)
                if inside is not None:
                    well = self.calm if self.scene.past else self._well(reach, knob, bad) or inside
                    exact = next(reach.turned(knob, "at", bad), None) if is_exact(clause) else None
                    yield Settled(clause, well, bad, inside, exact)

    def _excused(self, never: Never, state: State) -> Iterator[Settled]:
        """What stands behind `unless`, there and not there."""
        bad = state if self.scene.clause(never, state, self.calm) else self.scene.without(never.expr, state)
        for alternative in never.alternatives:
            excused = state
            for one in alternative:
                if isinstance(one, Test) and not self.scene.clause(one, excused, self.calm):
                    ways = Reach(self.scene, one, self.calm).ways("beyond", excused)
                    excused = next((turned for _, turned in ways), excused)
            yield Settled(never, excused, bad, excused)

    def _well(self, reach: Reach, knob: Knob, bad: State) -> State | None:
        """Far from the limit; what would rise or fall for ever stands still, if that is well."""
        if knob.field == "slope" and not self.scene.cast[knob.part].counts:
            still = knob.turned(bad, 0.0)
            if not self.scene.clause(reach.test, still, self.calm):
                return still
        return next(reach.turned(knob, "well", bad), None)

    def _right(self, found: Settled) -> tuple[bool, bool]:
        """Whether the states differ in what the alert says of them, and whether the clause alone makes that."""
        scene, before = self.scene, found.well
        try:
            if not scene.holds(scene.expr, found.bad, before):
                return False, False
            if any(scene.holds(scene.expr, state, before) for state in (found.inside, found.well)):
                return False, False
            return True, all(scene.clause(one, found.inside, before) for one in self.companions)
        except Unsolved:
            return False, False

    def _why(self) -> str:
        """Why there is nothing."""
        clause = self.clause
        if not isinstance(clause, Test):
            return "no series could be found for which it holds, or none for which it does not"
        found = self.scene.measured(clause, self.calm, self.calm)
        if found is None:
            return (
                "its number has no value whatever the series are: its sides share no labels, or nobody has its series"
            )
        turned = next(Reach(self.scene, clause, self.calm).ways("beyond", self.calm), None)
        if turned is not None and self.companions and self.scene.clause(clause, turned[1], self.calm):
            return "it holds by itself, but no series were found for which it decides, given what stands beside it"
        return f"its number could not be brought beyond {found[1]:g}; it is {found[0]:g} when nothing is special"
