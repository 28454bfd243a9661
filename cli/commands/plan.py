"""`dash plan`: what a push would do, in a file that `dash push FILE` carries out, and nothing else."""

from pathlib import Path
from typing import Unpack

import click

from cli.commands import _pushing, _who


@click.command(name="plan")
@click.option("--out", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write it.")
@_pushing.options
@_who.options
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(*, out: Path, output: str, **said: Unpack[_pushing.Said]) -> int:
    """Write down what a push would do now.

    The plan is bound to the pages that it saw: `dash push FILE` does exactly that, or says what changed and stops.

    Exit 0: there is nothing to do, 1: there is, 5: there are conflicts.
    """
    from cli.commands import _push  # noqa: PLC0415 - it loads the network, which `dash --help` does not need

    return _push.write_plan(said, out, output)
