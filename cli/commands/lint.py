"""`dash lint`: what is wrong with dashboards and rules, ours or anybody's, without a server."""

from typing import TypedDict, Unpack

import click

from cli.exit_codes import Exit

LEVELS = click.Choice(["error", "warning", "info"])


class Options(TypedDict):
    """What the command line says besides the paths."""

    catalogs: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: tuple[str, ...]
    fail_on: str | None
    prometheus: str | None
    strict: bool
    config_file: str
    rules: tuple[str, ...]
    baseline: str
    write_baseline: bool
    fix: bool
    diff: bool
    output: str
    statistics: bool
    quiet: bool
    explain: str


@click.command("lint")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--catalog", "catalogs", multiple=True, metavar="NAME|FILE", help="What targets expose; repeatable.")
@click.option("--select", multiple=True, metavar="RULES", help="Only these ids, or beginnings of ids: PQL1,PQL220.")
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these.")
@click.option("--severity", multiple=True, metavar="PQLnnn=LEVEL", help="How bad a rule is; repeatable.")
@click.option("--fail-on", type=LEVELS, help="From which severity on the exit code is 1.  [default: warning]")
@click.option("--prometheus-version", "prometheus", metavar="VERSION", help="The target's: 2.42.")
@click.option("--strict", is_flag=True, help="A metric that no catalog knows does not exist.")
@click.option("--config", "config_file", default="", metavar="FILE", help="Instead of dash.toml and pyproject.toml.")
@click.option("--rules", multiple=True, metavar="PATH", help="Your own rules: a Python file or a folder; repeatable.")
@click.option("--baseline", default="", metavar="FILE", help="Old findings, which are not told.")
@click.option("--write-baseline", is_flag=True, help="Write what is found into the baseline, and tell nothing.")
@click.option("--fix", is_flag=True, help="Mend what can only be meant in one way, and tell the rest.")
@click.option("--diff", is_flag=True, help="Show what --fix would do, and write nothing.")
@click.option("--output", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True)
@click.option("--statistics", is_flag=True, help="Count by rule.")
@click.option("-q", "--quiet", is_flag=True, help="Only what makes the exit code 1, and no counts.")
@click.option("--explain", default="", metavar="PQLnnn", help="What a rule looks for, and why.")
def command(*, paths: tuple[str, ...], **said: Unpack[Options]) -> Exit:
    """Find what is wrong with dashboards and rules: files, folders, or - for standard input.

    Without a PATH: the pages and rules in build/, judged by the metrics that their modules declare.

    Exit code 0: clean, 1: findings, 2: usage, 3: something could not be read.
    """
    from cli.commands import _lint  # noqa: PLC0415 - `dash --help` needs no rules

    return _lint.run(paths, said)
