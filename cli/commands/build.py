"""`dash build`: Python modules to dashboards and rules in a folder."""

import os
import sys
import time
from typing import Self

import click
import orjson

from cli import config
from cli.commands._build_report import text
from cli.compile.build import OUT, Report, Request, build
from cli.exit_codes import Exit

#: How long somebody waits before the bar appears (seconds).
PATIENCE = 1.0
WIDTH = 30


@click.command("build")
@click.option("--source", "sources", multiple=True, metavar="PATH", help="A package, a folder or a file; repeatable.")
@click.option("--out", default=OUT, show_default=True, metavar="FOLDER", help="Where to.")
@click.option("--only", multiple=True, metavar="UID", help="Write this page and nothing else; repeatable.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name what is stale.")
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(
    ctx: click.Context, *, sources: tuple[str, ...], out: str, only: tuple[str, ...], check: bool, output: str
) -> Exit:
    """Build every page and rule into a folder; only what changed is built again."""
    here = config.here()
    request = Request(config.read(here), here, os.path.normpath(out), sources, only, check)
    with _Bar() as bar:
        report = build(request, bar)
    click.echo(_json(report, check=check) if output == "json" else text(report, out, check=check))
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    if not (report.pages or report.rules or report.problems):
        click.echo("note: no module defines `dashboard`, `dashboards`, `group` or `groups`", err=True)
    if report.problems:
        from cli.commands import _problems  # noqa: PLC0415 - only mistakes pay for it

        _problems.show(report.problems, debug=bool(ctx.obj))
        return Exit.AUTHORING
    return Exit.NO if check and (report.written or report.removed) else Exit.OK


class _Bar:
    """A line that counts, on a terminal, once somebody has waited for a second; it leaves nothing behind."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.shown = False

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() - self.began > PATIENCE and sys.stderr.isatty():
            self.shown = True
            filled = WIDTH * done // of
            click.echo(f"\r[{'#' * filled}{' ' * (WIDTH - filled)}] {done} of {of} modules", err=True, nl=False)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def _json(report: Report, *, check: bool) -> str:
    problems = [{"where": one.where, "what": one.what, "fix": one.fix, "module": one.module} for one in report.problems]
    said = {**report._asdict(), "problems": problems}
    return orjson.dumps({"type": "build", "version": 1, "check": check, **said}, option=orjson.OPT_INDENT_2).decode()
