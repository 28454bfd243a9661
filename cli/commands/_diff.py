"""What `dash diff` does once its options are understood."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import click

from cli import config
from cli.commands import _diff_files, _diff_versions, _who
from cli.commands._diff_files import Files
from cli.commands._diff_live import Live
from cli.commands._diff_page import Page
from cli.commands._diff_pages import found
from cli.commands._diff_report import written
from cli.commands._diff_sides import meant, place_of
from cli.commands._place import JOBS, Place
from cli.deploy.wanted import path_of
from cli.errors import UsageError
from cli.exit_codes import Exit, worst
from cli.grafana.port import Grafana
from cli.lint.report.printable import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody typed, besides who asks."""

    base: str | None = None
    live: str | None = None
    only: tuple[str, ...] = ()
    versions: tuple[int, ...] = ()
    folder: str | None = None
    pins: Mapping[str, str] = field(default_factory=dict)
    jobs: int | None = None


def run(asked: Asked, who: _who.Who, output: str, *, stat: bool) -> Exit:
    """Compare, say what differs, and answer the exit code."""
    pages = [_aged(asked, who)] if asked.versions else _compared(asked, who)
    click.echo(written(pages, output, stat=stat), nl=False)
    for page in pages:
        if page.why:
            click.echo(f"error: {printable(f'{page.uid}: {page.why}')}", err=True)
    return worst([*(page.exit for page in pages), *([Exit.NO] * any(page.edits for page in pages))])


def _aged(asked: Asked, who: _who.Who) -> Page:
    """One page, and how it was."""
    if asked.base is None or asked.only:
        raise UsageError("--version is of one page", fix="dash diff UID --version N")
    place = place_of(asked.live, who) if asked.live else _who.place_of(who)
    with _connected(place, 1) as grafana:
        return _diff_versions.of(grafana, asked.base, asked.versions)


def _connected(place: Place, jobs: int) -> AbstractContextManager[Grafana]:
    from cli.grafana.connect import connected  # noqa: PLC0415 - it loads the network, which files do not need

    return connected(place.address, connections=jobs, api=place.api)


def _compared(asked: Asked, who: _who.Who) -> list[Page]:
    sides = meant(tuple(word for word in (asked.base, asked.live) if word is not None), who)
    places = [one for one in sides if isinstance(one, Place)]
    read = [_diff_files.read(one) if isinstance(one, Path) else one for one in sides]
    files = [one for one in read if isinstance(one, Files)]
    for note in (note for one in files for note in one.notes):
        click.echo(f"note: {printable(note)}", err=True)
    project = files[0].project if files else config.read(config.here()).project
    jobs = asked.jobs or min((place.jobs or JOBS for place in places), default=JOBS)
    with ExitStack() as stack:

        def opened(one: Files | Place) -> Files | Live:
            if isinstance(one, Files):
                return one
            below = path_of(one.below if asked.folder is None else asked.folder)
            pins = {**one.datasources, **asked.pins}
            return Live(stack.enter_context(_connected(one, jobs)), project, below, pins)

        a, b = map(opened, read)
        return found(a, b, asked.only, jobs)
