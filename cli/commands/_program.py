"""The `dash` command: every command is one module in `cli.commands`, imported when it is asked for."""

# ruff: noqa: PTH100, PTH118, PTH120, PTH208 - paths are strings: a Path each takes half of the time

import errno
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword

import click

from cli.errors import DashError
from cli.exit_codes import Exit

# Nor is what was imported so far looked through when the process ends, which takes 6 ms; what a page leaves still is.
gc.freeze()

COMMANDS = os.path.dirname(os.path.abspath(__file__))
DEBUG = "--debug"


class Dash(click.Group):
    """Finds commands by their files."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every module in `cli/commands`; one whose name is a word of Python's ends in an underscore."""
        del ctx
        return sorted(name[:-3].rstrip("_") for name in os.listdir(COMMANDS) if name.endswith(".py") and name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, and no other."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"cli.commands.{_module(cmd_name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with what the first line of its module says, so that none has to be imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _about(name)) for name in self.list_commands(ctx)])


def _module(command: str) -> str:
    """The module of a command."""
    return f"{command}_" if iskeyword(command) else command


def _about(command: str) -> str:
    with open(os.path.join(COMMANDS, f"{_module(command)}.py"), encoding="utf-8") as file:  # noqa: PTH123 - as above
        said = file.readline().strip('"\n').rstrip(".").partition(": ")[2]
    return said[:1].upper() + said[1:]


def _printable(*lines: object) -> str:
    """What somebody's file may have put into an error, without what a terminal would obey, and no line of its own."""
    from cli.lint.report.printable import printable  # noqa: PLC0415 - only who fails pays for it

    return "\n".join(printable(str(line)) for line in lines)


def _traceback() -> str:
    """Of the error at hand."""
    import traceback  # noqa: PLC0415 - only who wants to see it pays for it

    return _printable(*traceback.format_exc().splitlines())


def _no_more_output() -> None:
    """What is still to be written goes nowhere: Python would try again at its end, and exit with a code of its own."""
    with suppress(OSError, ValueError):  # what a test puts in the place of a terminal is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click calls it so
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - it loads half of email

        try:
            click.echo(f"dash {version('dashboards-py')}")
        except PackageNotFoundError:
            click.echo("dash, not installed but run from its sources")
        ctx.exit()


@click.group(cls=Dash, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Say which one.")
@click.option(DEBUG, is_flag=True, expose_value=False, help="Show tracebacks.")
def group() -> None:
    """Grafana dashboards and Prometheus rules as Python, proven right."""


def run(said: Sequence[str]) -> None:
    """Run `dash` and exit with one of the promised codes; never with a traceback, unless asked for."""
    debug = DEBUG in said
    try:
        # click would take it before the command's name only
        code = group.main(
            args=[one for one in said if one != DEBUG], prog_name="dash", standalone_mode=False, obj=debug
        )
        sys.exit(code if isinstance(code, int) else Exit.OK)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(Exit.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except DashError as error:
        if debug:
            click.echo(_traceback(), err=True)
        first = f"{error.where}: {error.what}" if error.where else error.what
        fix = (f"  try: {error.fix}",) if error.fix else ()
        click.echo(f"error: {_printable(first, *fix)}", err=True)
        sys.exit(error.exit)
    except Exception as error:  # noqa: BLE001 - a bug of ours is told like any other error
        if debug:
            click.echo(_traceback(), err=True)
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _no_more_output()
            click.echo(f"error: the answer cannot be written: {error.strerror}", err=True)
            sys.exit(Exit.USAGE)
        click.echo(
            f"error: this is a bug in dash ({type(error).__name__}: {_printable(error)})\n"
            "  try: the same with `dash --debug ...`, and report what it prints",
            err=True,
        )
        sys.exit(Exit.BUG)
