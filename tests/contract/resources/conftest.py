"""Grafanas with the unified storage, and one with the old."""

from collections.abc import Iterator

import pytest

from tests.contract.resources.objects import UNIFIED
from tests.stand_in import StandIn


@pytest.fixture(params=["g12", *UNIFIED])
def grafana(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    with StandIn(request.param) as grafana:
        yield grafana


@pytest.fixture(params=UNIFIED)
def unified(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    with StandIn(request.param) as grafana:
        yield grafana


@pytest.fixture
def legacy() -> Iterator[StandIn]:
    with StandIn("g12") as grafana:
        yield grafana
