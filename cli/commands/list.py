"""`dash list`: what there is, and where it is written."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from cli.config import read
from cli.exit_codes import Exit

if TYPE_CHECKING:
    from cli.compile.listing import Listed


@click.command("list")
@click.option("--source", "sources", multiple=True, help="A package, a folder or a file; repeatable.")
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, *, sources: tuple[str, ...], output: str) -> None:
    """List every page, rule and number with the line that defines it."""
    from cli.compile import project  # noqa: PLC0415 - `dash --help` needs no panels
    from cli.compile.listing import listed  # noqa: PLC0415 - likewise

    here = Path.cwd()
    found = project.read(sources or read(here).sources, here)
    lines = list(listed(found))
    if output == "json":
        said = {"type": "list", "version": 1, "entries": lines}
        click.echo(orjson.dumps(said, option=orjson.OPT_INDENT_2))
    else:
        _text(lines)
    for problem in found.problems:
        click.echo(f"error: {problem}", err=True)
    ctx.exit(Exit.AUTHORING if found.problems else Exit.OK)


def _text(lines: "list[Listed]") -> None:
    kind = ""
    width = max((len(line.name) for line in lines), default=0)
    for line in lines:
        if line.kind != kind:
            kind = line.kind
            click.echo(f"{kind}s")
        click.echo(f"  {line.name:<{width}}  {line.place}  {line.about}".rstrip())
