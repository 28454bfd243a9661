"""A scenario on the rules that it is tried on, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from cli.compile.place import near
from cli.lint.spot import Path, Spot
from cli.scenarios.answers import instant
from cli.scenarios.rules import Rules
from queries.duration import milliseconds
from queries.scenario import Alarm, Scenario

#: A rule does not do what it should; a scenario or a rule is none; promtool could not say; what a derived scenario
#: takes for granted is not so, and it says nothing.
Kind: TypeAlias = Literal["differs", "broken", "stuck", "void"]


class Place(NamedTuple):
    """What a person looks at; line and column from 1 on, 0 where nobody knows them."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(one) for one in (self.line, self.column) if one)])


class Fault(NamedTuple):
    """What is wrong, in a sentence, and where that was written.

    Attributes:
        state_of: the number of the expectation whose alert is in another state; -1 where it is not that.
    """

    what: str
    place: Place
    kind: Kind = "differs"
    hint: str = ""
    state_of: int = -1

    def __str__(self) -> str:
        said = f"{self.place}: {self.what}"
        return f"{said}\n  try: {self.hint}" if self.hint else said


@dataclass(frozen=True, slots=True)
class Trial:
    """One scenario on some rules.

    Attributes:
        rules: the rule files that are loaded, each content once.
        spot: where the scenario stands in a file of YAML, or the alert that it was derived from; None for Python.
        derived: whether nobody wrote it.
        recording: that it was derived from; empty for an alert.
    """

    scenario: Scenario
    rules: Sequence[Rules]
    spot: Spot | None = None
    derived: bool = False
    recording: str = ""

    @property
    def name(self) -> str:
        """What is the case."""
        return self.scenario.name

    @property
    def alerts(self) -> tuple[str, ...]:
        """The alerts that it is about."""
        return tuple(dict.fromkeys(one.alert for one in self.scenario.expected if isinstance(one, Alarm)))

    @property
    def about(self) -> frozenset[str]:
        """The rules that it is about."""
        return frozenset((*self.alerts, self.recording)) - {""}

    @property
    def evaluations(self) -> int:
        """How often its rules are evaluated, which is what it costs."""
        return max(instant(one.at) for one in self.scenario.expected) // milliseconds(self.scenario.interval)

    @property
    def shown(self) -> tuple[str, ...]:
        """Those of them that it shows to work; an alert that can never fire is silent in whatever is derived of it."""
        said = (one for one in self.scenario.expected if isinstance(one, Alarm))
        return tuple(dict.fromkeys(one.alert for one in said if one.state == "firing" or not self.derived))

    def place(self, *path: str | int) -> Place:
        """Where a part of the scenario is written; the nearest that is known."""
        if self.spot is None:
            return Place(near(self.scenario.source.path), self.scenario.source.line)
        return place_of(self.spot, () if self.derived else path)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a test.

    Attributes:
        name: of the scenario, or of the test in promtool's own format.
        alerts: that it is about.
        place: where it is written.
        derived: whether nobody wrote it.
        shown: those of the alerts that it shows to work.
        recording: that it was derived from; empty for an alert.
    """

    name: str
    alerts: tuple[str, ...]
    place: Place
    faults: tuple[Fault, ...] = ()
    derived: bool = False
    shown: tuple[str, ...] = ()
    recording: str = ""

    @property
    def passed(self) -> bool:
        """Whether everything is as expected."""
        return not self.faults

    @property
    def is_void(self) -> bool:
        """Whether it says nothing of any rule."""
        return any(one.kind == "void" for one in self.faults)


def place_of(spot: Spot, path: Path = ()) -> Place:
    """A member of what stands at a spot."""
    return Place(spot.document.file, *spot.document.position(spot.path + path))


def verdict(trial: Trial, faults: Iterable[Fault]) -> Verdict:
    """What came of a trial."""
    return Verdict(trial.name, trial.alerts, trial.place(), tuple(faults), trial.derived, trial.shown, trial.recording)
