"""`dash test`: whether alerts and recordings do what they should, tried by promtool, its answers in our words."""

from typing import TypedDict, Unpack

import click

from cli.exit_codes import Exit


class Options(TypedDict):
    """What the command line says besides the paths."""

    catalogs: tuple[str, ...]
    only: tuple[str, ...]
    listed: bool
    derived: bool
    allow_untested: bool
    output: str


@click.command("test")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--catalog", "catalogs", multiple=True, metavar="NAME|FILE", help="What targets expose; repeatable.")
@click.option(
    "--only", multiple=True, metavar="ALERT", help="Only the scenarios of this alert or recording; repeatable."
)
@click.option("--list", "listed", is_flag=True, help="Say which scenarios there are, and run none.")
@click.option("--no-derived", "derived", flag_value=False, default=True, help="Only what was written by hand.")
@click.option("--allow-untested", is_flag=True, help="An alert without a scenario is told and no reason to say no.")
@click.option("--output", type=click.Choice(["text", "json", "junit", "github"]), default="text", show_default=True)
def command(*, paths: tuple[str, ...], **said: Unpack[Options]) -> Exit:
    """Try rules in scenarios: those derived from each alert's own expression, and those written by hand.

    PATHs are rule files, tests (*.test.yaml, *.test.py, and promtool's own) and folders of both. Without any: the rules
    in build/, and the tests beside the sources and in tests/.

    Exit code 0: all as expected, 1: a scenario failed or an alert has none, 2: usage, 3: a rule or a test is wrong,
    4: promtool is not there.
    """
    from cli.commands import _test  # noqa: PLC0415 - `dash --help` needs no rules

    return _test.run(paths, said)
