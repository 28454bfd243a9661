"""Fixtures for pulling: a folder to pull into, Grafanas of each kind, and the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import Dash, Run, nothing_from_outside, typed
from tests.stand_in import ProfileName, StandIn


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing_from_outside(monkeypatch)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dash.toml").write_text('project = "shop"\n', encoding="utf-8")


@pytest.fixture(params=["g9", "g11", "g13"])
def profile(request: pytest.FixtureRequest) -> ProfileName:
    """Each line of Grafana versions."""
    name: ProfileName = request.param
    return name


@pytest.fixture
def grafana(profile: ProfileName) -> Iterator[StandIn]:
    """A Grafana of each kind, with nothing in it."""
    with StandIn(profile) as server:
        _empty(server)
        yield server


@pytest.fixture
def another() -> Iterator[StandIn]:
    """A second one, of the newest kind."""
    with StandIn("g13") as server:
        _empty(server)
        yield server


@pytest.fixture
def dash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """The command line, as somebody who may do everything there: `dash(grafana, "pull", "--prune")`.

    A search knows everything by then, also where it is late.
    """
    tokens: dict[str, str] = {}

    def run(grafana: StandIn, *arguments: str) -> Run:
        token = tokens.setdefault(grafana.url, grafana.token("Admin"))
        monkeypatch.setenv("GRAFANA_URL", grafana.url)
        monkeypatch.setenv("GRAFANA_TOKEN", token)
        grafana.flush()
        said = typed(capsys, *arguments)
        assert token not in said.out + said.err
        return said

    return run


def _empty(server: StandIn) -> None:
    for page in server.pages:
        server.delete(page.uid)
