"""`dash push`: the pages in `build/` into a Grafana, and nobody's edit lost."""

from pathlib import Path
from typing import Unpack

import click

from cli.commands import _pushing, _who


@click.command(name="push")
@click.argument("plan", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_pushing.options
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--continue/--fail-fast", "go_on", default=True, help="After a page that failed.  [default: --continue]")
@click.option("--annotate", is_flag=True, help="Mark the moment on every page that was written.")
@click.option("--yes", is_flag=True, help="Push into a protected context without being asked.")
@_who.options
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(
    *,
    plan: Path | None,
    dry_run: bool,
    go_on: bool,
    annotate: bool,
    yes: bool,
    output: str,
    **said: Unpack[_pushing.Said],
) -> int:
    """Push the pages of a build into a Grafana; or carry out a PLAN of `dash plan`, and exactly that.

    A page that somebody changed there since we last pushed it is a conflict: it is left alone, and the rest goes on.
    What is overwritten or deleted is saved first: `dash rollback` brings it back.
    """
    if plan and (typed := _pushing.said_of_a_build()):
        raise click.UsageError(f"{', '.join(typed)}: a plan is carried out as it is; say it to `dash plan`")
    from cli.commands import _push  # noqa: PLC0415 - it loads the network, which `dash --help` does not need

    asked = _push.Asked(dry_run=dry_run, fail_fast=not go_on, annotate=annotate, yes=yes, output=output)
    return _push.run(said, asked, plan)
