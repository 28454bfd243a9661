"""The rules over all that was read: every finding, once, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from typing import NamedTuple

from cli.lint.asked import Asked
from cli.lint.finding import Finding
from cli.lint.judge import Judge
from cli.lint.question import in_group, on_page, recordings
from cli.lint.rule import Fault, Rule, World
from cli.lint.settings import Settings
from cli.lint.spot import Spot
from cli.lint.subject import Group, Inputs, Page
from cli.lint.telling import finding
from queries.catalog import Catalogs
from queries.inference.recorded import with_recordings

#: So many expressions are judged together, see `Judge.judged`; their inferred trees are 2 MB.
BATCH = 300
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
    known = with_recordings(catalogs, recordings(inputs))
    able = [rule for rule in rules if settings.wants(rule.id) and (known.catalogs or not rule.needs_catalog)]
    checking = _Checking(inputs, known, settings, able)
    found = dict.fromkeys(one for one in checking.findings() if not _ignored(one, settings))
    order = sorted(found, key=lambda one: (one.place.file, one.place.line, one.place.column, one.rule, one.message))
    return Checked(tuple(order), checking.expressions, checking.skipped)


class _Checking:
    """One run: some pages at a time, of which only names are kept; then the rules, which look at each other."""

    def __init__(self, inputs: Inputs, catalogs: Catalogs, settings: Settings, rules: Sequence[Rule]) -> None:
        self.rules, self.judge = rules, Judge(rules)
        self.shown: set[str] = set()
        self.read: set[str] = set()
        self.expressions = self.skipped = 0
        ruled = tuple(self._counted(one for group in inputs.groups for one in in_group(group, catalogs, settings)))
        for asked in [one for one in ruled if one.reader == "alert"][:KEPT]:
            asked.kept = True
        self.world = World(inputs, catalogs, settings, ruled, self.shown, self.read)

    def findings(self) -> Iterator[Finding]:
        """What every rule says."""
        inputs, settings = self.world.inputs, self.world.settings
        for pages, every in self._batches():
            yield from self._of_expressions(every)
            for asked in every:
                self.read.update(asked.names)
                if asked.panel is not None:
                    self.shown.update(asked.names)
            for page in pages:
                for rule, fault, spot in self._of_page(page):
                    yield finding(rule, fault, spot, settings, written=page.written)
                page.spot.document.forget()
        for start in range(0, len(self.world.ruled), BATCH):
            yield from self._of_expressions(self.world.ruled[start : start + BATCH])
        for group in inputs.groups:
            for rule, fault, spot in self._of_group(group):
                yield finding(rule, fault, spot, settings, written=group.written)
        for rule in self.rules:
            for fault in rule.of_all(self.world) if rule.of_all is not None else ():
                yield finding(rule, fault, None, settings)

    def _batches(self) -> Iterator[tuple[list[Page], list[Asked]]]:
        """The pages, and what they ask, some at a time."""
        pages, every = list[Page](), list[Asked]()
        for page in self.world.inputs.pages:
            pages.append(page)
            every += self._counted(on_page(page, self.world.catalogs, self.world.settings))
            if len(every) >= BATCH:
                yield pages, every
                pages, every = [], []
        yield pages, every

    def _counted(self, every: Iterable[Asked | None]) -> Iterator[Asked]:
        """Those in PromQL."""
        for one in every:
            if one is None:
                self.skipped += 1
            else:
                self.expressions += 1
                yield one

    def _of_expressions(self, every: Sequence[Asked]) -> Iterator[Finding]:
        for asked, rule, fault in self.judge.judged(every):
            around = asked.page or asked.group
            written = around.written if around is not None else ""
            yield finding(rule, fault, asked.spot, asked.settings, written=written, asked=asked)
        for asked in every:
            asked.forget()

    def _of_page(self, page: Page) -> Iterator[tuple[Rule, Fault, Spot]]:
        """What is said of a page and its parts."""
        world = self.world
        for rule in self.rules:
            if rule.of_page is not None:
                yield from _at(rule, page.spot, rule.of_page(page, world))
            if rule.of_variable is not None:
                for variable in page.variables:
                    yield from _at(rule, variable.spot, rule.of_variable(variable, page, world))
            if rule.of_panel is not None:
                for panel in page.panels:
                    yield from _at(rule, panel.spot, rule.of_panel(panel, page, world))
            if rule.of_target is not None:
                for panel in page.panels:
                    for target in panel.targets:
                        yield from _at(rule, target.spot, rule.of_target(target, panel, page, world))

    def _of_group(self, group: Group) -> Iterator[tuple[Rule, Fault, Spot]]:
        """What is said of a group and its rules."""
        world = self.world
        for rule in self.rules:
            if rule.of_group is not None:
                yield from _at(rule, group.spot, rule.of_group(group, world))
            if rule.of_alert is not None:
                for alert in group.alerts:
                    yield from _at(rule, alert.spot, rule.of_alert(alert, group, world))
            if rule.of_recording is not None:
                for recording in group.recordings:
                    yield from _at(rule, recording.spot, rule.of_recording(recording, group, world))


def _at(rule: Rule, spot: Spot, faults: Iterable[Fault]) -> Iterator[tuple[Rule, Fault, Spot]]:
    return ((rule, fault, spot) for fault in faults)


def _ignored(finding: Finding, settings: Settings) -> bool:
    """Whether nobody wants the rule in this file."""
    return any(
        fnmatch(finding.place.file, glob) and any(finding.rule.startswith(one) for one in ids)
        for glob, ids in settings.per_file.items()
    )
