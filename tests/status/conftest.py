"""Fixtures for the status: a build, Grafanas of each kind, and the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import Dash, Run, nothing_from_outside, typed
from tests.push.building import Build
from tests.stand_in import ProfileName, StandIn


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing_from_outside(monkeypatch)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """An empty build."""
    return Build(tmp_path / "build")


@pytest.fixture(params=["g9", "g11", "g13"])
def profile(request: pytest.FixtureRequest) -> ProfileName:
    """Each line of Grafana versions."""
    name: ProfileName = request.param
    return name


@pytest.fixture
def grafana(profile: ProfileName) -> Iterator[StandIn]:
    """A Grafana of each kind."""
    with StandIn(profile) as server:
        yield server


@pytest.fixture
def dash(grafana: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """The command line, as somebody who may do everything there, when the search knows all: `dash("status")`."""
    token = grafana.token("Admin")
    monkeypatch.setenv("GRAFANA_URL", grafana.url)
    monkeypatch.setenv("GRAFANA_TOKEN", token)

    def run(*arguments: str) -> Run:
        grafana.flush()
        said = typed(capsys, *arguments)
        assert token not in said.out + said.err
        return said

    return run
