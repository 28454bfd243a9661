"""The rules over some pages: what they say, and the names of the metrics that the pages read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cli.lint.asked import Asked
from cli.lint.finding import Finding
from cli.lint.judge import Judge
from cli.lint.question import on_page
from cli.lint.rule import Fault, Rule, World
from cli.lint.spot import Document, Spot
from cli.lint.subject import Page
from cli.lint.telling import finding

#: So many expressions are judged together, see `Judge.judged`; their inferred trees are 2 MB.
BATCH = 300


class OfPages(NamedTuple):
    """What is said of some pages.

    Attributes:
        findings: as they were found.
        expressions: how many were judged; `skipped` how many are in a language that is not PromQL.
        shown: the metrics that panels show.
        read: those and the ones that variables and annotations read.
    """

    findings: list[Finding]
    expressions: int
    skipped: int
    shown: AbstractSet[str]
    read: AbstractSet[str]


def of_pages(pages: Iterable[Page], world: World, judge: Judge, batch: int) -> OfPages:
    """Some pages at a time, with so many expressions, of which only names are kept."""
    findings = list[Finding]()
    shown, read = set[str](), set[str]()
    expressions = skipped = 0
    before: Document | None = None
    for some, every in _batches(pages, world, batch):
        asked = [one for one in every if one is not None]
        expressions += len(asked)
        skipped += len(every) - len(asked)
        findings += of_expressions(asked, judge)
        for one in asked:
            read.update(one.names)
            if one.panel is not None:
                shown.update(one.names)
        for page in some:
            for rule, fault, spot in _of_page(page, world, judge.rules):
                findings.append(finding(rule, fault, spot, world.settings, written=page.written))
            if before is not page.spot.document:
                # not page by page: a file may have thousands, and each stands behind all others
                if before is not None:
                    before.forget()
                before = page.spot.document
    if before is not None:
        before.forget()
    return OfPages(findings, expressions, skipped, shown, read)


def of_expressions(every: Sequence[Asked], judge: Judge) -> Iterator[Finding]:
    """What is said of expressions, which are then forgotten."""
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        for asked, rule, fault in judge.judged(batch):
            around = asked.page or asked.group
            written = around.written if around is not None else ""
            yield finding(rule, fault, asked.spot, asked.settings, written=written, asked=asked)
        for asked in batch:
            asked.forget()


def at(rule: Rule, spot: Spot, faults: Iterable[Fault]) -> Iterator[tuple[Rule, Fault, Spot]]:
    """What a rule says of what stands there."""
    return ((rule, fault, spot) for fault in faults)


def _batches(pages: Iterable[Page], world: World, batch: int) -> Iterator[tuple[list[Page], list[Asked | None]]]:
    """The pages, and what they ask, some at a time."""
    some, every = list[Page](), list[Asked | None]()
    for page in pages:
        some.append(page)
        every += on_page(page, world.catalogs, world.settings)
        if len(every) >= batch:
            yield some, every
            some, every = [], []
    yield some, every


def _of_page(page: Page, world: World, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Fault, Spot]]:
    """What is said of a page and its parts."""
    for rule in rules:
        if rule.of_page is not None:
            yield from at(rule, page.spot, rule.of_page(page, world))
        if rule.of_variable is not None:
            for variable in page.variables:
                yield from at(rule, variable.spot, rule.of_variable(variable, page, world))
        if rule.of_panel is not None:
            for panel in page.panels:
                yield from at(rule, panel.spot, rule.of_panel(panel, page, world))
        if rule.of_target is not None:
            for panel in page.panels:
                for target in panel.targets:
                    yield from at(rule, target.spot, rule.of_target(target, panel, page, world))
