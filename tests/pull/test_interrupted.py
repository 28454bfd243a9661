"""Whatever stops a pull, every file is whole, and the next pull ends as if nothing had happened."""

import os
import subprocess
import sys
from concurrent.futures import Future, wait
from pathlib import Path

import pytest

from cli.artifact import MANIFEST, manifest
from tests.command_line import Dash
from tests.push.building import page
from tests.stand_in import StandIn

INTO = Path("pulled")
UIDS = [f"p{number}" for number in range(4)]
#: As many files are put in their places: the pages and the manifest.
ALL = len(UIDS) + 1
ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from cli.main import main

seen, nth, replace, write = [], int(sys.argv[1]), Path.replace, Path.write_bytes

def killed(does):
    def one(*arguments):
        seen.append(does)
        if len(seen) == nth:
            if does is write:
                write(arguments[0], arguments[1][:9])
            os.kill(os.getpid(), signal.SIGKILL)
        return does(*arguments)
    return one

Path.replace, Path.write_bytes = killed(replace), killed(write)
main(["pull"])
"""


def _files() -> dict[str, bytes]:
    return {str(path.relative_to(INTO)): path.read_bytes() for path in sorted(INTO.rglob("*")) if path.is_file()}


@pytest.fixture(autouse=True)
def _pages(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    for number, uid in enumerate(UIDS):
        grafana.make(page(uid), "team" if number % 2 else "")


def _old_and_new(dash: Dash, grafana: StandIn) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The folder before, which is there now, and as an undisturbed pull would leave it."""
    dash(grafana, "pull")
    old = _files()
    for uid in UIDS:
        grafana.edit(uid, lambda model: model.update(title=f"Other {model['uid']}"))
    grafana.move(UIDS[0], "team")
    dash(grafana, "pull", "--into", "new")
    new = {str(path.relative_to("new")): path.read_bytes() for path in Path("new").rglob("*.json")}
    return old, new


def _all_whole(old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    names = [str(path.relative_to(INTO)) for path in INTO.rglob("*.json")]
    return all(_files()[name] in (old.get(name), new.get(name)) for name in names)


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("nth", range(1, ALL + 1))
def test_ctrl_c_leaves_no_half_file(dash: Dash, grafana: StandIn, nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = _old_and_new(dash, grafana)
    left = iter(range(nth - 1))
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", interrupted)
        said = dash(grafana, "pull")

    assert said.code == 130
    assert "interrupted" in said.err
    assert _all_whole(old, new)
    assert _files()[MANIFEST] == old[MANIFEST]
    assert {Path(name).suffix for name in _files()} == {".json"}
    assert dash(grafana, "pull").code == 0
    assert _files() == new


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("nth", [1, 3, ALL, ALL + 2, 2 * ALL])
def test_a_kill_leaves_no_half_file(dash: Dash, grafana: StandIn, nth: int) -> None:
    old, new = _old_and_new(dash, grafana)

    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(nth)], env={"PYTHONPATH": str(ROOT), **_environment()}, check=False
    )

    assert ended.returncode == -9
    assert _all_whole(old, new)
    assert _files()[MANIFEST] == old[MANIFEST]
    assert dash(grafana, "pull").code == 0
    assert _files() == new


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("GRAFANA_URL", "GRAFANA_TOKEN", "PATH")}


def test_ctrl_c_while_pages_are_read_changes_nothing(
    dash: Dash, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, _ = _old_and_new(dash, grafana)
    times = iter([KeyboardInterrupt])

    def interrupted(futures: list[Future[object]]) -> None:
        if error := next(times, None):
            raise error
        wait(futures)

    with monkeypatch.context() as patched:
        patched.setattr("cli.deploy.side_by_side.wait", interrupted)
        assert dash(grafana, "pull").code == 130

    assert _files() == old


def test_a_full_disk_changes_nothing(dash: Dash, grafana: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    old, _ = _old_and_new(dash, grafana)
    write = Path.write_bytes

    def full(path: Path, text: bytes) -> int:
        if path.name == "2":
            write(path, text[:5])
            raise OSError(28, "No space left on device")
        return write(path, text)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        said = dash(grafana, "pull")

    assert said.code == 2
    assert "pulled: it cannot be written: No space left on device; nothing was changed" in said.err
    assert "try: free some space" in said.err
    assert _files() == old


def test_a_folder_that_cannot_be_written_says_so(dash: Dash, grafana: StandIn) -> None:
    INTO.write_text("a file", encoding="utf-8")

    said = dash(grafana, "pull")

    assert said.code == 2
    assert "pulled: it cannot be written" in said.err
    assert "try: another --into" in said.err


def test_a_page_that_cannot_be_read_keeps_its_file(dash: Dash, grafana: StandIn) -> None:
    _, new = _old_and_new(dash, grafana)
    before = _files()
    grafana.faults.add(
        "GET", "/(uid|dashboards)/p1$", times=99, status=403, body={"message": "Access denied to this dashboard"}
    )

    said = dash(grafana, "pull", "--prune")

    assert said.code == 6
    assert said.results["p1"] == "failed"
    assert "no permission to read the page" in said.why("p1")
    assert _files()["Team/p1.json"] == before["Team/p1.json"]
    assert manifest.read(INTO).partial
    assert _files()["Team/p3.json"] == new["Team/p3.json"]


def test_a_grafana_that_does_not_answer_changes_nothing(dash: Dash, grafana: StandIn) -> None:
    old, _ = _old_and_new(dash, grafana)
    grafana.faults.add("GET", "/api/search", times=99, status=403, body={"message": "no"})

    assert dash(grafana, "pull", "--prune").code == 4
    assert _files() == old


def test_a_page_whose_folder_we_may_not_see_lies_where_its_title_says(dash: Dash, grafana: StandIn) -> None:
    grafana.faults.add("GET", "/api/folders/team", times=99, status=403, body={"message": "no"})

    assert dash(grafana, "pull").code == 0
    assert "Team/p1.json" in _files()
