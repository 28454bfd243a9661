"""What `dash test` does: collect, try, tell."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import click

from cli import config
from cli.commands._json import written
from cli.commands._lint import catalogs_of
from cli.errors import RemoteError, UsageError
from cli.exit_codes import Exit, worst
from cli.lint import configured
from cli.lint.report.printable import printable
from cli.prometheus import promtool
from cli.scenarios.collecting import BUILD, collected
from cli.scenarios.report.machine import listing, machine
from cli.scenarios.result import Result
from cli.scenarios.run import unheard
from cli.scenarios.tested import Derive, Plan, planned, unproven, verdicts
from queries.source import did_you_mean

if TYPE_CHECKING:
    from cli.commands.test import Options
    from cli.lint.settings import Settings


#: So many recordings that are not tried are named.
FEW = 3


def run(paths: Sequence[str], said: Options) -> Exit:
    """Everything from the files to the exit code."""
    from cli.lint.rules import ids  # noqa: PLC0415 - the configuration may name any of them

    settings = configured.read(config.here(), "", ids()).settings
    settings = settings._replace(catalogs=(*settings.catalogs, *said["catalogs"]))
    found = collected(paths, config.read(config.here()).sources, settings)
    absent: RemoteError | None = None
    tool: promtool.Promtool | None = None
    if not said["listed"]:
        try:
            tool = promtool.find()
        except RemoteError as error:
            absent = error
    only = frozenset(said["only"])
    derive = _derive(settings, only, ours=not paths) if said["derived"] else None
    plan = planned(found, tool, derive, only)
    unknown = _unknown(said["only"], plan)
    result = Result((), plan.untested, plan.faults, allow_untested=said["allow_untested"])
    if said["listed"]:
        return _listed(plan, result, said["output"])
    if tool is not None:
        try:
            found_out = verdicts(plan, tool, _heard if sys.stderr.isatty() else unheard)
            untested = (*plan.untested, *unproven(found_out))
            result = result._replace(verdicts=tuple(found_out), untested=untested)
        except RemoteError as error:
            absent = error
    if paths and not (plan.rules or plan.trials or plan.foreign or plan.faults or plan.managed):
        raise UsageError(f"no rule and no test in {', '.join(paths)}", fix="a rule file, a test, or a folder of them")
    _tell(result, said["output"])
    for note in (*unknown, *_notes(plan, tool, paths), *found.notes):
        click.echo(f"note: {printable(note)}", err=True)
    if absent is not None:
        click.echo(f"error: {absent}", err=True)
    return worst([*result.exits(), *[Exit.REMOTE] * (absent is not None)])


def _derive(settings: Settings, only: frozenset[str], *, ours: bool) -> Derive:
    from cli.scenarios.derive import derived, of_recordings  # noqa: PLC0415 - only who wants them pays for it

    catalogs = catalogs_of(settings, ours=ours)
    return lambda own, others: chain(
        derived([*own, *others], catalogs, only), of_recordings(own, catalogs, others, only)
    )


def _heard(done: int, of: int) -> None:
    """A line that replaces itself, for a person who waits."""
    click.echo(f"\r{done:,} of {of:,} scenarios are tried" if done < of else "\r\x1b[K", nl=False, err=True)


def _unknown(only: Iterable[str], plan: Plan) -> list[str]:
    """A note for each name that is no alert's, where it may be in a file that could not be read; else an error."""
    known = {name for rules in plan.rules for name in rules.alerts | rules.records}
    absent = [name for name in only if name not in known]
    if absent and not plan.faults:
        fix = did_you_mean(absent[0], known, of="there are")
        raise UsageError(f"no alert is called {absent[0]!r}", where="--only", fix=fix)
    return [f"--only: no alert is called {name!r} in what could be read" for name in absent]


def _tell(result: Result, output: str) -> None:
    if output == "json":
        click.echo(written(machine(result)))
        return
    if output == "junit":
        from cli.scenarios.report.junit import junit  # noqa: PLC0415 - one of four

        click.echo(junit(result))
        return
    if output == "github":
        from cli.scenarios.report.github import github  # noqa: PLC0415 - one of four

        told = github(result)
        if told:
            click.echo(told)
        return
    from cli.scenarios.report import text  # noqa: PLC0415 - one of four

    for one in result.faults:
        click.echo("error: " + "\n".join(text.told(one)), err=True)
    click.echo(text.text(result))


def _listed(plan: Plan, result: Result, output: str) -> Exit:
    if output == "json":
        click.echo(written(machine(result) | {"scenarios": [listing(one) for one in plan.trials]}))
    else:
        for trial in plan.trials:
            place = "derived" if trial.derived else str(trial.place())
            whose = "" if trial.recording else f"{', '.join(trial.alerts) or '-'}: "
            click.echo(printable(f"{whose}{trial.name} ({place})"))
        for test, _ in plan.foreign:
            click.echo(printable(f"{', '.join(test.alerts) or '-'}: {test.name} ({test.spot.document.file})"))
        for one in (*result.faults, *result.untested):
            click.echo(printable(f"{one.place}: {one.what}"), err=True)
    return worst(result._replace(allow_untested=True).exits())


def _notes(plan: Plan, tool: promtool.Promtool | None, paths: Sequence[str]) -> Iterable[str]:
    if tool is not None and tool.note:
        yield tool.note
    if plan.untold:
        told = ", ".join(f"{one.alert} ({one.why})" for one in plan.untold[:FEW])
        more = f" and {len(plan.untold) - FEW} more" * (len(plan.untold) > FEW)
        yield f"recordings are not tried: {told}{more}"
    if plan.managed:
        yield f"Grafana evaluates {plan.managed} of the alerts: promtool cannot try them"
    if not (plan.rules or plan.trials or plan.foreign or plan.faults):
        yield f"no rule and no test in {', '.join(paths) or BUILD}"
