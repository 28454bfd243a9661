"""Many scenarios in few processes: written for promtool, run side by side, judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from cli.prometheus.promtool import Promtool
from cli.prometheus.scratch import scratch
from cli.prometheus.told import Told
from cli.scenarios import doubting, reasons
from cli.scenarios.answers import answer
from cli.scenarios.asking import beyond_bounds, in_promtools_words, refused
from cli.scenarios.judging import faults
from cli.scenarios.proving import proves_nothing
from cli.scenarios.rules import Rules, needed, words
from cli.scenarios.trial import Fault, Trial, Verdict, verdict
from queries.scenario import Alarm
from queries.source import did_you_mean

#: Who is told how many scenarios are tried, and of how many.
Heard: TypeAlias = Callable[[int, int], None]
#: A run of promtool's has about so many evaluations: some seconds, after which it is said how far it is.
AT_ONCE = 10_000


def unheard(_done: int, _of: int) -> None:
    """Nobody is told."""


def run(trials: Sequence[Trial], promtool: Promtool, *, explain: bool = True, heard: Heard = unheard) -> list[Verdict]:
    """What came of each, in their order.

    Args:
        trials: scenarios on rules that Prometheus takes.
        promtool: who tries them.
        explain: whether those that failed are tried once more, to say why.
        heard: who is told how far it is.

    Raises:
        RemoteError: promtool does not answer at all.
    """
    before = [(*_unknown(trial), *beyond_bounds(trial), *proves_nothing(trial)) for trial in trials]
    tried = [trial for trial, known in zip(trials, before, strict=True) if not known]
    with scratch() as folder:
        desk = _Desk(folder, promtool, heard)
        found = dict(zip(map(id, tried), desk.judged(tried), strict=True))
        failed = [trial for trial in tried if any(one.kind == "differs" for one in found[id(trial)])] if explain else []
        found |= zip(map(id, failed), desk.explained(failed, found), strict=True)
    return [verdict(trial, known or found[id(trial)]) for trial, known in zip(trials, before, strict=True)]


class _Desk:
    """A folder with rule files and tests; each content of rules is there once."""

    def __init__(self, folder: Path, promtool: Promtool, heard: Heard) -> None:
        self.folder, self.promtool, self.heard = folder, promtool, heard
        self.rules: dict[bytes, str] = {}
        self.trimmed: dict[tuple[tuple[int, ...], frozenset[str] | None], list[str]] = {}

    def judged(self, trials: Sequence[Trial]) -> Iterator[tuple[Fault, ...]]:
        """What is wrong with each."""
        told = self.told(trials, [()] * len(trials))
        return (_judged(trial, one) for trial, one in zip(trials, told, strict=True))

    def explained(self, trials: Sequence[Trial], found: dict[int, tuple[Fault, ...]]) -> Iterator[tuple[Fault, ...]]:
        """The faults of those that failed, with reasons; of one that was derived wrongly, that it says nothing."""
        looks = [tuple(reasons.looks(trial)) for trial in trials]
        doubts = [tuple(doubting.doubts(trial)) for trial in trials]
        told = self.told(trials, [(*each, *more) for each, more in zip(looks, doubts, strict=True)])
        for trial, asked, doubted, one in zip(trials, looks, doubts, told, strict=True):
            said = answer(one.text)
            first = len(trial.scenario.expected) + len(asked)
            void = doubting.contradiction(trial, doubted, first, said)
            yield (void,) if void else reasons.explained(trial, found[id(trial)], asked, said)

    def told(self, trials: Sequence[Trial], looks: Sequence[Sequence[reasons.Look | doubting.Doubt]]) -> list[Told]:
        """What promtool says of each."""
        names = [f"test{number}.json" for number, _ in enumerate(trials)]
        for name, trial, asked in zip(names, trials, looks, strict=True):
            more = [(one.expr, one.at) for one in asked]
            (self.folder / name).write_bytes(in_promtools_words(trial, self.files(trial), more))
        told: dict[str, Told] = {}
        for some in _runs(dict(zip(names, (trial.evaluations for trial in trials), strict=True))):
            told |= self.promtool.test_rules(some, self.folder)
            self.heard(len(told), len(names))
        return [told[name] for name in names]

    def files(self, trial: Trial) -> list[str]:
        """The rule files of a trial, with no more in them than it depends on."""
        wanted = _wanted(trial)
        key = tuple(map(id, trial.rules)), wanted
        if key not in self.trimmed:
            texts = [one.content if wanted is None else one.only(wanted) for one in trial.rules]
            self.trimmed[key] = [self.file(text) for text in texts]
        return self.trimmed[key]

    def file(self, text: bytes) -> str:
        """The name of the file with this text."""
        name = self.rules.get(text)
        if name is None:
            name = self.rules[text] = f"rules{len(self.rules)}.yaml"
            (self.folder / name).write_bytes(text)
        return name


def rules_for(alerts: Iterable[str], every: Sequence[Rules], own: Sequence[Rules] = ()) -> tuple[Rules, ...]:
    """The rule files that these alerts are in, or `own`, and those with the recordings that they read."""
    wanted = frozenset(alerts)
    first = tuple(own) or tuple(one for one in every if wanted & one.alerts)
    names = needed(every, wanted)
    return first + tuple(one for one in every if one not in first and (names is None or names & one.records))


def _runs(costs: Mapping[str, int]) -> Iterator[list[str]]:
    """The tests, the cheapest first; of one run the dearest first, so that its processes share them evenly."""
    some: list[str] = []
    spent = 0
    for name, cost in sorted(costs.items(), key=lambda one: one[1]):
        if some and spent + cost > AT_ONCE:
            yield some[::-1]
            some, spent = [], 0
        some.append(name)
        spent += cost
    if some:
        yield some[::-1]


def _judged(trial: Trial, told: Told) -> tuple[Fault, ...]:
    if told.stuck:
        return (Fault("promtool did not come to an end with this scenario", trial.place(), "stuck"),)
    if told.passed:
        return tuple(faults(trial, answer("")))
    said = answer(told.text)
    return (refused(trial, said.refused),) if said.refused else tuple(faults(trial, said))


def _wanted(trial: Trial) -> frozenset[str] | None:
    names = list(trial.alerts)
    for one in trial.scenario.expected:
        if not isinstance(one, Alarm):
            said = words(one.expr)
            if said is None:
                return None
            names += said
    return needed(trial.rules, names)


def _unknown(trial: Trial) -> Iterator[Fault]:
    """A test without a rule."""
    known = {name for rules in trial.rules for name in rules.alerts}
    for number, one in enumerate(trial.scenario.expected):
        if isinstance(one, Alarm) and one.alert not in known:
            files = ", ".join(rules.file for rules in trial.rules)
            fix = did_you_mean(one.alert, known, of=f"in {files} there are" if files else "there are")
            yield Fault(f"no alert is called {one.alert}", trial.place("expect", number, "alert"), "broken", fix)
