"""From rule files to scenarios: each alert, its alternatives, the recordings that it asks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from cli.lint.subject import Alert, Group, Recording
from cli.scenarios.derive.condition import Clause, Presence, alternatives
from cli.scenarios.derive.naming import short
from cli.scenarios.derive.nothing import nothing
from cli.scenarios.derive.rehearsal import Judge
from cli.scenarios.derive.scenarios import scenarios as of_clause
from cli.scenarios.derive.setting_up import WAYS, Way, scene
from cli.scenarios.derive.settle import settled
from cli.scenarios.derive.theatre import Theatre
from cli.scenarios.derive.underivable import Underivable
from cli.scenarios.derive.unsolved import Inseparable, Unsolved
from cli.scenarios.derive.uses import uses
from cli.scenarios.derive.world import Recorded
from queries.catalog import Catalogs
from queries.duration import seconds
from queries.parse import NotPromQL, parse
from queries.promql import to_promql
from queries.scenario import Scenario
from queries.source import Mistake, Source


def scenarios(
    groups: Sequence[Group], catalogs: Catalogs, only: Collection[str] = ()
) -> Iterator[Scenario | Underivable]:
    """What can be derived of each alert, and what cannot."""
    recorded = recordings(groups)
    names = Counter(alert.name for group in groups for alert in group.alerts)
    for group in groups:
        for alert in (one for one in group.alerts if not only or one.name in only):
            if group.managed or alert.language != "promql":
                yield Underivable(alert.name, "Grafana evaluates it, not Prometheus")
                continue
            try:
                yield from _of_alert(alert, recorded, catalogs, twin=names[alert.name] > 1)
            except (ArithmeticError, RecursionError, ValueError, re.error) as error:
                # whatever somebody writes into a rule, the others have their scenarios
                yield Underivable(alert.name, f"it is beyond our arithmetic: {error}")


def recordings(groups: Sequence[Group]) -> Mapping[str, Sequence[Recorded]]:
    """The recording rules of all groups that can be read, by name."""
    found: dict[str, list[Recorded]] = defaultdict(list)
    for group in groups:
        for rule in group.recordings:
            try:
                found[rule.name].append(Recorded(rule.name, parse(rule.expr), tuple(sorted(rule.labels.items()))))
            except NotPromQL:
                continue  # promtool tells it
    return {name: [_reaching(one, found) for one in those] for name, those in found.items()}


def _reaching(one: Recorded, every: Mapping[str, Sequence[Recorded]]) -> Recorded:
    return one._replace(reach=max((use.reach for use in uses(one.expr, every)), default=0.0))


def _of_alert(
    alert: Alert, recorded: Mapping[str, Sequence[Recorded]], catalogs: Catalogs, *, twin: bool
) -> Iterator[Scenario | Underivable]:
    try:
        expr = parse(alert.expr)
        lasting, keeping = _seconds(alert.for_), _seconds(alert.keep_firing_for)
        labels = _static(alert.labels)
        judge = Judge(alert.name, expr, lasting, keeping, labels, twin, frozenset(alert.labels) - frozenset(labels))
    except (NotPromQL, Mistake) as error:
        yield Underivable(alert.name, str(error))
        return
    source = source_of(alert)
    failed: list[Underivable] = []
    names: set[str] = set()
    for way in WAYS:
        failed = []
        for one in _attempted(judge, recorded, catalogs, way, source):
            if isinstance(one, Underivable):
                failed.append(one)
                continue
            if one.name not in names:
                names.add(one.name)
                yield one
        if not failed:
            break
    yield from failed


def _attempted(
    judge: Judge, recorded: Mapping[str, Sequence[Recorded]], catalogs: Catalogs, way: Way, source: Source
) -> Iterator[Scenario | Underivable]:
    try:
        every = alternatives(judge.expr)
        stage = scene(judge.expr, recorded, catalogs, judge.lasting, way)
        without = list(nothing(stage, judge, source))
    except Unsolved as why:
        yield Underivable(judge.name, str(why))
        return
    yield from without
    if not stage.cast:
        return  # it asks nobody: without data it is as with any
    for place, alternative in enumerate(every):
        others = [one for other, one in enumerate(every) if other != place]
        for number, clause in enumerate(alternative):
            side = _side(clause) if number or (place and not isinstance(clause, Presence)) else ""
            try:
                theatre = Theatre(stage, judge, settled(stage, alternative, number, others), source, side)
                yield from of_clause(theatre if theatre.plays else theatre.plainly())
            except Inseparable:
                continue
            except Unsolved as why:
                yield Underivable(judge.name, str(why), to_promql(clause.expr))


def _side(clause: Clause) -> str:
    return short(to_promql(clause.expr))


def _static(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels that are the same on every alert."""
    return {name: value for name, value in labels.items() if "{{" not in value}


def _seconds(text: str) -> float:
    return seconds(text) if text and text.strip("0smhdwy") else 0.0


def source_of(rule: Alert | Recording) -> Source:
    """The line of the rule."""
    document = rule.spot.document
    line, _ = document.position(rule.spot.path)
    return Source(document.file, line)
