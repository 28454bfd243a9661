"""What `dash lint` does: read, judge, tell."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from cli import config
from cli.commands import _lint_report
from cli.commands._lint_settings import settings_of
from cli.errors import AuthoringError, UsageError
from cli.exit_codes import Exit, worst
from cli.lint import rules
from cli.lint.finding import Finding
from cli.lint.report.result import Result
from cli.lint.rule import Rule
from cli.lint.settings import Settings
from cli.lint.subject import Inputs
from queries.catalog import Catalogs

if TYPE_CHECKING:
    from cli.commands.lint import Options
    from queries.catalog import Catalog

OURS = "build"


def run(paths: Sequence[str], said: Options) -> Exit:
    """Everything from the files to the exit code."""
    own = _own_rules(said["rules"])
    if said["explain"]:
        return _explain(said["explain"], own)
    settings, notes = settings_of(said, config.here(), _ids(own))
    if not (said["baseline"] or said["write_baseline"]):
        inputs, result = _looked_at(paths, settings, own, said)
    else:
        from cli.commands import _lint_baseline  # noqa: PLC0415 - only a house with a baseline pays for it

        baseline = _lint_baseline.read(said)
        inputs, result = _looked_at(paths, settings, own, said)
        looked = _lint_baseline.looked_at(inputs, settings, said["baseline"])
        result = _lint_baseline.compared(result, baseline, looked, said, notes)
    if not inputs.documents and not inputs.unreadable:
        notes.append(f"no dashboard and no rule in {', '.join(paths) or OURS}")
    _lint_report.tell(result, settings, said, notes)
    reasons = [Exit.AUTHORING] * bool(result.unreadable)
    reasons += [Exit.NO] * any(one.severity >= settings.fail_on for one in result.findings)
    return worst(reasons)


def _looked_at(paths: Sequence[str], settings: Settings, own: tuple[Rule, ...], said: Options) -> tuple[Inputs, Result]:
    """What was read and what is wrong with it, after mending what was asked to be mended."""
    catalogs = catalogs_of(settings, ours=not paths)
    stdin = cache(sys.stdin.buffer.read)
    inputs = _read(paths, settings, stdin)
    result = _judged(inputs, settings, own, catalogs)
    if said["fix"] or said["diff"]:
        from cli.commands import _lint_fix  # noqa: PLC0415 - only who asks for it pays for it

        def judge(instead: Mapping[str, str]) -> tuple[Inputs, tuple[Finding, ...]]:
            there = _read(paths, settings, stdin, instead)
            return there, _judged(there, settings, own, catalogs).findings

        if _lint_fix.mend(inputs, result.findings, settings, judge, write=not said["diff"]):
            inputs = _read(paths, settings, stdin)
            result = _judged(inputs, settings, own, catalogs)
    return inputs, result


def _own_rules(paths: Collection[str]) -> tuple[Rule, ...]:
    """Those of the house."""
    if not paths:
        return ()
    from cli.lint.own_rules import own_rules  # noqa: PLC0415 - only who has some pays for it

    return own_rules(paths, _ids())


def _ids(own: Collection[Rule] = ()) -> frozenset[str]:
    """Of every rule that there is."""
    return frozenset((*rules.ids(), *(rule.id for rule in own)))


def _explain(said: str, own: Collection[Rule]) -> Exit:
    from cli.lint.page import page  # noqa: PLC0415 - only who asks for it pays for it
    from cli.lint.settings_table import rule_id  # noqa: PLC0415 - likewise

    there = _ids(own)
    name = rule_id(said if said in there else said.upper(), there, "--explain", whole=True)
    rule = next((one for one in own if one.id == name), None)
    click.echo(page(rule or rules.called([name])[0]))
    return Exit.OK


def _read(
    paths: Sequence[str],
    settings: Settings,
    stdin: Callable[[], bytes],
    instead: Mapping[str, str] = MappingProxyType({}),
) -> Inputs:
    """The paths; without any, what was built here."""
    from cli.lint.reading import read, read_build  # noqa: PLC0415 - after the usage was looked at

    if paths:
        return read(paths, stdin=stdin, settings=settings, instead=instead)
    return read_build(Path(OURS), settings)


def catalogs_of(settings: Settings, *, ours: bool) -> Catalogs:
    """What was named; for our own pages, where nobody names any, what their modules declare."""
    if not settings.catalogs:
        return Catalogs(_declared() if ours else (), settings.external, settings.strict)
    from queries.catalogs.by_name import catalogs  # noqa: PLC0415 - only who names catalogs pays for it
    from queries.catalogs.not_a_catalog import NotACatalog  # noqa: PLC0415 - likewise

    try:
        return catalogs(
            settings.catalogs,
            jobs=config.read(config.here()).jobs,
            external=settings.external,
            strict=settings.strict,
            most_yaml=settings.most_yaml,
        )
    except NotACatalog as error:
        first, *others = error.problems
        what = "\n".join([first.what, *(str(one) for one in others)])
        # a name that is none is a slip of the command line, a broken file an input that could not be read
        kind = AuthoringError if os.path.exists(first.file) else UsageError  # noqa: PTH110 - likewise
        raise kind(what, where=first.where, fix=first.fix) from error


def _declared() -> tuple[Catalog, ...]:
    """The metrics of the sources that `dash build` reads, as catalogs."""
    from cli.compile import project  # noqa: PLC0415 - whoever names catalogs loads no module
    from queries.catalogs.shipped import declared_as  # noqa: PLC0415 - likewise

    here = config.here()
    said = config.read(here)
    return declared_as(project.read(said.sources, here).metrics(), said.jobs)


def _judged(inputs: Inputs, settings: Settings, own: tuple[Rule, ...], catalogs: Catalogs) -> Result:
    from cli.lint.check import check  # noqa: PLC0415 - likewise
    from cli.lint.dealt import cores  # noqa: PLC0415 - likewise
    from cli.lint.suppressed import suppressed  # noqa: PLC0415 - likewise

    there = (one for one in rules.ids() if inputs.groups or not one.startswith(rules.OF_ALERTS))
    wanted = rules.called(one for one in there if settings.wants(one))
    wanted += tuple(rule for rule in own if settings.wants(rule.id))
    # somebody's own rule may remember what it saw, and then has to see everything
    checked = check(inputs, catalogs, settings, wanted, 1 if own else cores())
    judged = suppressed(checked.findings, inputs, settings, today(), _ids(own))
    return Result(
        judged.findings,
        wanted,
        checked.expressions,
        len({document.file for document in inputs.documents}),
        checked.skipped,
        inputs.unreadable,
        judged.suppressed,
    )


def today() -> date:
    """The day by which suppressions end, the same on every machine."""
    return datetime.now(tz=UTC).date()
