"""Whether the scenarios of the rules as they are see what is wrong with a mutant."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from cli.lint.reading import read
from cli.lint.settings import Settings
from cli.lint.subject import Group
from cli.prometheus.promtool import Promtool
from cli.scenarios.derive import Underivable, derived, of_recordings
from cli.scenarios.rules import Rules, needed, of_groups
from cli.scenarios.run import run
from cli.scenarios.trial import Trial
from queries.catalog import Catalogs
from queries.catalogs.shipped import NAMES, shipped
from queries.scenario import Alarm, Scenario
from tests.mutants.mutant import Mutant

PROJECT = Path(__file__).parents[2]
SHIPPED = Catalogs(tuple(shipped(name) for name in NAMES))
#: On each mutant so many evaluations are tried at once, or one scenario: most do not live to see the next.
AT_ONCE = 250
#: And so many together in a run of promtool's, so that none takes longer than it may.
IN_A_RUN = 20_000


@dataclass(frozen=True)
class Built:
    """The rule files as they are built, and the scenarios of each rule by its name."""

    rules: tuple[Rules, ...]
    scenarios: Mapping[str, Sequence[Scenario]]

    @cached_property
    def reads(self) -> Mapping[str, frozenset[str] | None]:
        """The rules that each rule depends on, itself among them; None for all."""
        return {name: needed(self.rules, [name]) for name in self.scenarios}


class Judged(NamedTuple):
    """A mutant, and the scenario that noticed it first; empty where none did."""

    mutant: Mutant
    noticed: str


def built(folder: Path) -> Built:
    """What `dash build` makes of this project, and what is derived of it."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", "build", "--out", str(folder)], cwd=PROJECT, check=False, capture_output=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    files = sorted(str(one) for one in (folder / "rules").glob("*.yaml"))
    groups = read(files, stdin=bytes, settings=Settings()).groups
    return Built(tuple(of_groups(groups)), _scenarios(groups))


def _scenarios(groups: Sequence[Group]) -> Mapping[str, Sequence[Scenario]]:
    found: dict[str, list[Scenario]] = defaultdict(list)
    for one in derived(groups, SHIPPED):
        if not isinstance(one, Underivable):
            found[next(check.alert for check in one.expected if isinstance(check, Alarm))].append(one)
    for one in of_recordings(groups, SHIPPED):
        if not isinstance(one, Underivable):
            found[_recording(one)].append(one)
    return found


def _recording(one: Scenario) -> str:
    """The recording that a scenario is about: its name begins with it, and behind that is a blank."""
    return one.name.partition(": ")[0]


def trials(of: Built, mutant: Mutant | None = None) -> list[Trial]:
    """Every scenario that may notice a mutant, the cheapest first: of its rule, and of those that read it.

    Without a mutant all of them.
    """
    rules = tuple(one for one in of.rules if mutant is None or one.file != mutant.rules.file)
    every = rules if mutant is None else (*rules, mutant.rules)
    found: list[Trial] = []
    for name, its in of.scenarios.items():
        reads = of.reads[name]
        if mutant is None or reads is None or mutant.rule in reads:
            loaded = tuple(one for one in every if reads is None or (one.alerts | one.records) & reads)
            found += [Trial(one, loaded, derived=True) for one in its]
    return sorted(found, key=lambda one: (one.evaluations // AT_ONCE, _telling(one.name)))


def _telling(name: str) -> int:
    """Those first that notice most."""
    return 0 if ": silent" in name and "inside" in name else 1 if "fires" in name else 2


def judged(of: Built, wrong: Iterable[Mutant], promtool: Promtool) -> Iterator[Judged]:
    """What becomes of each mutant, as soon as that is known.

    Raises:
        RuntimeError: promtool does not come to an end, so that nobody can say.
    """
    left = [(mutant, trials(of, mutant)) for mutant in wrong]
    while left:
        now, left = left[: _together(left)], left[_together(left) :]
        asked = [(number, trial) for number, (_, those) in enumerate(now) for trial in those[: _next(those)]]
        said = run([trial for _, trial in asked], promtool, explain=False)
        noticed: dict[int, str] = {}
        for (number, trial), verdict in zip(asked, said, strict=True):
            if any(fault.kind == "stuck" for fault in verdict.faults):
                raise RuntimeError(f"{trial.name} on {now[number][0].name}: {verdict.faults[0].what}")
            if not verdict.passed:
                noticed.setdefault(number, trial.name)
        for number, (mutant, those) in enumerate(now):
            if number in noticed or not those[_next(those) :]:
                yield Judged(mutant, noticed.get(number, ""))
            else:
                left.append((mutant, those[_next(those) :]))


def _next(those: Sequence[Trial]) -> int:
    """How many of the scenarios are tried next."""
    costs = accumulate(one.evaluations for one in those)
    return max(1, sum(1 for cost in costs if cost <= AT_ONCE))


def _together(left: Sequence[tuple[Mutant, Sequence[Trial]]]) -> int:
    """How many of the mutants are judged in one run."""
    costs = accumulate(sum(one.evaluations for one in those[: _next(those)]) for _, those in left)
    return max(1, sum(1 for cost in costs if cost <= IN_A_RUN))


def survivors(of: Built, wrong: Iterable[Mutant], promtool: Promtool) -> list[Mutant]:
    """The mutants that nobody notices."""
    return [one.mutant for one in judged(of, wrong, promtool) if not one.noticed]
