"""`dash catalog`: what services expose, as files that people can write on."""

import click


@click.group("catalog")
def command() -> None:
    """Catalogs: which metrics there are, of what type and unit, with which labels."""


@command.command("read")
@click.argument("source", metavar="FILE|-")
@click.option("--out", metavar="FILE", help="Write there; what a person added to that catalog stays.")
@click.option("--prune", is_flag=True, help="Take out of --out what the page has not.")
@click.option("--domain", metavar="NAME", help="Of the service.  [default: as the file is called]")
@click.option("--job", "jobs", multiple=True, metavar="NAME", help="Under which it is scraped; repeatable.")
@click.option("--scrape-interval", metavar="DURATION", help="Between two scrapes.  [default: 15s]")
def read(
    *, source: str, out: str | None, prune: bool, domain: str | None, jobs: tuple[str, ...], scrape_interval: str | None
) -> None:
    """Read what a service answers at /metrics, and write the catalog that it makes.

    curl -s localhost:8000/metrics | dash catalog read - --out vllm.yaml
    """
    from cli.commands._catalog import Order, run  # noqa: PLC0415 - `dash --help` needs no catalogs

    if prune and not out:
        raise click.UsageError("--prune takes metrics out of a file: --out FILE")
    run(Order(source, out, prune, domain, jobs, scrape_interval))
