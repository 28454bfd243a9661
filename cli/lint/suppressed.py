"""Findings that somebody gave a reason for, taken out; and what is wrong with the reasons.

A reason stands in a comment of YAML or Python, in a line of a description, or in `<file>.dash-ignore` beside the file.
"""

# ruff: noqa: PTH123 - paths are strings

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from fnmatch import fnmatch
from typing import NamedTuple

from cli.lint.commented import in_python, in_yaml
from cli.lint.finding import Finding, Place, Severity
from cli.lint.mentioned import mentions
from cli.lint.settings import Settings
from cli.lint.spot import Spot, spelled
from cli.lint.subject import Inputs, Page
from cli.lint.suppression import DIRECTIVE, MARK, Suppression, below, directive, scoped

NO_REASON, UNUSED, EXPIRED = "PQL990", "PQL991", "PQL992"
SIDECAR = ".dash-ignore"
HOW = f"{MARK} PQL120 because it counts restarts until 2027-01-31"


class Judged(NamedTuple):
    """What is left of the findings, with what is wrong with suppressions; and how many were taken out."""

    findings: tuple[Finding, ...]
    suppressed: int


def suppressed(
    findings: Iterable[Finding], inputs: Inputs, settings: Settings, today: date, rules: Collection[str] = ()
) -> Judged:
    """The findings without those that are suppressed.

    Args:
        findings: what the rules say.
        inputs: where they were looked for, and where reasons stand.
        settings: which rules were looked for: of others nobody knows whether they would have found something.
        today: a suppression counts up to its last day.
        rules: the ids that there are.
    """
    findings = tuple(findings)
    there = [*_in_files(inputs), *_in_pages(inputs), *_in_sidecars(inputs), *_in_python(findings, inputs)]
    if not there:
        return Judged(findings, 0)
    active: dict[str, list[Suppression]] = {}
    for one in there:
        if not one.said.fault and not _is_over(one, today):
            for rule in one.said.rules:
                active.setdefault(rule, []).append(one)
    used: set[tuple[int, str]] = set()
    left = []
    for finding in findings:
        reasons = [one for one in active.get(finding.rule, ()) if one.covers(finding)]
        used |= {(id(one), finding.rule) for one in reasons}
        if not reasons:
            left.append(finding)
    faults = [fault for one in there for fault in _faults(one, used, settings, today, rules)]
    told = [fault for fault in faults if _is_wanted(fault.rule, fault.place.file, settings)]
    order = sorted([*left, *told], key=lambda one: (one.place.file, one.place.line, one.place.column, one.rule))
    return Judged(tuple(order), len(findings) - len(left))


def _faults(
    one: Suppression, used: Collection[tuple[int, str]], settings: Settings, today: date, known: Collection[str]
) -> Iterator[Finding]:
    """What is wrong with a suppression itself."""
    said = one.said
    if said.fault:
        yield _finding(NO_REASON, one, f"{said.fault}, so it does not count", f"write {HOW}", settings)
        return
    if _is_over(one, today):
        ended = f"{', '.join(said.rules)} was ignored until {said.until}: {said.reason}"
        yield _finding(EXPIRED, one, ended, "mend what it finds and take this away, or give it a later date", settings)
        return
    for rule in said.rules:
        if known and rule not in known:
            from queries.source import did_you_mean  # noqa: PLC0415 - only a mistake pays for it

            hint = did_you_mean(rule, known, of="there are").partition("?")[0]
            hint = f"{hint}?" if hint.startswith("did") else "dash lint --explain PQL990 says how it is written"
            yield _finding(UNUSED, one, f"there is no rule {rule} to ignore", hint, settings)
        elif (id(one), rule) not in used and _is_wanted(rule, one.file, settings):
            yield _finding(UNUSED, one, f"{rule} finds nothing here that is to be ignored", "take it away", settings)


def _finding(rule: str, one: Suppression, message: str, hint: str, settings: Settings) -> Finding:
    severity = settings.severity.get(rule, Severity.WARNING)
    return Finding(rule, severity, message, hint, one.place, one.where)


def _is_over(one: Suppression, today: date) -> bool:
    return one.said.until is not None and one.said.until < today


def _is_wanted(rule: str, file: str, settings: Settings) -> bool:
    ignored = (ids for glob, ids in settings.per_file.items() if file and fnmatch(file, glob))
    return settings.wants(rule) and not any(rule.startswith(one) for ids in ignored for one in ids)


def _in_files(inputs: Inputs) -> Iterator[Suppression]:
    """Comments of YAML; JSON has none, and what looks like one there is somebody's text."""
    texts = {document.file: document.text for document in inputs.documents if MARK in document.text}
    for file, text in texts.items():
        if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
            yield from in_yaml(file, text)


def _in_pages(inputs: Inputs) -> Iterator[Suppression]:
    """Lines of descriptions, and comments in the PromQL of a panel."""
    for page in inputs.pages:
        if mentions(page.spot.document.text, MARK):
            for spot, member, text in _texts(page):
                if MARK in text:
                    yield from _in_text(spot, member, text)


def _texts(page: Page) -> Iterator[tuple[Spot, str, str]]:
    yield page.spot, "description", str(page.json.get("description") or "")
    for panel in page.panels:
        yield panel.spot, "description", panel.description
        for target in panel.targets:
            yield target.spot, "expr", target.expr


def _in_text(spot: Spot, member: str, text: str) -> Iterator[Suppression]:
    line, column = spot.document.position((*spot.path, member))
    place = Place(spot.document.file, line, column, spelled((*spot.path, member)))
    for found in DIRECTIVE.finditer(text):
        covers = below(place.file, spelled(spot.path))
        yield Suppression(directive(found["said"]), place, place.file, covers, spot.where)


def _in_sidecars(inputs: Inputs) -> Iterator[Suppression]:
    """`PQL120 panels[3] because ...`, a line each; `#` begins a comment."""
    for file in dict.fromkeys(document.file for document in inputs.documents):
        for number, line in enumerate(_lines(file + SIDECAR), start=1):
            text = line.strip().removeprefix(MARK).strip()
            if text and not text.startswith("#"):
                said = directive(text)
                yield Suppression(said, Place(file + SIDECAR, number, 1), file, scoped(file, said.scope))


def _in_python(findings: Iterable[Finding], inputs: Inputs) -> Iterator[Suppression]:
    """Comments in the modules that pages were written in."""
    written = [*(page.written for page in inputs.pages), *(group.written for group in inputs.groups)]
    sources = [*written, *(one.place.source for one in findings)]
    for file in dict.fromkeys(source.rpartition(":")[0] for source in sources):
        if file:
            yield from in_python(file, _lines(file))


def _lines(file: str) -> list[str]:
    """A file's lines; none where it is not there or no text."""
    try:
        with open(file, encoding="utf-8") as opened:
            return opened.read().splitlines()
    except (OSError, ValueError):
        return []
