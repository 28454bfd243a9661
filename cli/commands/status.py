"""`dash status`: every page in step, or why not: who edited it, what is newer, what is missing."""

from pathlib import Path
from typing import Unpack

import click

from cli.commands import _who


@click.command(name="status")
@click.option("--build", default="build", show_default=True, type=click.Path(path_type=Path), help="What was pushed.")
@click.option("--folder", metavar="TITLE/PATH", help="Everything is below this folder.  [default: the context's]")
@click.option("--datasource", multiple=True, metavar="TYPE=UID", help="As it is pushed with; may be repeated.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Requests at a time.  [default: the context's, or 8]")
@_who.options
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(
    *,
    build: Path,
    folder: str | None,
    datasource: tuple[str, ...],
    jobs: int | None,
    output: str,
    **who: Unpack[_who.Who],
) -> int:
    """Say of every page of a build, and of every page with our tag, what a push would find.

    Exit 0: all are in step, 1: some are not.
    """
    from cli.commands import _status  # noqa: PLC0415 - it loads the network, which `dash --help` does not need

    return _status.run(
        {
            **who,
            "build": build,
            "folder": folder,
            "only": (),
            "message": "",
            "jobs": jobs,
            "on_conflict": "stop",
            "prune": True,
            "max_deletes": 0,
            "datasource": datasource,
        },
        output,
    )
