"""`dash verify`: whether every query of every page and rule has an answer on a live Prometheus."""

from typing import Unpack

import click

from cli.commands import _prometheus
from cli.exit_codes import Exit


class Options(_prometheus.Said):
    """What the command line says besides the paths."""

    catalogs: tuple[str, ...]
    only: tuple[str, ...]
    fail_on: str | None
    length: str | None
    moment: str | None
    scrape_interval: str
    max_series: int
    slow: float
    timeout: float
    jobs: int
    output: str


@click.command("verify")
@click.argument("paths", nargs=-1, metavar="[BUILD|FILE]...")
@_prometheus.options
@click.option("--catalog", "catalogs", multiple=True, metavar="NAME|FILE", help="What targets expose; repeatable.")
@click.option("--only", multiple=True, metavar="UID|GROUP", help="Only this page, or group of rules; repeatable.")
@click.option("--fail-on", metavar="STATUS,...", help="For which the exit code is 1.  [default: all but ok]")
@click.option("--range", "length", metavar="6h", help="What pages look at.  [default: what each says, or 1h]")
@click.option("--time", "moment", metavar="TIME", help="Now, as 2026-05-21T14:00:00Z or Unix seconds.")
@click.option("--scrape-interval", default="15s", show_default=True, metavar="15s", help="The data source's.")
@click.option("--max-series", default=1000, show_default=True, type=click.IntRange(1), help="More are too many.")
@click.option("--slow", default=5.0, show_default=True, type=click.FloatRange(0), help="Seconds; longer is slow.")
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for one query.")
@click.option("--jobs", default=16, show_default=True, type=click.IntRange(1, 64), help="Queries at a time.")
@click.option("--output", type=click.Choice(["text", "json", "markdown", "junit"]), default="text", show_default=True)
def command(*, paths: tuple[str, ...], **said: Unpack[Options]) -> Exit:
    """Ask a Prometheus every query of pages and rules, and say which have no answer there, and why.

    Without a path: the pages and rules in build/. Variables get the values that they offer, intervals are computed as
    Grafana does, of an alert both sides of its comparison are asked. Nothing is written anywhere.

    Statuses: ok, error, too-many-series, empty, nan, out-of-range, wrong-type, wrong-unit, slow.

    Exit code 0: all ok, 1: some are not, 2: usage, 3: a file could not be read, 4: Prometheus is away or refuses.
    """
    from cli.commands import _verify  # noqa: PLC0415 - `dash --help` needs no network

    return _verify.run(paths, said)
