"""Fixtures for everything that can be wrong with a Grafana."""

import pytest

from tests.push.building import Build, Push, page


@pytest.fixture
def dash3(build: Build, dash: Push) -> Push:
    """The command line over three pages, so that an error that is said for each of them would show."""
    for uid in ("a", "b", "c"):
        build.put(page(uid))
    return dash
