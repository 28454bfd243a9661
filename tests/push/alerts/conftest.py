"""Fixtures for pushing alerts: a build with rules, and a Grafana with a Prometheus to ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import Run
from tests.push.alerts.building import RuleBuild
from tests.push.building import Push
from tests.stand_in import ProfileName, StandIn


@pytest.fixture(params=["g9", "g11", "g13"])
def profile(request: pytest.FixtureRequest) -> ProfileName:
    """Each line of versions that differs in alerting."""
    name: ProfileName = request.param
    return name


@pytest.fixture
def grafana(profile: ProfileName) -> Iterator[StandIn]:
    """A Grafana whose Prometheus is the default data source."""
    with StandIn(profile) as server:
        server.add_data_source("prom", "Prometheus", isDefault=True)
        yield server


@pytest.fixture
def made(tmp_path: Path) -> RuleBuild:
    """A build with one alert."""
    build = RuleBuild(tmp_path / "build")
    build.put({"alert": "Down", "expr": "up == 0", "for": "1m", "labels": {"severity": "critical"}})
    return build


@pytest.fixture
def alerts(made: RuleBuild, say: Push, grafana: StandIn) -> Push:
    """`dash push --alerts --output json`, as an Admin."""
    token = grafana.token("Admin")

    def run(*arguments: str) -> Run:
        words = ("push", "--alerts", "--build", str(made.path), "--output", "json", *arguments)
        return say(*words, url=grafana.url, token=token)

    return run
