"""Nothing from outside, and no waiting."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from cli.grafana import wire
from cli.grafana.address import Address, Credentials, address
from cli.grafana.connect import connected
from cli.grafana.patience import Patience
from cli.grafana.port import Grafana
from cli.grafana.trust import TRUSTED
from tests.stand_in import StandIn

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

#: A token that nobody may see.
HUSH = "s3cr3t"

Connect = Callable[..., Grafana]


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*TRUSTED, *PROXIES, *(name.lower() for name in PROXIES)):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(wire, "PATIENCE", Patience(sleep=lambda *_: None))


def at(server: StandIn, **more: str) -> Address:
    """Where a stand-in is, as one who may do everything."""
    said = Credentials(token=server.token()) if not more else Credentials(**more)
    return address(server.url, said=said, environment={}, from_flag=True)


def reached(url: str, *, ca: str = "", certificate: str = "", key: str = "", proxy: str = "") -> Address:
    """A Grafana, and by which way one comes to it."""
    plain = address(url, said=Credentials(token=HUSH), environment={}, from_flag=True)
    return replace(plain, ca=ca, certificate=certificate, key=key, proxy=proxy)


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Adapters for stand-ins, closed at the end."""
    with ExitStack() as open_ones:

        def to(server: StandIn, api: str = "auto") -> Grafana:
            return open_ones.enter_context(connected(at(server), api=api))

        yield to
