"""`dash show`: a page as a sketch, or a number as everybody reads it."""

from pathlib import Path

import click

from cli.config import read


@click.command("show")
@click.argument("what", metavar="UID|NUMBER")
@click.option("--source", "sources", multiple=True, help="A package, a folder or a file; repeatable.")
def command(*, what: str, sources: tuple[str, ...]) -> None:
    """Show a page (its uid) or a number ("ai_api.errors", "ai_api.latency(0.95)")."""
    from cli.compile import project, sketch  # noqa: PLC0415 - `dash --help` needs no panels
    from cli.compile.usage import uses  # noqa: PLC0415 - likewise

    here = Path.cwd()
    config = read(here)
    found = project.read(sources or config.sources, here)
    page = found.page(what)
    if page is not None:
        lines = list(sketch.page_lines(page, config.jobs))
    else:
        number, said = found.number(what)
        queries = number.queries(said)
        lines = list(sketch.number_lines(number, queries, list(uses(queries, found)), config.jobs))
    click.echo("\n".join(lines))
    for problem in found.problems:
        click.echo(f"warning: left out: {problem}", err=True)
