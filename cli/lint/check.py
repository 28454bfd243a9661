"""The rules over all that was read: every finding, once, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from itertools import islice
from typing import NamedTuple

from cli.lint.asked import Asked
from cli.lint.finding import Change, Finding, Place
from cli.lint.fixing import edit
from cli.lint.judge import Judge
from cli.lint.question import asked_in, recordings
from cli.lint.rule import Fault, Rule, World
from cli.lint.settings import Settings
from cli.lint.spot import Spot
from cli.lint.subject import Group, Inputs, Page
from cli.lint.written import line_of
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


def check(inputs: Inputs, catalogs: Catalogs, settings: Settings, rules: Sequence[Rule]) -> Checked:
    """Every finding of the wanted rules."""
    wanted = [rule for rule in rules if settings.wants(rule.id)]
    known = with_recordings(catalogs, recordings(inputs))
    asked, skipped = asked_in(inputs, known, settings)
    world = World(inputs, known, settings, tuple(asked))
    found = dict.fromkeys(one for one in _all(wanted, world) if not _ignored(one, settings))
    order = sorted(found, key=lambda one: (one.place.file, one.place.line, one.place.column, one.rule, one.message))
    return Checked(tuple(order), len(asked), skipped)


def _all(rules: Sequence[Rule], world: World) -> Iterator[Finding]:
    judge = Judge(rules)
    for asked in islice((one for one in world.asked if one.reader == "alert"), KEPT):
        asked.kept = True
    for asked in world.asked:
        for rule, fault in judge.judged(asked):
            written = asked.page.written if asked.page is not None else asked.group.written if asked.group else ""
            yield _finding(rule, fault, fault.spot or asked.spot, world.settings, written=written, asked=asked)
        asked.forget()
    for rule in rules:
        for page in world.inputs.pages if rule.is_of_pages else ():
            for fault, spot in _of_page(rule, page, world):
                yield _finding(rule, fault, spot, world.settings, written=page.written)
        for group in world.inputs.groups if rule.is_of_groups else ():
            for fault, spot in _of_group(rule, group, world):
                yield _finding(rule, fault, spot, world.settings, written=group.written)
        for fault in rule.of_all(world) if rule.of_all is not None else ():
            yield _finding(rule, fault, fault.spot, world.settings)


def _of_page(rule: Rule, page: Page, world: World) -> Iterator[tuple[Fault, Spot]]:
    """What a rule says of a page and its parts."""
    if rule.of_page is not None:
        yield from _at(page.spot, rule.of_page(page, world))
    if rule.of_variable is not None:
        for variable in page.variables:
            yield from _at(variable.spot, rule.of_variable(variable, page, world))
    if rule.of_panel is not None:
        for panel in page.panels:
            yield from _at(panel.spot, rule.of_panel(panel, page, world))
    if rule.of_target is not None:
        for panel in page.panels:
            for target in panel.targets:
                yield from _at(target.spot, rule.of_target(target, panel, page, world))


def _of_group(rule: Rule, group: Group, world: World) -> Iterator[tuple[Fault, Spot]]:
    """What a rule says of a group and its rules."""
    if rule.of_group is not None:
        yield from _at(group.spot, rule.of_group(group, world))
    if rule.of_alert is not None:
        for alert in group.alerts:
            yield from _at(alert.spot, rule.of_alert(alert, group, world))
    if rule.of_recording is not None:
        for recording in group.recordings:
            yield from _at(recording.spot, rule.of_recording(recording, group, world))


def _at(spot: Spot, faults: Iterable[Fault]) -> Iterator[tuple[Fault, Spot]]:
    return ((fault, fault.spot or spot) for fault in faults)


def _finding(
    rule: Rule, fault: Fault, spot: Spot | None, settings: Settings, *, written: str = "", asked: Asked | None = None
) -> Finding:
    """What the rule said, with its place; of an expression also the part of it that is meant."""
    if spot is None:
        raise TypeError(f"{rule.id} speaks of everything and says no place")
    inside = asked if fault.spot is None else None
    begins = inside.begins if inside is not None else 0
    span = _span(inside, fault) if inside is not None else None
    document = spot.document
    line, column = document.position(spot.path) if span is None else document.position_in(spot.path, begins + span[0])
    place = Place(document.file, line, column, _spelled(spot.path), line_of(written, spot.where) if written else "")
    severity = settings.severity.get(rule.id, fault.severity or rule.severity)
    expr = inside.text if inside is not None else ""
    mended = edit(spot, _moved(fault.change, begins)) if fault.change is not None else None
    return Finding(rule.id, severity, fault.message, fault.hint, place, spot.where, expr, span, mended)


def _span(asked: Asked, fault: Fault) -> tuple[int, int] | None:
    """From where to where in the expression what is meant stands; None where the expression does not parse."""
    if asked.known is None:
        return None
    from queries.position import span_of  # noqa: PLC0415 - only a finding pays for it

    start, end = span_of(asked.text, asked.known.node, asked.path(fault.at or asked.known), fault.match)
    return start, end


def _moved(change: Change, by: int) -> Change:
    return change if change.path else replace(change, start=change.start + by, end=change.end + by)


def _ignored(finding: Finding, settings: Settings) -> bool:
    """Whether nobody wants the rule in this file."""
    return any(
        fnmatch(finding.place.file, glob) and any(finding.rule.startswith(one) for one in ids)
        for glob, ids in settings.per_file.items()
    )


def _spelled(path: tuple[str | int, ...]) -> str:
    """`panels[2].targets[0].expr`."""
    text = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path)
    return text.removeprefix(".")
