"""`dash show`: a page as a sketch, or a number as everybody reads it."""

import click
import orjson

from cli import config
from cli.exit_codes import Exit


@click.command("show")
@click.argument("what", metavar="UID|NUMBER")
@click.option("--source", "sources", multiple=True, metavar="PATH", help="A package, a folder or a file; repeatable.")
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, *, what: str, sources: tuple[str, ...], output: str) -> Exit:
    """Show a page (its uid) or a number ("ai_api.errors", "ai_api.latency(0.95)")."""
    from cli.commands import _problems  # noqa: PLC0415 - `dash --help` needs no panels
    from cli.compile import project, sketch  # noqa: PLC0415 - likewise
    from cli.compile.usage import uses  # noqa: PLC0415 - likewise

    here = config.here()
    settings = config.read(here)
    found = project.read(sources or settings.sources, here)
    _problems.show(found.problems, word="warning: left out", debug=bool(ctx.obj))
    page = found.page(what)
    if page is not None:
        kind, said = "page", sketch.page_sketch(page, settings.jobs)
        lines = sketch.page_lines(said)
    else:
        name, _, arguments = what.partition("(")
        number = found.number(name)
        queries = number.queries(arguments.removesuffix(")"))
        kind, said = "number", sketch.number_sketch(number, queries, list(uses(queries, found)), settings.jobs)
        lines = sketch.number_lines(said)
    if output == "json":
        click.echo(orjson.dumps({"type": kind, "version": 1, **said}, option=orjson.OPT_INDENT_2).decode())
    else:
        click.echo("\n".join(lines))
    return Exit.OK
