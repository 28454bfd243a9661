"""Fixtures for comparing: a build, Grafanas of each kind, and the command line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.deploy import journal
from cli.grafana import wire
from cli.grafana.patience import Patience
from tests.command_line import Dash, Run, nothing_from_outside, typed
from tests.push.building import Build, page
from tests.stand_in import ProfileName, StandIn


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing_from_outside(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(wire, "PATIENCE", Patience(sleep=lambda *_: None))
    monkeypatch.setattr(journal, "FOLDER", tmp_path / "pushes")


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
def another() -> Iterator[StandIn]:
    """A second one."""
    with StandIn("g11") as server:
        yield server


@pytest.fixture
def dash(grafana: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """The command line, as somebody who may do everything there, when the search knows all: `dash("diff")`."""
    token = grafana.token("Admin")
    monkeypatch.setenv("GRAFANA_URL", grafana.url)
    monkeypatch.setenv("GRAFANA_TOKEN", token)

    def run(*arguments: str) -> Run:
        grafana.flush()
        said = typed(capsys, *arguments)
        assert token not in said.out + said.err
        return said

    return run


@pytest.fixture
def pushed(build: Build, dash: Dash) -> Build:
    """Two pages, pushed; `app` in a folder."""
    build.put(page("api"))
    build.put(page("app"), "AI")
    assert dash("push").code == 0
    return build


def retitled(model: Any) -> None:
    """Edit the title of its panel."""
    model["panels"][0]["title"] = "By hand"
