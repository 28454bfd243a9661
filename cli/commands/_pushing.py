"""What is pushed and how: the options of `dash push` and `dash plan`."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource

from cli.commands._who import Who

#: What a plan knows itself.
ANSWERED = ("folder", "only", "message", "on_conflict", "prune", "max_deletes", "datasource")
Command = TypeVar("Command", bound=Callable[..., object])

DATASOURCE = click.option(
    "--datasource", multiple=True, metavar="TYPE=UID", help="Pin the pages to it; may be repeated."
)
OPTIONS = (
    click.option("--build", default="build", show_default=True, type=click.Path(path_type=Path), help="What to push."),
    click.option("--folder", metavar="TITLE/PATH", help="Put everything below this folder.  [default: the context's]"),
    click.option("--only", multiple=True, metavar="UID", help="Only this page; may be repeated."),
    click.option("--message", help="For the history in Grafana.  [default: subject of the last git commit]"),
    click.option("--jobs", type=click.IntRange(1, 64), help="Requests at a time.  [default: the context's, or 8]"),
    click.option(
        "--on-conflict",
        default="stop",
        show_default=True,
        type=click.Choice(["stop", "keep", "merge", "overwrite", "ask"]),
        help="A page that was edited by hand: leave it and exit 5, leave it, take both sides' edits, overwrite it.",
    ),
    click.option("--prune", is_flag=True, help="Delete pages that we pushed and that the build no longer has."),
    click.option("--max-deletes", default=10, show_default=True, type=click.IntRange(0), help="Of --prune."),
    DATASOURCE,
)


class Said(Who):
    """What the options said."""

    build: Path
    folder: str | None
    only: tuple[str, ...]
    message: str | None
    jobs: int | None
    on_conflict: str
    prune: bool
    max_deletes: int
    datasource: tuple[str, ...]


def said_of_a_build() -> list[str]:
    """The options that were typed although a plan has answered them already."""
    here = click.get_current_context()
    names = {one.name or "": one.opts[0] for one in here.command.params}
    return [names[name] for name in ANSWERED if here.get_parameter_source(name) is ParameterSource.COMMANDLINE]


def options(command: Command) -> Command:
    """Give a command the options of `Said`, but for those of `Who`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def pins(pairs: tuple[str, ...]) -> dict[str, str]:
    """What `--datasource` says: the uid of a data source, for a type or for the uid that a page names."""
    found = {}
    for pair in pairs:
        kind, sign, uid = pair.partition("=")
        if not (kind and sign and uid):
            raise click.UsageError(f"--datasource {pair}: write it as TYPE=UID, like prometheus=main")
        found[kind] = uid
    return found
