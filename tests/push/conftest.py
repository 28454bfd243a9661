"""Fixtures for pushing: a build folder, a Grafana of each kind, and the command line."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.deploy import journal
from cli.grafana import wire
from cli.grafana.patience import Patience
from tests.command_line import Run, nothing_from_outside, typed
from tests.push.building import Build, Push
from tests.stand_in import ProfileName, StandIn


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_from_outside(monkeypatch)


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A retry waits for nobody; and a journal is written where no other test looks."""
    monkeypatch.setattr(wire, "PATIENCE", Patience(sleep=lambda *_: None))
    monkeypatch.setattr(journal, "FOLDER", tmp_path / "pushes")


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """An empty build."""
    return Build(tmp_path / "build")


@pytest.fixture(params=["g9", "g11"])
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
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Push:
    """The command line: `say("rollback", "--list", url=..., token=...)`."""

    def run(*arguments: str, url: str = "", token: str = "", stdin: str = "") -> Run:
        if url:
            monkeypatch.setenv("GRAFANA_URL", url)
        if token:
            monkeypatch.setenv("GRAFANA_TOKEN", token)
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        return typed(capsys, *arguments)

    return run


@pytest.fixture
def dash(build: Build, say: Push) -> Push:
    """The same for a push: `dash("--dry-run", url=..., token=...)` pushes the build."""

    def run(*arguments: str, **there: str) -> Run:
        return say("push", "--build", str(build.path), *arguments, **there)

    return run


@pytest.fixture
def told(say: Push, grafana: StandIn) -> Push:
    """Any command, as somebody who may do everything in `grafana`."""
    token = grafana.token("Admin")

    def run(*arguments: str) -> Run:
        return say(*arguments, url=grafana.url, token=token)

    return run


@pytest.fixture
def push(dash: Push, grafana: StandIn) -> Push:
    """The command line, as somebody who may do everything in `grafana`."""
    token = grafana.token("Admin")

    def run(*arguments: str) -> Run:
        return dash(*arguments, url=grafana.url, token=token)

    return run
