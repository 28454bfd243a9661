"""Fixtures for `dash doctor`: an empty repository, a Grafana of each kind, and the command line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Run, nothing_from_outside, typed
from tests.push.building import Build
from tests.stand_in import ProfileName, StandIn


class Said(Run):
    """What `dash doctor` said."""

    @property
    def checks(self) -> dict[str, dict[str, Any]]:
        """Of `--output json`, by their names."""
        said = self.json
        assert (said["type"], said["version"]) == ("doctor", 1)
        assert all(list(check) == ["name", "ok", "said", "fix"] for check in said["checks"])
        return {check["name"]: check for check in said["checks"]}

    def ok(self, name: str) -> Any:
        """Whether a check is well."""
        return self.checks[name]["ok"]


Doctor = Callable[..., Said]


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing_from_outside(monkeypatch)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """The build of the repository."""
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
def doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doctor:
    """The command line: `doctor("--folder", "Team", grafana=server, role="Viewer")`."""

    def run(*arguments: str, grafana: StandIn | None = None, role: str = "Admin", output: str = "json") -> Said:
        if grafana:
            monkeypatch.setenv("GRAFANA_URL", grafana.url)
            monkeypatch.setenv("GRAFANA_TOKEN", grafana.token(role))
        return Said(*typed(capsys, "doctor", "--output", output, *arguments))

    return run
