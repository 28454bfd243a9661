"""What may hold anything private is nobody else's to read, whatever the shell would have."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.deploy import journal
from tests.push.building import Build, page
from tests.security.conftest import Say
from tests.stand_in import StandIn

FILE, FOLDER = 0o600, 0o700


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def _modes(*places: Path) -> dict[Path, int]:
    return {place: stat.S_IMODE(place.stat().st_mode) for place in places}


@pytest.mark.usefixtures("_umask")
def test_journals_and_plans(say: Say, build: Build, grafana: StandIn) -> None:
    library = build.path / "library"
    library.mkdir(parents=True)
    (library / "lat.json").write_text('{"uid": "lat", "name": "L", "folder": "", "model": {"type": "text"}}')
    build.put(page("api", panels=[{"id": 1, "libraryPanel": {"uid": "lat", "name": "L"}}]), "Team")
    Path("plan.json").touch(0o666)
    Path(".plan.json.part").touch(0o666)
    assert say("plan", "--out", "plan.json").code == 1
    assert say("push", "plan.json").code == 0
    grafana.edit("api", lambda model: model.update(title="By hand"))
    assert say("push", "--on-conflict", "overwrite").code == 0
    assert say("rollback").code == 0

    [*pushes] = journal.FOLDER.iterdir()
    inside = [path for push in pushes for path in push.rglob("*")]
    assert {path.parent.name for path in inside} >= {"pages", "library"}
    for path, mode in _modes(*pushes, *inside, Path("plan.json")).items():
        assert mode == (FOLDER if path.is_dir() else FILE), path
    assert not list(Path().rglob("*.part"))
