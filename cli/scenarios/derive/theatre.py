"""One clause of one alert on stage: who is there, what happens to them, since when the alert holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from cli.scenarios.derive.cast import Actor, bystanders, strangers
from cli.scenarios.derive.condition import Test, is_chance
from cli.scenarios.derive.rehearsal import Judge, Rehearsal
from cli.scenarios.derive.scene import Scene
from cli.scenarios.derive.settle import Settled
from cli.scenarios.derive.stage import Phase, Play, State
from cli.scenarios.derive.unsolved import Unsolved
from queries.source import Source

#: So many moments between two are looked at.
FEW = 8
#: What every sample of a window adds to.
OF_ALL = frozenset({"sum_over_time", "count_over_time"})


@dataclass(frozen=True)
class Theatre:
    """One alternative of one alert.

    Attributes:
        found: the states in which its clause decides.
        source: the line of the rule.
        side: which clause that is, in words; "" for the one that the alert is about.
    """

    scene: Scene
    judge: Judge
    found: Settled
    source: Source
    side: str = ""
    _fires: dict[bool, tuple[int, int]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def play(
        self, *phases: Phase, others: bool = False, missed: frozenset[int] = frozenset(), gone: int | None = None
    ) -> Rehearsal:
        """The phases, with everybody who changes nothing. `others`: strangers, too; `missed`, `gone` as in a Play."""
        scene, found = self.scene, self.found
        actors = (*scene.troupe, *self._bystanders, *(strangers(scene.cast) if others else ()))
        loud = tuple(bad if bad is not None else well for bad, well in zip(found.bad, found.well, strict=True))
        play = Play(scene.cast, actors, phases, found.well, loud, missed, gone)
        return Rehearsal(scene, self.judge, play)

    def turns_bad(self, *, slowly: bool) -> int:
        """The sample at which it does: when all its windows have seen that all was well, or as soon as may be."""
        return self.scene.warm if slowly or self._needs_time else 1

    @cached_property
    def _needs_time(self) -> bool:
        """Whether it must have been well for long, or else it does not turn bad once and for all."""
        if self.scene.past:
            return True
        try:
            self._turning(1, self.scene.warm + 1, slowly=False)
        except Unsolved:
            return True
        return False

    def settled(self, *, slowly: bool) -> int:
        """The sample at which all its windows see nothing else."""
        scene = self.scene
        return self.turns_bad(slowly=slowly) + (scene.settling if scene.past or slowly else scene.warm)

    def then_bad(
        self, *later: Phase, slowly: bool = False, missed: frozenset[int] = frozenset(), gone: int | None = None
    ) -> Rehearsal:
        """Well, then bad, then what comes later. `slowly`: among strangers, and well for long."""
        first = (Phase(0, self.found.well), Phase(self.turns_bad(slowly=slowly), self.found.bad))
        return self.play(*first, *later, others=slowly, missed=missed, gone=gone)

    def fires(self, *, slowly: bool = False) -> tuple[int, int]:
        """When it turns bad: since when the alert holds, and since when it fires.

        Raises:
            Unsolved: it does not hold steadily, or not for as long as it must.
        """
        if slowly not in self._fires:
            self._fires[slowly] = self._turning(
                self.turns_bad(slowly=slowly), self.settled(slowly=slowly), slowly=slowly
            )
        return self._fires[slowly]

    @property
    def plays(self) -> bool:
        """Whether it fires as it should; where there is nothing plainer it has to."""
        try:
            return bool(self.found.plain is None or self.fires(slowly=True))
        except Unsolved:
            return False

    def plainly(self) -> Theatre:
        """The same with as much of everything all the time."""
        return Theatre(self.scene, self.judge, self.found.plain or self.found, self.source, self.side)

    def _turning(self, begins: int, settled: int, *, slowly: bool) -> tuple[int, int]:
        seen = self.play(Phase(0, self.found.well), Phase(begins, self.found.bad), others=slowly)
        holds = seen.turns(begins, settled, into=True)
        fires = holds + seen.lasting
        end = fires + 1 + seen.slack
        if not all(map(seen.alerts, (*range(holds, end, max(1, (fires - holds) // FEW)), end))):
            raise Unsolved(self._too_short)
        if any(map(seen.alerts, range(max(begins - 1, 0), holds, max(1, (holds - begins) // FEW)))):
            raise Unsolved("what it judges goes up and down by itself")
        return holds, fires

    @property
    def _too_short(self) -> str:
        if self.scene.past:
            return "it compares with a time that is not long enough ago: before it has lasted, that is as bad as today"
        return "it does not hold for as long as it would have to"

    @cached_property
    def _bystanders(self) -> tuple[Actor, ...]:
        """Those beside the one that is judged, if their being there changes nothing for it."""
        scene, found = self.scene, self.found
        alone = scene.rest(self.judge.expr, found.bad, found.well)
        shown = sorted({name for of in alone for name, _ in of}) if isinstance(alone, dict) else []
        quiet = tuple(bystanders(scene.cast, shown))
        phases = (Phase(0, found.well), Phase(scene.warm, found.bad))
        together = Rehearsal(scene, self.judge, Play(scene.cast, (*scene.troupe, *quiet), phases, quiet=found.well))
        try:
            same = isinstance(alone, dict) and together.alerts(scene.warm + scene.settling) == sorted(alone)
        except Unsolved:
            return ()
        return quiet if same else ()

    def drifts(self, state: State) -> bool:
        """Whether something falls or rises all the time: it does not stay inside its limit."""
        pairs = zip(self.scene.cast, state, strict=True)
        return any(own is not None and own.slope and not own.clock and not part.counts for part, own in pairs)

    @property
    def has_windows(self) -> bool:
        """Whether it looks through windows of different lengths."""
        return len({use.window for part in self.scene.cast for use in part.uses if use.window}) > 1

    @property
    def is_about_samples(self) -> bool:
        """Whether one sample less is another number: a sum of them, or a computed one that must equal its limit."""
        clause = self.found.clause
        used = (use for part in self.scene.cast for use in part.uses)
        return any(use.function in OF_ALL for use in used) or (isinstance(clause, Test) and is_chance(clause))

    @property
    def about_restarts(self) -> bool:
        """Whether a restart is what it looks for."""
        used = (use for part in self.scene.cast for use in part.uses)
        return any(use.function in ("changes", "resets") or use.clock for use in used)
