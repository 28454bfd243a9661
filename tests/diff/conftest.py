"""Fixtures for comparing: a build, Grafanas of each kind, and the command line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.deploy import journal
from cli.grafana import wire
from cli.grafana.patience import Patience
from cli.main import main
from tests.push.building import Build, Run, page
from tests.stand_in import ProfileName, StandIn

VARIABLES = ("GRAFANA_URL", "GRAFANA_TOKEN", "GRAFANA_USER", "GRAFANA_PASSWORD", "GRAFANA_ORG_ID", "DASH_CONTEXT")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "REQUESTS_CA_BUNDLE")

Dash = Callable[..., Run]


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*VARIABLES, *PROXIES):
        monkeypatch.delenv(name, raising=False)
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
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        assert token not in said.out + said.err
        return Run(int(ended.value.code), said.out, said.err)

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
