"""What `dash catalog diff` does once its options are understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import click

from cli import config
from cli.commands import _catalog_report as report
from cli.commands._catalog_source import Source, found
from cli.commands._json import written
from cli.errors import AuthoringError, UsageError
from cli.exit_codes import Exit
from cli.lint.report.printable import printable
from cli.prometheus.access import Access
from queries.catalog import Catalog
from queries.catalogs.by_name import catalogs
from queries.catalogs.compared import compared, jobs_of, owners
from queries.catalogs.difference import Compared
from queries.catalogs.not_a_catalog import NotACatalog
from queries.catalogs.shipped import NAMES, jobs_by_role

#: So many of a kind of note are told.
LISTED = 10


class Order(NamedTuple):
    """What the options said.

    Attributes:
        source: a file, "-" or an address.
        catalogs: names or files; none for those that are configured, or for a Prometheus all that come with us.
        jobs: only these.
        ignore: patterns of names.
        output: "text", "json" or "markdown".
        access: how an address is asked.
    """

    source: str
    catalogs: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    output: str = "text"
    access: Access = Access()


def run(order: Order) -> Exit:
    """Compare and tell; NO where something differs."""
    named = order.catalogs or _configured()
    declared = _declared(named or NAMES)
    wanted = [_of_jobs(one, order.jobs) for one in declared] if order.jobs else declared
    if order.jobs and not any(one.metrics for one in wanted):
        known = sorted(frozenset().union(*map(jobs_of, declared)))
        raise UsageError(f"no catalog has a metric of {', '.join(order.jobs)}", fix=f"--job of {', '.join(known)}")
    source = _found(order, wanted)
    if not named and not source.is_prometheus:
        raise UsageError("which catalog is this service's?", fix=f"--catalog FILE, or of {', '.join(NAMES)}")
    said = compared(wanted, source.live, ignore=order.ignore)
    if order.output == "json":
        click.echo(written(report.machine(source.name, said)))
    else:
        click.echo((report.markdown if order.output == "markdown" else report.text)(source.name, said))
    for note in _notes(said, source, wanted, order):
        click.echo(printable(f"note: {note}"), err=True)
    return Exit.NO if said.differences else Exit.OK


def _found(order: Order, wanted: Sequence[Catalog]) -> Source:
    """What is there; of a Prometheus only the jobs that matter, where they are known."""
    owned = [jobs_of(one) for one in wanted]
    jobs = order.jobs or (tuple(sorted(frozenset().union(*owned))) if all(owned) else ())
    try:
        return found(order.source, jobs, order.access)
    except NotACatalog as error:
        raise UsageError(str(error)) from error


def _configured() -> tuple[str, ...]:
    """The catalogs that `[lint]` names: what pages are held against is what services are held against."""
    from cli.lint import configured  # noqa: PLC0415 - a command line that names catalogs needs none
    from cli.lint.rules import ids  # noqa: PLC0415 - likewise

    return configured.read(config.here(), "", ids()).settings.catalogs


def _declared(names: Sequence[str]) -> list[Catalog]:
    """The catalogs; a job that is only assumed is where we look, for nowhere else is better."""
    jobs: Mapping[str, str] = {role: job for name in names if name in NAMES for role, job in jobs_by_role(name).items()}
    try:
        return list(catalogs(names, jobs={**jobs, **config.read(config.here()).jobs}).catalogs)
    except NotACatalog as error:
        kind = AuthoringError if any(one.line for one in error.problems) else UsageError
        raise kind(str(error)) from error


def _of_jobs(of: Catalog, jobs: Sequence[str]) -> Catalog:
    """The catalog with what these jobs export."""
    those = tuple(one for one in of.metrics if not owners(of, one) or owners(of, one) & set(jobs))
    return replace(of, metrics=those)


def _notes(said: Compared, source: Source, wanted: Sequence[Catalog], order: Order) -> Iterator[str]:
    if said.unseen:
        yield f"not seen yet: {_listed(said.unseen, '; ')}"
    for reason, count in sorted(said.aside.items()):
        yield f"not compared: {count} metrics ({reason})"
    owned = [jobs_of(one) for one in wanted]
    others = sorted(frozenset(source.live.jobs or ()) - frozenset().union(*owned)) if all(owned) else []
    if others and not order.jobs:
        yield f"no catalog speaks of the jobs {_listed(others, ', ')}"


def _listed(those: Sequence[str], between: str) -> str:
    more = f"{between}and {len(those) - LISTED} more" if len(those) > LISTED else ""
    return f"{between.join(those[:LISTED])}{more}"
