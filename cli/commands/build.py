"""`dash build`: Python modules to dashboards and rules in a folder."""

import sys
import time
from pathlib import Path

import click
import orjson

from cli.compile.build import Report, Request, build
from cli.config import read
from cli.exit_codes import Exit

PATIENCE = 1.0


@click.command("build")
@click.option("--source", "sources", multiple=True, help="A package, a folder or a file; repeatable.")
@click.option("--out", default="build", show_default=True, type=click.Path(path_type=Path), help="Where to.")
@click.option("--only", multiple=True, metavar="UID", help="Write this page and no other; repeatable.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name what is stale.")
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(
    ctx: click.Context, *, sources: tuple[str, ...], out: Path, only: tuple[str, ...], check: bool, output: str
) -> None:
    """Build every page and rule into a folder; only what changed is built again."""
    here = Path.cwd()
    request = Request(
        config=read(here), folder=here, out=(here / out).absolute(), sources=sources, only=only, check=check
    )
    report = build(request, _Bar())
    if output == "json":
        click.echo(_json(report, check=check))
    else:
        _text(report, out, check=check)
    for problem in report.problems:
        click.echo(f"error: {problem}", err=True)
        if ctx.find_root().params.get("debug"):
            click.echo(problem.traceback, err=True)
    if report.problems:
        ctx.exit(Exit.AUTHORING)
    ctx.exit(Exit.NO if check and (report.written or report.removed) else Exit.OK)


class _Bar:
    """A line that counts, on a terminal, once somebody has waited for a second."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        if sys.stderr.isatty() and time.monotonic() - self.began > PATIENCE:
            filled = 30 * done // of
            click.echo(f"\r[{'#' * filled}{' ' * (30 - filled)}] {done} of {of} modules", err=True, nl=done == of)


def _text(report: Report, out: Path, *, check: bool) -> None:
    write, remove = ("would write", "would remove") if check else ("wrote", "removed")
    for file in report.written:
        click.echo(f"{write} {out / file}")
    for file in report.removed:
        click.echo(f"{remove} {out / file}")
    pages, rules = report.manifest.pages, report.manifest.rules
    stale = report.manifest.stale()
    total = f"{len(pages)} pages, {len(rules)} rule files: {len(report.written)} {write.split()[-1]}"
    total = total.replace("write", "to write") if check else total.replace("wrote", "written")
    total += f", {len(report.removed)} {'to remove' if check else 'removed'}, {report.unchanged} unchanged"
    click.echo(total + (f", {stale} stale" if stale else ""))


def _json(report: Report, *, check: bool) -> bytes:
    said = {
        "type": "build",
        "version": 1,
        "check": check,
        "written": report.written,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "partial": report.manifest.partial,
        "problems": [
            {"where": one.where, "what": one.what, "fix": one.fix, "module": one.module} for one in report.problems
        ],
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2)
