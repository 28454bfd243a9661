"""`dash import`: what somebody wrote for other tools, as modules of ours."""

from pathlib import Path

import click


@click.group("import")
def command() -> None:
    """What somebody wrote for other tools, as modules of ours with the same meaning."""


@command.command("alerts")
@click.argument("sources", metavar="FILE|URL|-...", nargs=-1, required=True)
@click.option("--out", default="imported", show_default=True, type=click.Path(path_type=Path), help="Where to.")
@click.option("--force", is_flag=True, help="Replace modules that are there already.")
@click.option("--output", default="text", show_default=True, type=click.Choice(["text", "json"]))
def alerts(*, sources: tuple[str, ...], out: Path, force: bool, output: str) -> int:
    """Read Prometheus rule files, and write a module for each.

    A FILE may also hold PrometheusRule or ConfigMap resources; a URL leads to such a file, or to a Prometheus.
    `dash build --source imported` makes rule files that mean the same.
    """
    from cli.commands._import import Order, run  # noqa: PLC0415 - `dash --help` needs no rules

    return run(Order(sources, out, force, output))
