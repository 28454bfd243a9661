"""`dash list`: what there is, and where it is written."""

from typing import TYPE_CHECKING

import click
import orjson

from cli import config
from cli.exit_codes import Exit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cli.compile.listing import Listed


@click.command("list")
@click.option("--source", "sources", multiple=True, metavar="PATH", help="A package, a folder or a file; repeatable.")
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, *, sources: tuple[str, ...], output: str) -> Exit:
    """List every page, rule and number with the line that defines it."""
    from cli.commands import _problems  # noqa: PLC0415 - `dash --help` needs no panels
    from cli.compile import project  # noqa: PLC0415 - likewise
    from cli.compile.listing import listed  # noqa: PLC0415 - likewise

    here = config.here()
    found = project.read(sources or config.read(here).sources, here)
    entries = list(listed(found))
    said = {"type": "list", "version": 1, "entries": entries}
    if output == "json":
        click.echo(orjson.dumps(said, option=orjson.OPT_INDENT_2).decode())
    else:
        click.echo("\n".join(_lines(entries)))
    _problems.show(found.problems, debug=bool(ctx.obj))
    return Exit.AUTHORING if found.problems else Exit.OK


def _lines(entries: "Iterable[Listed]") -> "Iterator[str]":
    """Each kind under its own heading, in columns."""
    kinds: dict[str, list[Listed]] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, []).append(entry)
    for kind, those in kinds.items():
        name = max(len(one.name) for one in those)
        place = max(len(one.place) for one in those)
        yield f"{kind}s"
        yield from (f"  {one.name:<{name}}  {one.place:<{place}}  {one.about}".rstrip() for one in those)
