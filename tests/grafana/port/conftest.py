"""A Grafana of each kind, asked over each of its APIs: `/api`, and `/apis` where it has them."""

from collections.abc import Iterator

import pytest

from cli.grafana.port import Grafana
from tests.grafana.conftest import Connect
from tests.grafana.port.pages import KINDS
from tests.stand_in import ProfileName, StandIn


@pytest.fixture(params=KINDS, ids=["-".join(kind) for kind in KINDS])
def kind(request: pytest.FixtureRequest) -> tuple[ProfileName, str]:
    """A profile, and the API that it is asked over."""
    found: tuple[ProfileName, str] = request.param
    return found


@pytest.fixture
def server(kind: tuple[ProfileName, str]) -> Iterator[StandIn]:
    """A Grafana of each kind."""
    with StandIn(kind[0]) as one:
        yield one


@pytest.fixture
def grafana(server: StandIn, kind: tuple[ProfileName, str], connect: Connect) -> Grafana:
    """It, asked over each of its APIs."""
    found = connect(server, kind[1])
    found.hello()
    return found
