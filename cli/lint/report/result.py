"""Everything a report tells: the findings that count, and how many things there were besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from cli.lint.finding import Finding, Severity
from cli.lint.rule import Rule
from cli.lint.subject import Unreadable

#: The worst first, as they are counted.
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


class Result(NamedTuple):
    """What a run found.

    Attributes:
        findings: those that are told, in the order of the files.
        rules: those that were asked; a report takes titles from them.
        expressions: how many were judged, in how many files; `skipped` how many are not PromQL.
        unreadable: the inputs that nobody could judge.
        suppressed: how many findings somebody gave a reason for.
        known: how many the baseline has; `gone` how many it has that are there no more.
    """

    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = ()
    expressions: int = 0
    files: int = 0
    skipped: int = 0
    unreadable: tuple[Unreadable, ...] = ()
    suppressed: int = 0
    known: int = 0
    gone: int = 0

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings of each severity."""
        counted = Counter(one.severity for one in self.findings)
        return {severity: counted[severity] for severity in SEVERITIES}

    @property
    def by_rule(self) -> list[tuple[str, int, str]]:
        """A rule that found something, how often, and its title; the most frequent first."""
        titles = {rule.id: rule.title for rule in self.rules}
        counted = Counter(one.rule for one in self.findings)
        return [(rule, count, titles.get(rule, "")) for rule, count in sorted(counted.items(), key=_most_first)]


def address(finding: Finding) -> tuple[str, int, int]:
    """File, line and column where a person mends it: the line of Python, if it was written in one."""
    file, _, line = finding.place.source.rpartition(":")
    if file and line.isdecimal():
        return file, int(line), 0
    return finding.place.file, finding.place.line, finding.place.column


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]
