"""The `dash` command: every command is one module in `cli.commands`, imported when it is asked for."""

import sys
from importlib import import_module
from pathlib import Path

import click

from cli.errors import DashError
from cli.exit_codes import Exit

COMMANDS = Path(__file__).with_name("commands")


class Dash(click.Group):
    """Finds commands by their files, and is the one place that turns an error into text and a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every module in `cli/commands`."""
        del ctx
        return sorted(path.stem for path in COMMANDS.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, and no other."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"cli.commands.{cmd_name}").command
        return command


@click.group(cls=Dash, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dashboards-py", prog_name="dash")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def group(*, debug: bool) -> None:
    """Grafana dashboards and Prometheus rules as Python, proven right."""
    del debug  # main() looks at it before click does: click itself may fail


def main(arguments: list[str] | None = None) -> None:
    """Run `dash` and exit with one of the promised codes; never with a traceback, unless asked for."""
    said = sys.argv[1:] if arguments is None else arguments
    try:
        code = group.main(args=said, prog_name="dash", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else Exit.OK)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(Exit.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except DashError as error:
        if "--debug" in said:
            raise
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        if "--debug" in said:
            raise
        click.echo(
            f"error: this is a bug in dash ({type(error).__name__}: {error})\n"
            "  try: the same with `dash --debug ...`, and report what it prints",
            err=True,
        )
        sys.exit(Exit.BUG)
