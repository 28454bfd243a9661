"""A result as workflow commands: GitHub shows each fault at its line of a pull request."""

from __future__ import annotations

from cli.lint.report.github import command
from cli.scenarios.result import Result
from cli.scenarios.trial import Fault


def github(result: Result) -> str:
    """One `::error file=...,line=...::message` a fault; an alert without a scenario may be a notice only."""
    lines = [_line("error", one, "cannot be run") for one in result.faults]
    for verdict in result.failed:
        lines += [_line("error", one, verdict.name) for one in verdict.faults]
    level = "notice" if result.allow_untested else "error"
    lines += [_line(level, one, "no scenario") for one in result.untested]
    return "\n".join(lines)


def _line(level: str, one: Fault, title: str) -> str:
    return command(
        level,
        (one.place.file, one.place.line, one.place.column),
        title,
        [one.what, *([f"try: {one.hint}"] if one.hint else [])],
    )
