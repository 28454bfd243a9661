"""`dash doctor`: which Grafana this is, who we are there, what a push lacks, and what to do about it."""

from pathlib import Path
from typing import Unpack

import click

from cli.commands import _who
from cli.exit_codes import Exit


@click.command("doctor")
@click.option("--build", default="build", show_default=True, type=click.Path(path_type=Path), help="What to push.")
@click.option("--folder", metavar="TITLE/PATH", help="Where it would be pushed.  [default: the context's]")
@_who.options
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(*, build: Path, folder: str | None, output: str, **who: Unpack[_who.Who]) -> Exit:
    """Look at this machine and at a Grafana, and say what a push would miss there. Nothing is written.

    Exit 0: all well, 1: something lacks, 4: no Grafana. Without a Grafana only this machine is looked at.
    """
    from cli.commands import _doctor  # noqa: PLC0415 - `dash --help` needs none of it

    return _doctor.run(who, build=build, folder=folder, output=output)
