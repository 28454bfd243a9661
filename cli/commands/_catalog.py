"""What `dash catalog read` does once its options are understood."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from cli.compile import write
from cli.errors import UsageError
from queries.catalog import Catalog
from queries.catalogs.by_name import domain_of, page, read
from queries.catalogs.file import read_catalog
from queries.catalogs.not_a_catalog import NotACatalog
from queries.catalogs.renewed import Renewed, renewed
from queries.catalogs.text import catalog_text
from queries.duration import seconds
from queries.source import Mistake

STDIN = "-"
#: So many names are listed at most.
LISTED = 10
#: The comments before the first word of a file, and those behind it.
HEAD = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)


class Order(NamedTuple):
    """What the options said.

    Attributes:
        source: the page; "-" for standard input.
        out: the catalog's file; None for standard output.
        prune: whether what the page has not is taken out of it.
        domain: the service; None for what the file already says, or is called.
    """

    source: str
    out: str | None = None
    prune: bool = False
    domain: str | None = None
    jobs: tuple[str, ...] = ()
    scrape_interval: str | None = None


def run(order: Order) -> None:
    """Read the page, renew the catalog, write it; UsageError where either cannot be read."""
    try:
        text = _text(order.out)
        old = read_catalog(text, order.out) if text is not None and order.out else None
        found = _page(order.source)
    except NotACatalog as error:
        raise UsageError(str(error)) from error
    named = order.out or order.source
    begun = old or Catalog("unnamed" if named == STDIN else domain_of(named), source=named)
    said = renewed(_told(begun, order), found.metrics, prune=order.prune)
    made = catalog_text(said.catalog)
    if order.out is None:
        click.echo(made, nl=False)
    elif said.catalog == old:
        click.echo(f"{order.out} says so already: {len(said.catalog.metrics)} metrics")
    else:
        _write(order.out, (text or b"").decode(), made)
        click.echo(f"{order.out}: {_counted(said, old)}")
    for note in _notes(said, prune=order.prune):
        click.echo(f"note: {note}", err=True)


def _text(out: str | None) -> bytes | None:
    """What is in the file that shall be written; None where there is none."""
    return read(out) if out is not None and os.path.exists(out) else None  # noqa: PTH110 - a Path raises where a name is too long


def _page(source: str) -> Catalog:
    if source != STDIN:
        return page(read(source), source)
    return page(sys.stdin.buffer.read(), "<stdin>")


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
