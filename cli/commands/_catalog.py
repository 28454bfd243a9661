"""What `dash catalog read` does once its options are understood."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from cli.commands._catalog_source import STDIN, Source, found
from cli.compile import write
from cli.errors import RemoteError, UsageError
from cli.lint.report.printable import printable
from cli.prometheus.access import Access
from cli.prometheus.fetch import is_address
from queries.catalog import Catalog
from queries.catalogs.by_name import domain_of, read
from queries.catalogs.file import read_catalog
from queries.catalogs.not_a_catalog import NotACatalog
from queries.catalogs.renewed import Renewed, renewed
from queries.catalogs.seen import Seen, as_catalog, disagreeing
from queries.catalogs.text import catalog_text
from queries.duration import seconds
from queries.exposed import Exposed
from queries.source import Mistake

#: So many names are listed at most.
LISTED = 10
#: So many of those with the most series.
MOST = 3
#: The comments before the first word of a file, and those behind it.
HEAD = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)


class Order(NamedTuple):
    """What the options said.

    Attributes:
        source: the page, or where it is to be had; "-" for standard input.
        out: the catalog's file; None for standard output.
        prune: whether what the page has not is taken out of it.
        domain: the service; None for what the file already says, or is called.
        few: a new label with at most so many values gets them as its closed set.
        access: how an address is asked.
    """

    source: str
    out: str | None = None
    prune: bool = False
    domain: str | None = None
    jobs: tuple[str, ...] = ()
    scrape_interval: str | None = None
    few: int = 0
    access: Access = Access()


def run(order: Order) -> None:
    """Read the page, renew the catalog, write it; UsageError where either cannot be read."""
    try:
        text = _text(order.out)
        old = read_catalog(text, order.out) if text is not None and order.out else None
        source = found(order.source, order.jobs or (old.jobs if old else ()), order.access)
    except NotACatalog as error:
        raise UsageError(str(error)) from error
    if not source.live.seen:
        raise RemoteError(f"{source.name} has no series of any service{_of(order.jobs)}", fix="its page of targets")
    begun = _told(old or _begun(order, source), order)
    down = [
        f"{job} does not answer: {why}" for job, why in (source.live.jobs or {}).items() if why and job in begun.jobs
    ]
    if order.prune and down:
        raise RemoteError(f"the job {down[0]}; --prune would take its metrics out", fix="the same when it answers")
    said = renewed(begun, _metrics(source, begun, order.few), prune=order.prune)
    made = catalog_text(said.catalog)
    if order.out is None:
        click.echo(made, nl=False)
    elif said.catalog == old:
        click.echo(f"{order.out} says so already: {len(said.catalog.metrics)} metrics")
    else:
        _write(order.out, (text or b"").decode(), made)
        click.echo(f"{order.out}: {_counted(said, old)}")
    for note in (*_notes(said, prune=order.prune), *_about(source, order)):
        click.echo(printable(f"note: {note}"), err=True)


def _text(out: str | None) -> bytes | None:
    """What is in the file that shall be written; None where there is none."""
    return read(out) if out is not None and os.path.exists(out) else None  # noqa: PTH110 - a Path raises where a name is too long


def _of(jobs: tuple[str, ...]) -> str:
    return f" of the job {' or '.join(jobs)}" if jobs else ""


def _begun(order: Order, source: Source) -> Catalog:
    """A catalog that nobody has written on yet."""
    named = order.out or order.source
    jobs = tuple(sorted({one.job for one in source.live.seen if one.job}))
    if order.out is None and (named == STDIN or is_address(named)):
        domain = jobs[0] if len(jobs) == 1 else "unnamed"
    else:
        domain = domain_of(named)
    made = Catalog(domain, source=named, target_labels=source.target_labels)
    if not source.is_prometheus:
        return made
    return replace(made, jobs=jobs, scrape_interval=source.interval or made.scrape_interval)


def _metrics(source: Source, begun: Catalog, few: int) -> Iterator[Exposed]:
    """What was found; a job of which the catalog does not speak is none of its metrics'."""
    for one in as_catalog(source.live.seen, few=few):
        yield one if set(one.jobs) <= set(begun.jobs) else replace(one, jobs=())


def _told(catalog: Catalog, order: Order) -> Catalog:
    """The catalog with what the options say besides."""
    try:
        interval = seconds(order.scrape_interval) if order.scrape_interval else catalog.scrape_interval
    except Mistake as error:
        raise UsageError(f"--scrape-interval: {error.what}", fix=error.fix) from error
    return replace(
        catalog, domain=order.domain or catalog.domain, jobs=order.jobs or catalog.jobs, scrape_interval=interval
    )


def _write(out: str, before: str, made: str) -> None:
    """The file anew, below the comments with which it began."""
    begin = HEAD.match(before)
    head = begin[0] if begin else ""
    if COMMENT.search(before, len(head)):
        click.echo(f"note: only the comments at the beginning of {out} are kept", err=True)
    write.replace_all(Path(out).parent, {out: (head + made).encode()})


def _counted(said: Renewed, old: Catalog | None) -> str:
    metrics = len(said.catalog.metrics)
    if old is None:
        return f"{metrics} metrics"
    return f"{metrics} metrics, {len(said.new)} of them new"


def _notes(said: Renewed, *, prune: bool) -> Iterator[str]:
    unseen = sum(one.open for one in said.catalog.metrics)
    if unseen:
        yield f"{unseen} metrics have no series yet: nobody can say their labels (open: true)"
    if said.gone:
        became = "taken out" if prune else "kept (--prune takes them out)"
        more = f" and {len(said.gone) - LISTED} more" if len(said.gone) > LISTED else ""
        yield f"not on the page, {became}: {', '.join(said.gone[:LISTED])}{more}"
    yield from said.retyped


def _about(source: Source, order: Order) -> Iterator[str]:
    """How much it is, and what nobody expects of a service: for who asked a running one."""
    if not is_address(order.source):
        return
    yield from disagreeing(source.live.seen)
    for job, why in (source.live.jobs or {}).items():
        if why and (not order.jobs or job in order.jobs):
            yield f"the job {job} does not answer: {why}"
    series = sum(one.series for one in source.live.seen)
    most = sorted(source.live.seen, key=lambda one: -one.series)[:MOST]
    yield f"{series:,} series, most of them: {', '.join(map(_great, most))}"


def _great(one: Seen) -> str:
    label, values = one.widest
    return f"{one.name} {one.series:,}" + (f" ({label} has {values:,} values)" if values > 1 else "")
