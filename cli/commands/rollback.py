"""`dash rollback`: the state of before a push again, from the journal that the push wrote."""

from typing import Unpack

import click

from cli.commands import _who


@click.command(name="rollback")
@click.argument("push", required=False, default="")
@click.option("--list", "listing", is_flag=True, help="Say which pushes can be taken back, the newest first.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--yes", is_flag=True, help="In a protected context without being asked.")
@_who.options
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(*, push: str, listing: bool, dry_run: bool, yes: bool, output: str, **who: Unpack[_who.Who]) -> int:
    """Take a PUSH back; the last one into this Grafana where none is named.

    Also one that was interrupted or killed. A page that somebody edited since is a conflict and left alone. A rollback
    is a push of its own, and can be taken back.
    """
    from cli.commands import _push  # noqa: PLC0415 - it loads the network, which `dash --help` does not need

    if listing:
        click.echo(_push.listed(output), nl=False)
        return 0
    return _push.take_back(who, push, _push.Asked(dry_run=dry_run, yes=yes, output=output))
