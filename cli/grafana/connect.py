"""Which adapter speaks with a Grafana: what the server offers decides, or a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from cli.errors import RemoteError
from cli.grafana import failure
from cli.grafana.address import Address
from cli.grafana.legacy import Legacy
from cli.grafana.offer import Offer, offered
from cli.grafana.patience import Patience
from cli.grafana.port import Grafana
from cli.grafana.resources import Resources
from cli.grafana.site import Site
from cli.grafana.wire import Wire

LEGACY, APIS = "legacy", "apis"


@contextmanager
def connected(
    where: Address,
    *,
    connections: int = 8,
    api: str = "auto",
    patience: Patience | None = None,
) -> Iterator[Grafana]:
    """A Grafana, over at most `connections` connections at a time.

    Args:
        where: its address.
        connections: at a time.
        api: `legacy`, `apis`, or `auto` for the newer one that it offers.
        patience: with answers that do not come.

    Raises:
        Refused: it does not offer the API that is asked for.
    """
    with Wire(where, connections, patience) as wire:
        offer = None if api == LEGACY else _offer(wire, api)
        if offer is None and api == APIS:
            Site(wire).hello()  # which says why, if it is for another reason
            raise failure.no_apis(where)
        yield Resources(wire, offer) if offer else Legacy(wire)


def _offer(wire: Wire, api: str) -> Offer | None:
    """What it offers of `/apis`; a proxy on the way may let nothing but `/api` through."""
    try:
        return offered(wire)
    except failure.NeverSent:
        raise
    except RemoteError:
        if api == APIS:
            raise
        return None
