"""A result on standard output in the form that was asked for, and what is to be said besides on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.lint import rules
from cli.lint.report.result import Result
from cli.lint.rule import Rule
from cli.lint.settings import Settings

if TYPE_CHECKING:
    from cli.commands.lint import Options
    from cli.lint.report.text import Style

COLOURS: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan"},
    "try": {"fg": "green"},
}


def tell(result: Result, settings: Settings, said: Options, notes: Sequence[str]) -> None:
    """All that is to be said."""
    if said["quiet"]:
        failing = tuple(one for one in result.findings if one.severity >= settings.fail_on)
        result, notes = result._replace(findings=failing), ()
    if said["output"] == "text":
        from cli.lint.report.printable import printable  # noqa: PLC0415 - one of four

        for one in result.unreadable:
            click.echo(f"error: {printable(str(one))}", err=True)
            if one.fix:
                click.echo(f"  try: {printable(one.fix)}", err=True)
    told = _report(result, settings, said)
    if told:
        click.echo(told)
    for note in notes:
        click.echo(f"note: {note}", err=True)


def _report(result: Result, settings: Settings, said: Options) -> str:
    output = said["output"]
    if output == "json":
        from cli.lint.report.machine import machine  # noqa: PLC0415 - one of four

        return machine(result, statistics=said["statistics"])
    if output == "github":
        from cli.lint.report.github import github  # noqa: PLC0415 - one of four

        return github(result)
    if output == "sarif":
        from cli.lint.report.sarif import sarif  # noqa: PLC0415 - one of four

        return sarif(result._replace(rules=_looked_for(result, settings)))
    from cli.lint.report import text  # noqa: PLC0415 - one of four

    told = (
        text.statistics(result) if said["statistics"] else text.text(result, _paint if _is_coloured() else text.plain)
    )
    counted = "" if said["quiet"] else text.counted(result)
    return "\n\n".join(filter(None, (told, counted)))


def _looked_for(result: Result, settings: Settings) -> tuple[Rule, ...]:
    """The rules that were asked, and those that would have been, had something been read that they are about."""
    own = (rule for rule in result.rules if rule.id not in rules.ids())
    return (*rules.called(one for one in rules.ids() if settings.wants(one)), *own)


def _paint(style: Style, text: str) -> str:
    return click.style(text, **COLOURS[style])


def _is_coloured() -> bool:
    """Only a person at a terminal sees colours, unless they asked for none (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
