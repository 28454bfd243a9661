"""Which Prometheus, and who asks: itself, or a Grafana's data source; the options of commands that ask one."""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

import click

from cli.commands import _who
from cli.errors import Refused, UsageError

if TYPE_CHECKING:
    from cli.commands._place import Place
    from cli.grafana.address import Address, Credentials
    from cli.grafana.model import DataSource
    from cli.prometheus.where import Where

Command = TypeVar("Command", bound=Callable[..., object])
EXAMPLE = "--prometheus http://localhost:9090"
#: What a data source of Prometheus' plug-in is, to Grafana.
KIND = "prometheus"

OPTIONS = (
    click.option(
        "--prometheus",
        metavar="URL",
        help="A Prometheus, asked as --token-file or --user says.  [default: $PROMETHEUS_URL]",
    ),
    click.option("--header", multiple=True, metavar="NAME:VALUE", help="Goes with every question; repeatable."),
    click.option("--ca", metavar="FILE", help="Certificates that sign the server's, instead of this machine's."),
    click.option(
        "--datasource", metavar="UID|NAME", help="The Prometheus that a Grafana knows by it, through its proxy."
    ),
)


class Said(_who.Who):
    """What the options said."""

    prometheus: str | None
    header: tuple[str, ...]
    ca: str | None
    datasource: str | None


def options(command: Command) -> Command:
    """Give a command the options of `Said`."""
    command = _who.options(command)
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def where_of(said: Said, environment: Mapping[str, str] = os.environ) -> "Where":
    """The Prometheus that is meant; asks a Grafana which data sources it has.

    Raises:
        UsageError: none is named, or in two ways.
        RemoteError: the Grafana does not answer.
    """
    from cli.prometheus.access import Access, headers  # noqa: PLC0415 - `--help` needs no network
    from cli.prometheus.where import Where  # noqa: PLC0415 - likewise

    through = [flag for flag in ("context", "url", "datasource", "org", "api") if said[flag]]
    if said["prometheus"] and through:
        raise UsageError(
            f"--prometheus and --{through[0]} name two doors", fix="--prometheus URL, or a Grafana and --datasource"
        )
    named = headers(said["header"])
    url = said["prometheus"] or ("" if through else environment.get("PROMETHEUS_URL", ""))
    if url:
        return Access(_credentials(url, said, environment), named, said["ca"] or "").where(url, environment)
    place, access = _place(said), Access(headers=named, ca=said["ca"] or "")
    address = access.trusted(place.address)
    return Where(address, _source(address, said["datasource"] or place.datasources.get(KIND, "")), access.headers)


def _place(said: Said) -> "Place":
    from cli.commands._place import NoGrafana  # noqa: PLC0415 - as above

    try:
        return _who.place_of(said)
    except NoGrafana:
        raise UsageError("no Prometheus is named", fix=f"{EXAMPLE}, or a Grafana (--context, --url)") from None


def _credentials(url: str, said: Said, environment: Mapping[str, str]) -> "Credentials | None":
    """What flags say; a user may leave the password to the environment."""
    from cli.grafana.address import Credentials  # noqa: PLC0415 - as above
    from cli.prometheus.access import kept  # noqa: PLC0415 - as above

    token, password = _who.secrets_of(said)
    if token is not None:
        return Credentials(token=token().strip())
    if not said["user"] and password is None:
        return None
    own = kept(url, environment)
    user = said["user"] or own.get("PROMETHEUS_USER", "")
    if not user:
        raise UsageError("--password-file needs --user")
    return Credentials(user=user, password=password() if password else own.get("PROMETHEUS_PASSWORD", ""))


def _source(address: "Address", said: str) -> str:
    """The uid of the data source that is meant: the one that is named, the default one, or the only one.

    A viewer may ask a data source and not list them: then what was named is taken for its uid.
    """
    from cli.grafana.connect import LEGACY, connected  # noqa: PLC0415 - as above

    try:
        with connected(address, connections=1, api=LEGACY) as grafana:
            found = [one for one in grafana.data_sources() if KIND in one.type]
    except Refused:
        if not said:
            raise
        return said
    named = [one for one in found if said in (one.uid, one.name)] if said else _usual(found)
    if len(named) != 1:
        listed = ", ".join(f"{one.name} ({one.uid})" for one in found) or "none"
        what = f"it has no Prometheus called {said!r}" if said else "it has no Prometheus that is its default"
        raise UsageError(f"the Grafana at {address.url}: {what}", where="--datasource", fix=f"there are: {listed}")
    return named[0].uid


def _usual(found: "list[DataSource]") -> "list[DataSource]":
    return [one for one in found if one.is_default] or found
