"""Fixtures for attacks: an empty repository, a Grafana of each kind, and the command line on a terminal."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.grafana import wire
from cli.grafana.patience import Patience
from tests.command_line import Run, typed
from tests.push.building import Build
from tests.stand_in import ProfileName, StandIn

Say = Callable[..., Run]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(("GRAFANA_", "DASH_")) or name.lower().endswith("_proxy") or name.endswith("CA_BUNDLE"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(wire, "PATIENCE", Patience(sleep=lambda *_: None))
    # click takes escapes out of what goes into a pipe, and a person sits at a terminal
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def build() -> Build:
    """The build of the repository."""
    return Build(Path("build"))


@pytest.fixture(params=["g9", "g13"])
def profile(request: pytest.FixtureRequest) -> ProfileName:
    """The oldest, and the newest with another API."""
    name: ProfileName = request.param
    return name


@pytest.fixture
def grafana(profile: ProfileName) -> Iterator[StandIn]:
    """A Grafana of each kind."""
    with StandIn(profile) as server:
        yield server


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Say:
    """The command line: `bare("push", stdin="...")`."""

    def run(*arguments: str, stdin: str = "") -> Run:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        return typed(capfd, *arguments)

    return run


@pytest.fixture
def say(bare: Say, grafana: StandIn, monkeypatch: pytest.MonkeyPatch) -> Say:
    """The same, as somebody who may do everything in `grafana`, when the search knows all."""
    monkeypatch.setenv("GRAFANA_URL", grafana.url)
    monkeypatch.setenv("GRAFANA_TOKEN", grafana.token("Admin"))

    def run(*arguments: str) -> Run:
        grafana.flush()
        return bare(*arguments)

    return run
