"""`dash push`: the pages in `build/` into a Grafana, and nobody's edit lost."""

from pathlib import Path
from typing import Unpack

import click

from cli.commands import _who


@click.command(name="push")
@click.option("--build", default="build", show_default=True, type=click.Path(path_type=Path), help="What to push.")
@click.option("--folder", default="", metavar="TITLE/PATH", help="Put everything below this folder.")
@click.option("--only", multiple=True, metavar="UID", help="Only this page; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--message", help="For the history in Grafana.  [default: subject of the last git commit]")
@click.option("--jobs", default=8, show_default=True, type=click.IntRange(1, 64), help="Pages at a time.")
@_who.options
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(
    *,
    build: Path,
    folder: str,
    only: tuple[str, ...],
    dry_run: bool,
    message: str | None,
    jobs: int,
    output: str,
    **who: Unpack[_who.Who],
) -> int:
    """Push the pages of a build into a Grafana.

    A page that somebody changed there since we last pushed it is a conflict: it is left alone, and the rest goes on.
    """
    where = _who.address_of(who)

    from cli.commands import _push  # noqa: PLC0415 - it loads the network, which `dash --help` does not need

    return _push.run(
        where,
        build=build,
        folder=folder,
        only=only,
        dry_run=dry_run,
        message=message,
        jobs=jobs,
        output=output,
    )
