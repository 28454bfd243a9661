"""`dash pull`: the pages of a Grafana as files, which can be pushed again."""

from pathlib import Path
from typing import Unpack

import click

from cli.commands import _who


@click.command(name="pull")
@click.option("--folder", multiple=True, metavar="TITLE/PATH", help="Only pages in it and below; may be repeated.")
@click.option("--uid", multiple=True, metavar="UID", help="Only this page; may be repeated.")
@click.option("--into", default="pulled", show_default=True, type=click.Path(path_type=Path), help="Where to.")
@click.option("--prune", is_flag=True, help="Remove the files of pages that are no longer in Grafana.")
@click.option("--overwrite", is_flag=True, help="Replace also files that were edited here since they were pulled.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Requests at a time.  [default: 8]")
@_who.options
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(
    *,
    folder: tuple[str, ...],
    uid: tuple[str, ...],
    into: Path,
    prune: bool,
    overwrite: bool,
    jobs: int | None,
    output: str,
    **who: Unpack[_who.Who],
) -> int:
    """Pull pages into files, in folders as Grafana has them.

    Only what changed is written, and nobody's edit of a file. `dash push --build pulled` brings them into a Grafana.
    """
    place = _who.place_of(who)

    from cli.commands import _pull  # noqa: PLC0415 - it loads the network, which `dash --help` does not need

    return _pull.run(
        place, folders=folder, uids=uid, into=into, prune=prune, overwrite=overwrite, jobs=jobs, output=output
    )
