"""A Grafana of the line that a test names."""

from collections.abc import Iterator

import pytest

from tests.stand_in import StandIn


@pytest.fixture
def grafana(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    with StandIn(request.param) as grafana:
        yield grafana
