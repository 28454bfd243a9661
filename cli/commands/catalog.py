"""`dash catalog`: what services expose, as files that people can write on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from cli.exit_codes import Exit

if TYPE_CHECKING:
    from cli.prometheus.access import Access


def _access(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say as whom an address is asked."""
    for option in (
        click.option("--ca", metavar="FILE", default="", help="Certificates that sign the server's."),
        click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Sent besides; repeatable."),
        click.option("--token-file", metavar="FILE", default="", help="Holds the token that goes with a question."),
    ):
        command = option(command)
    return command


def _asked(token_file: str, said: tuple[str, ...], ca: str) -> "Access":
    from cli.commands._who import secret  # noqa: PLC0415 - `dash --help` needs no network
    from cli.grafana.address import Credentials  # noqa: PLC0415 - likewise
    from cli.prometheus.access import Access, headers  # noqa: PLC0415 - likewise

    who = Credentials(token=secret("--token-file", token_file).strip()) if token_file else None
    return Access(who, headers(said), ca)


@click.group("catalog")
def command() -> None:
    """Catalogs: which metrics there are, of what type and unit, with which labels."""


@command.command("read")
@click.argument("source", metavar="URL|FILE|-")
@click.option("--out", metavar="FILE", help="Write there; what a person added to that catalog stays.")
@click.option("--prune", is_flag=True, help="Take out of --out what the page has not.")
@click.option("--domain", metavar="NAME", help="Of the service.  [default: as the file is called]")
@click.option("--job", "jobs", multiple=True, metavar="NAME", help="Under which it is scraped; repeatable.")
@click.option("--scrape-interval", metavar="DURATION", help="Between two scrapes.  [default: 15s]")
@click.option(
    "--values",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Close the set of a new label that has at most N values.  [default: any value may come]",
)
@_access
def read(
    *,
    source: str,
    out: str | None,
    prune: bool,
    domain: str | None,
    jobs: tuple[str, ...],
    scrape_interval: str | None,
    values: int,
    token_file: str,
    headers: tuple[str, ...],
    ca: str,
) -> None:
    """Read what a service answers at /metrics, or all that a Prometheus scrapes, and write the catalog that it makes.

    dash catalog read http://localhost:8000/metrics --out vllm.yaml

    dash catalog read http://localhost:9090 --job vllm --out vllm.yaml

    Of a Prometheus --job says which services are read; without it those of the catalog in --out, or all.
    """
    from cli.commands._catalog import Order, run  # noqa: PLC0415 - `dash --help` needs no catalogs

    if prune and not out:
        raise click.UsageError("--prune takes metrics out of a file: --out FILE")
    run(Order(source, out, prune, domain, jobs, scrape_interval, values, _asked(token_file, headers, ca)))


@command.command("diff")
@click.argument("source", metavar="URL|FILE|-")
@click.option("--catalog", "catalogs", multiple=True, metavar="NAME|FILE", help="What is promised; repeatable.")
@click.option("--job", "jobs", multiple=True, metavar="NAME", help="Only what it exports; repeatable.")
@click.option("--ignore", multiple=True, metavar="PATTERN", help="Names that are not compared: 'nv_*'; repeatable.")
@click.option("--output", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@_access
def diff(
    *,
    source: str,
    catalogs: tuple[str, ...],
    jobs: tuple[str, ...],
    ignore: tuple[str, ...],
    output: str,
    token_file: str,
    headers: tuple[str, ...],
    ca: str,
) -> Exit:
    """Hold what the running services export against what the catalogs promise; exit 1 where they differ.

    dash catalog diff http://localhost:9090

    dash catalog diff http://localhost:8000/metrics --catalog taskmaster

    Without --catalog: those of [lint] in dash.toml; for a Prometheus, where there are none, all that come with dash.
    """
    from cli.commands._catalog_diff import Order, run  # noqa: PLC0415 - `dash --help` needs no catalogs

    return run(Order(source, catalogs, jobs, ignore, output, _asked(token_file, headers, ca)))
