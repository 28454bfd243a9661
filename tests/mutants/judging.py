"""Whether the scenarios of the rules as they are see what is wrong with a mutant."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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
#: So many scenarios are tried on each mutant at once; most do not live to see the next.
AT_ONCE = 3


@dataclass(frozen=True)
class Built:
    """The rule files as they are built, and the scenarios of each rule by its name."""

    rules: tuple[Rules, ...]
    scenarios: Mapping[str, Sequence[Scenario]]


def built(folder: Path) -> Built:
    """What `dash build` makes of this project, and what is derived of it."""
    done = subprocess.run(  # noqa: S603 - ourselves
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
    """Every scenario that may notice a mutant: of its rule, and of the alerts that read it; without one all of them."""
    rules = tuple(one for one in of.rules if mutant is None or one.file != mutant.rules.file)
    every = rules if mutant is None else (*rules, mutant.rules)
    found: list[Trial] = []
    for name, its in of.scenarios.items():
        reads = needed(of.rules, [name])
        if mutant is None or reads is None or mutant.rule in reads:
            loaded = tuple(one for one in every if reads is None or (one.alerts | one.records) & reads)
            found += [Trial(one, loaded, derived=True) for one in its]
    return sorted(found, key=lambda one: _telling(one.name))


def _telling(name: str) -> int:
    """Those first that notice most."""
    return 0 if ": silent" in name and "inside" in name else 1 if "fires" in name else 2


def survivors(of: Built, wrong: Sequence[Mutant], promtool: Promtool) -> list[Mutant]:
    """The mutants that nobody notices."""
    left = [(mutant, trials(of, mutant)) for mutant in wrong]
    untold: list[Mutant] = []
    while left:
        asked = [(number, trial) for number, (_, those) in enumerate(left) for trial in those[:AT_ONCE]]
        said = run([trial for _, trial in asked], promtool, explain=False)
        caught = {number for (number, _), verdict in zip(asked, said, strict=True) if not verdict.passed}
        alive = [(mutant, those[AT_ONCE:]) for number, (mutant, those) in enumerate(left) if number not in caught]
        untold += [mutant for mutant, those in alive if not those]
        left = [(mutant, those) for mutant, those in alive if those]
    return untold
