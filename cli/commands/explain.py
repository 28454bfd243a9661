"""`dash explain`: an expression in words: each part, what it yields, what it costs, what is wrong with it."""

import click

from cli.exit_codes import Exit


@click.command("explain")
@click.argument("what", metavar="PROMQL|UID/PANEL|RULE|FILE/NAME")
@click.option("--catalog", "catalogs", multiple=True, metavar="NAME|FILE", help="What targets expose; repeatable.")
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(*, what: str, catalogs: tuple[str, ...], output: str) -> Exit:
    """Explain an expression, the queries of a panel (ai-api/"Errors") or a rule (HighErrorRate).

    Pages and rules are looked for in build/; FILE/NAME takes them from a file of yours.

    Without --catalog or a configured one: by the metrics that the modules declare, of a file of yours by none.
    """
    from cli.commands import _explain  # noqa: PLC0415 - `dash --help` needs none of it

    click.echo(_explain.explained(what, catalogs, as_json=output == "json"))
    return Exit.OK
