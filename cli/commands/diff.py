"""`dash diff`: what differs between pages, one line for each edit, and nothing that wrote itself."""

from pathlib import Path

import click

from cli.exit_codes import Exit


@click.command("diff")
@click.argument("base", metavar="A", type=click.Path(path_type=Path))
@click.argument("live", metavar="B", type=click.Path(path_type=Path))
@click.option("--stat", is_flag=True, help="Only how many edits each page has.")
@click.option("--output", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def command(*, base: Path, live: Path, stat: bool, output: str) -> Exit:
    """Say what somebody would have to do to A to make it B; each a file or a folder of pages.

    What a server, a save in the browser or a migration writes by itself is no edit.

    Exit 0: no difference, 1: differences.
    """
    from cli.commands import _diff  # noqa: PLC0415 - `dash --help` needs none of it

    found = _diff.found(base, live)
    click.echo(_diff.written(found, output, stat=stat), nl=False)
    return Exit.NO if any(page.edits for page in found) else Exit.OK
