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
@click.option("--alerts", is_flag=True, help="Push the alerts of the build, as Grafana-managed rules, not its pages.")
@click.option("--keep-editable", is_flag=True, help="Of --alerts: leave them open to edits in the browser.")
@click.option("--yes", is_flag=True, help="Push into a protected context without being asked.")
@_who.options
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(
    *,
    plan: Path | None,
    dry_run: bool,
    go_on: bool,
    annotate: bool,
    alerts: bool,
    keep_editable: bool,
    yes: bool,
    output: str,
    **said: Unpack[_pushing.Said],
) -> int:
    """Push the pages of a build into a Grafana; or carry out a PLAN of `dash plan`, and exactly that.

    A page that somebody changed there since we last pushed it is a conflict: it is left alone, and the rest goes on.
    What is overwritten or deleted is saved first: `dash rollback` brings it back.

    With --alerts: Grafana compares no versions of alert rules. What somebody saves in the moment between our last look
    at a rule and our write is overwritten; without --keep-editable the browser cannot edit what we pushed.
    """
    if plan and (typed := _pushing.said_of_a_build()):
        raise click.UsageError(f"{', '.join(typed)}: a plan is carried out as it is; say it to `dash plan`")
    if alerts and (plan or annotate or said["only"]):
        raise click.UsageError("--alerts goes with no PLAN, --only or --annotate: they are about pages")
    if keep_editable and not alerts:
        raise click.UsageError("--keep-editable is about --alerts: pages can always be edited")
    from cli.commands import _push  # noqa: PLC0415 - it loads the network, which `dash --help` does not need

    asked = _push.Asked(dry_run=dry_run, fail_fast=not go_on, annotate=annotate, yes=yes, output=output)
    if alerts:
        from cli.commands import _push_alerts  # noqa: PLC0415 - likewise

        return _push_alerts.run(said, asked, editable=keep_editable)
    return _push.run(said, asked, plan)
