"""The rules over all that was read: every finding, once, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from typing import NamedTuple

from cli.lint.finding import Finding
from cli.lint.judge import Judge
from cli.lint.of_pages import at, of_expressions
from cli.lint.question import in_group, recordings
from cli.lint.rule import Fault, Rule, World
from cli.lint.settings import Settings
from cli.lint.side_by_side import side_by_side
from cli.lint.spot import Spot
from cli.lint.subject import Group, Inputs
from cli.lint.telling import finding
from queries.catalog import Catalogs
from queries.inference.recorded import with_recordings

#: Of so many alerts the inferred trees are kept: about 5 kB each.
KEPT = 10_000


class Checked(NamedTuple):
    """What the rules say.

    Attributes:
        findings: by file, line and column.
        expressions: how many were judged; `skipped` how many are in a language that is not PromQL.
    """

    findings: tuple[Finding, ...]
    expressions: int
    skipped: int


def check(inputs: Inputs, catalogs: Catalogs, settings: Settings, rules: Sequence[Rule], processes: int = 1) -> Checked:
    """Every finding of the wanted rules.

    So many processes judge pages at the same time, each a part of them: more than one only where no rule remembers
    what it saw.
    """
    known = with_recordings(catalogs, recordings(inputs))
    judge = Judge([rule for rule in rules if settings.wants(rule.id) and (known.catalogs or not rule.needs_catalog)])
    every = [one for group in inputs.groups for one in in_group(group, known, settings)]
    ruled = tuple(one for one in every if one is not None)
    for asked in [one for one in ruled if one.reader == "alert"][:KEPT]:
        asked.kept = True
    world = World(inputs, known, settings, ruled)
    pages = side_by_side(world, judge, processes)
    of_rules = _of_rules(replace(world, shown=pages.shown, read=pages.read), judge)
    found = dict.fromkeys(one for one in (*pages.findings, *of_rules) if not _ignored(one, settings))
    order = sorted(found, key=_order)
    skipped = len(every) - len(ruled)
    return Checked(tuple(order), len(ruled) + pages.expressions, skipped + pages.skipped)


def _of_rules(world: World, judge: Judge) -> Iterator[Finding]:
    """What is said of alerts and recordings, and of everything together."""
    yield from of_expressions(world.ruled, judge)
    for group in world.inputs.groups:
        for rule, fault, spot in _of_group(group, world, judge.rules):
            yield finding(rule, fault, spot, world.settings, written=group.written)
    for rule in judge.rules:
        for fault in rule.of_all(world) if rule.of_all is not None else ():
            yield finding(rule, fault, None, world.settings)


def _of_group(group: Group, world: World, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Fault, Spot]]:
    """What is said of a group and its rules."""
    for rule in rules:
        if rule.of_group is not None:
            yield from at(rule, group.spot, rule.of_group(group, world))
        if rule.of_alert is not None:
            for alert in group.alerts:
                yield from at(rule, alert.spot, rule.of_alert(alert, group, world))
        if rule.of_recording is not None:
            for recording in group.recordings:
                yield from at(rule, recording.spot, rule.of_recording(recording, group, world))


def _order(finding: Finding) -> tuple[object, ...]:
    """By where it stands; the path tells what stands at one place, as what YAML repeats by an alias does."""
    place = finding.place
    return (place.file, place.line, place.column, finding.rule, finding.message, place.path)


def _ignored(finding: Finding, settings: Settings) -> bool:
    """Whether nobody wants the rule in this file."""
    return any(
        fnmatch(finding.place.file, glob) and any(finding.rule.startswith(one) for one in ids)
        for glob, ids in settings.per_file.items()
    )
