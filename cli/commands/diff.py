"""`dash diff`: what differs between pages, one line for each edit, and nothing that wrote itself."""

from typing import Unpack

import click

from cli.commands import _pushing, _who
from cli.exit_codes import Exit


@click.command("diff")
@click.argument("base", metavar="[A]", required=False)
@click.argument("live", metavar="[B]", required=False)
@click.option("--only", multiple=True, metavar="UID", help="Only this page; may be repeated.")
@click.option(
    "--version", "versions", multiple=True, metavar="N", type=click.IntRange(0), help="A page, as it was; see above."
)
@click.option("--folder", metavar="TITLE/PATH", help="Everything is below this folder.  [default: the context's]")
@_pushing.DATASOURCE
@click.option("--jobs", type=click.IntRange(1, 64), help="Requests at a time.  [default: the context's, or 8]")
@_who.options
@click.option("--stat", is_flag=True, help="Only how many edits each page has.")
@click.option("--output", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def command(
    *,
    base: str | None,
    live: str | None,
    only: tuple[str, ...],
    versions: tuple[int, ...],
    folder: str | None,
    datasource: tuple[str, ...],
    jobs: int | None,
    stat: bool,
    output: str,
    **who: Unpack[_who.Who],
) -> Exit:
    """Say what somebody would have to do to A to make it B; each a file, a folder, a context of dash.toml or a URL.

    With nothing given A is build/ and B the Grafana that a push would go to; a file or folder alone is compared with
    that Grafana, and build/ with a Grafana alone. Pages of the Grafana that the files have not are told when they bear
    the tag of our project; between two Grafanas all pages of both are.

    dash diff UID --version 3 says what became of a page since its version 3, with another --version 5 until then.

    What a server, a save in the browser or a migration writes by itself is no edit.

    Exit 0: no difference, 1: differences, 2: that cannot be meant, 4: a Grafana does not answer.
    """
    from cli.commands import _diff  # noqa: PLC0415 - `dash --help` needs none of it

    asked = _diff.Asked(
        base=base, live=live, only=only, versions=versions, folder=folder, pins=_pushing.pins(datasource), jobs=jobs
    )
    return _diff.run(asked, who, output, stat=stat)
