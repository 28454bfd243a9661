"""A push that was killed half way: taken back, or finished by the next."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.deploy import journal
from tests.push.browser import title_of
from tests.push.building import Build, Push, page
from tests.stand_in import StandIn

ROOT = Path(__file__).parents[3]

SAVE = "/api/dashboards/db"


def test_a_last_line_that_is_half_is_of_something_that_was_not_done(
    build: Build, push: Push, told: Push, grafana: StandIn, pushes: Path
) -> None:
    build.put(page("api", "First"))
    build.put(page("app", "First app"))
    push()
    build.put(page("api", "Second"))
    push()
    lines = pushes / journal.names(pushes)[0] / journal.LINES
    lines.write_bytes(lines.read_bytes() + b'{"page": {"uid": "app", "tit')

    assert told("rollback").results == {"api": "updated"}
    assert (title_of(grafana, "api"), title_of(grafana, "app")) == ("First", "First app")


@pytest.fixture
def killed(build: Build, grafana: StandIn, tmp_path: Path) -> Callable[..., int]:
    """A real `dash push`, killed when a request comes in: before it is served, or when that is done."""
    token = grafana.token("Admin")

    def run(method: str, path: str, nth: int, *arguments: str, after: bool = False) -> int:
        started: list[subprocess.Popen[bytes]] = []

        def kill() -> None:
            started[0].send_signal(signal.SIGKILL)
            started[0].wait()

        grafana.faults.add(
            method, path, nth=nth, before=None if after else kill, after=kill if after else None, drop=not after
        )
        (tmp_path / ".dash").mkdir(exist_ok=True)
        (tmp_path / "pushes").mkdir(exist_ok=True)
        (tmp_path / ".dash" / "pushes").symlink_to(tmp_path / "pushes")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "GRAFANA_URL": grafana.url, "GRAFANA_TOKEN": token}
        command = [sys.executable, "-m", "cli", "push", "--build", str(build.path), "--jobs", "1", *arguments]
        with subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            started.append(running)
            return running.wait()

    return run


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize(
    ("method", "path", "nth", "after"),
    [
        ("POST", "/api/folders$", 1, False),
        ("POST", "/api/folders$", 1, True),
        ("POST", SAVE, 1, False),
        ("POST", SAVE, 1, True),
        ("POST", SAVE, 2, True),
        ("POST", SAVE, 3, True),
        ("DELETE", "/api/dashboards/uid/(del-)?delete", 1, False),
        ("DELETE", "/api/dashboards/uid/(del-)?delete", 1, True),
        ("DELETE", "/api/folders", 1, True),
    ],
)
def test_a_push_that_was_killed_is_taken_back_or_finished(  # noqa: PLR0917 - fixtures, and a row of a table
    build: Build,
    push: Push,
    told: Push,
    grafana: StandIn,
    killed: Callable[..., int],
    method: str,
    path: str,
    nth: int,
    after: bool,  # noqa: FBT001 - of a table
) -> None:
    build.put(page("api", "First"))
    build.put(page("delete"), "Old")
    push()
    before = grafana.state
    build.put(page("api", "Second"))
    build.put(page("create"), "Made")
    build.drop("delete")

    assert killed(method, path, nth, "--prune", after=after) == -signal.SIGKILL
    half = grafana.state

    assert told("rollback").code == 0
    assert grafana.state == before
    _rerun(push, grafana)
    assert told("rollback").code == 0
    assert grafana.state == before
    assert half  # whatever it was


def _rerun(push: Push, grafana: StandIn) -> None:
    assert push("--prune").code == 0
    assert (title_of(grafana, "api"), title_of(grafana, "create"), grafana.page("delete")) == ("Second", "Create", None)
    assert push("--prune").total == "2 pages: 2 unchanged"


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("path", [SAVE, "/api/dashboards/uid/(del-)?delete$"])
def test_a_push_that_was_killed_is_finished_by_the_next(
    build: Build, push: Push, grafana: StandIn, killed: Callable[..., int], path: str
) -> None:
    build.put(page("api", "First"))
    build.put(page("delete"), "Old")
    push()
    build.put(page("api", "Second"))
    build.put(page("create"), "Made")
    build.drop("delete")
    assert killed("POST|DELETE", path, 1, "--prune", after=True) == -signal.SIGKILL

    _rerun(push, grafana)
