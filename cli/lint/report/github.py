"""Findings as workflow commands: GitHub shows each at its line of a pull request."""

from __future__ import annotations

from cli.lint.finding import Finding, Severity
from cli.lint.report.printable import printable
from cli.lint.report.result import Result, address
from cli.lint.subject import Unreadable

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(result: Result) -> str:
    """One `::error file=...,line=...::message` a finding, and one an input that could not be read."""
    titles = {rule.id: rule.title for rule in result.rules}
    lines = [_unreadable(one) for one in result.unreadable]
    lines += [_finding(one, titles.get(one.rule, "")) for one in result.findings]
    return "\n".join(lines)


def _finding(one: Finding, title: str) -> str:
    file, line, column = address(one)
    hint = f"try: {one.hint}" if one.hint else ""
    said = [part for part in (one.message, one.where, one.expr, hint) if part]
    return command(COMMANDS[one.severity], (file, line, column), f"{one.rule} {title}".strip(), said)


def _unreadable(one: Unreadable) -> str:
    return command("error", (one.file, one.line, one.column), "cannot be read", [one.why])


def command(name: str, at: tuple[str, int, int], title: str, said: list[str]) -> str:
    """One command, its message a line each."""
    file, line, column = at
    told = {"file": file, "line": line, "col": column, "title": title}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in told.items() if value)
    return f"::{name} {properties}::{'%0A'.join(_data(part) for part in said)}"


def _data(text: str) -> str:
    """A line breaks nothing: whatever could end it is spelled out before."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
