"""A whole run: which rules are taken, which scenarios there are of them, what came of each, which alerts have none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from cli.lint.subject import Alert, Group
from cli.prometheus.promtool import Promtool
from cli.prometheus.scratch import scratch
from cli.scenarios import foreign
from cli.scenarios.by_hand import ByHand
from cli.scenarios.checking import refusals
from cli.scenarios.collecting import Collected
from cli.scenarios.foreign import ForeignTest
from cli.scenarios.rules import Rules, of_groups
from cli.scenarios.run import Heard, rules_for, run, unheard
from cli.scenarios.trial import Fault, Trial, Verdict, place_of
from queries.scenario import Scenario

UNTESTED = "write one: docs/test.md"


class Untold(Protocol):
    """An alert, or a recording, of whose expression no scenario can be made."""

    @property
    def alert(self) -> str:
        """Its name."""

    @property
    def why(self) -> str:
        """What is in the way."""


#: From a file's groups of rules, and others' that they may read, to scenarios, and to what none can be made of.
Derive = Callable[[Sequence[Group], Sequence[Group]], Iterable[Scenario | Untold]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be run.

    Attributes:
        trials: derived and written scenarios.
        foreign: tests in promtool's own format, each with its rules.
        untested: alerts that fire in no scenario.
        faults: what is wrong with files and rules.
        untold: the recordings of which no scenario can be made.
        managed: how many alerts Grafana evaluates, or are no PromQL: nobody here can try them.
    """

    trials: tuple[Trial, ...]
    foreign: tuple[tuple[ForeignTest, tuple[Rules, ...]], ...]
    untested: tuple[Fault, ...]
    faults: tuple[Fault, ...]
    rules: tuple[Rules, ...]
    managed: int = 0
    untold: tuple[Untold, ...] = ()


def planned(found: Collected, promtool: Promtool | None, derive: Derive | None, only: frozenset[str]) -> Plan:
    """Everything but to run it.

    Args:
        found: rules and tests.
        promtool: who judges rule files; None for nobody, where nothing will be run.
        derive: what makes scenarios of rules; None for none.
        only: alerts that it is about; empty for all.
    """
    named = {id(test): found.named(test) for test in found.tests if not isinstance(test, Scenario)}
    every = of_groups(group for groups in found.groups.values() for group in groups)
    refused = {} if promtool is None else refusals(every, promtool)
    taken = [one for one in every if one not in refused]
    of_file = {one.file: one for one in every}
    written, others = [], []
    for test in found.tests:
        own = [of_file[file] for file in named.get(id(test), ()) if file in of_file]
        if any(one in refused for one in own) or (_names(test) and not own):
            continue  # what is wrong with its rules is told already
        if isinstance(test, ForeignTest):
            others.append((test, tuple(own or taken)))
        else:
            written.append(_trial(test, taken, own))
    said = [] if derive is None else list(_derived(taken, derive))
    trials = [*(one for one in said if isinstance(one, Trial)), *written]
    tested = {alert for one in trials for alert in one.shown} | {alert for one, _ in others for alert in one.alerts}
    reasons = {one.alert: one.why for one in said if not isinstance(one, Trial)}
    records = {name for rules in taken for name in rules.records}
    return Plan(
        tuple(one for one in trials if not only or only & one.about),
        tuple(one for one in others if not only or only & set(one[0].alerts)),
        tuple(_untested(taken, tested, reasons, only)),
        (*found.faults, *(fault for faults in refused.values() for fault in faults)),
        tuple(every),
        sum(len(group.alerts) for groups in found.groups.values() for group in groups if group.managed),
        tuple(one for one in said if not isinstance(one, Trial) and one.alert in records),
    )


def verdicts(plan: Plan, promtool: Promtool, heard: Heard = unheard) -> list[Verdict]:
    """What came of everything; RemoteError where promtool does not answer."""
    return [*run(plan.trials, promtool, heard=heard), *_foreign(plan.foreign, promtool)]


def unproven(found: Sequence[Verdict]) -> Iterator[Fault]:
    """The alerts that nothing shows to fire, for the scenarios in which they would say nothing."""
    said = {alert for one in found if not one.is_void for alert in one.shown}
    void = {alert: one for one in found if one.is_void for alert in one.shown if alert not in said}
    for alert, one in void.items():
        yield Fault(f"{alert} is seen to fire in no scenario ({one.faults[0].what})", one.place, "differs", UNTESTED)


def _names(test: ByHand | ForeignTest | Scenario) -> bool:
    """Whether a test says which rules it is about."""
    return bool(test.rules if isinstance(test, ByHand) else isinstance(test, ForeignTest) and test.patterns)


def _trial(test: ByHand | Scenario, every: Sequence[Rules], own: Sequence[Rules]) -> Trial:
    scenario = test.scenario if isinstance(test, ByHand) else test
    trial = Trial(scenario, (), test.spot if isinstance(test, ByHand) else None)
    return replace(trial, rules=tuple(own) or rules_for(trial.alerts, every) or tuple(every))


def _derived(every: Sequence[Rules], derive: Derive) -> Iterator[Trial | Untold]:
    """Of each file alone, for two may have an alert of one name; what the others record, it can read."""
    for rules in every:
        recorded = [
            group._replace(rules=group.recordings)
            for other in every
            if other is not rules
            for group in other.read
            if group.recordings
        ]
        spots = {alert.name: alert.spot for group in rules.read for alert in group.alerts}
        recordings = {(*place_of(one.spot)[:2], one.name): one for group in rules.read for one in group.recordings}
        for one in derive(rules.read, recorded):
            if not isinstance(one, Scenario):
                yield one
                continue
            trial = Trial(one, (), derived=True)
            whose = one.source.path, one.source.line, one.name.partition(": ")[0]
            if not trial.alerts and (recording := recordings.get(whose)):
                own = rules_for([recording.name], every, [rules])
                yield replace(trial, rules=own, spot=recording.spot, recording=recording.name)
                continue
            spot = next((spots[alert] for alert in trial.alerts if alert in spots), None)
            yield replace(trial, rules=rules_for(trial.alerts, every, [rules]), spot=spot)


def _untested(
    every: Iterable[Rules], tested: set[str], reasons: dict[str, str], only: frozenset[str]
) -> Iterator[Fault]:
    seen: set[str] = set()
    for rules in every:
        for alert in (one for group in rules.read for one in group.rules if isinstance(one, Alert)):
            if alert.name not in tested | seen and (not only or alert.name in only):
                seen.add(alert.name)
                why = f" ({reasons[alert.name]})" if alert.name in reasons else ""
                yield Fault(
                    f"{alert.name} is seen to fire in no scenario{why}", place_of(alert.spot), "differs", UNTESTED
                )


def _foreign(tests: Sequence[tuple[ForeignTest, tuple[Rules, ...]]], promtool: Promtool) -> Iterator[Verdict]:
    if not tests:
        return
    with scratch() as folder:
        rules: dict[Rules, str] = {}
        for number, (test, own) in enumerate(tests):
            for one in own:
                if one not in rules:
                    rules[one] = f"rules{len(rules)}.yaml"
                    (folder / rules[one]).write_bytes(one.content)
            (folder / f"test{number}.json").write_bytes(test.test_file([rules[one] for one in own]))
        told = promtool.test_rules([f"test{number}.json" for number, _ in enumerate(tests)], folder)
    for number, (test, own) in enumerate(tests):
        verdict = foreign.judged(test, told[f"test{number}.json"])
        yield replace(verdict, faults=(*foreign.unknown(test, own), *verdict.faults))
