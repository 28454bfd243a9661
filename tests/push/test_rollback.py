"""A push taken back: from its journal, under the same rules as any push, also when it was killed half way."""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from cli.deploy import journal
from tests.push.building import Build, Page, Push, page, three
from tests.stand_in import Snapshot, StandIn

ROOT = Path(__file__).parents[2]
SAVE = "/api/dashboards/db"


@pytest.fixture
def pushes(tmp_path: Path) -> Path:
    """Where the journals are."""
    return tmp_path / "pushes"


def _titled(title: str) -> Callable[[Page], None]:
    return lambda model: model.update(title=title)


def _title(grafana: StandIn, uid: str) -> str:
    stored = grafana.page(uid)
    return stored.title if stored else ""


# back


def test_every_page_is_as_it_was(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    """Created, updated, moved, overwritten and deleted, with the folders that came and went."""
    for uid in ("update", "move", "hand", "delete"):
        build.put(three(uid), "Old/Deep" if uid == "delete" else "Old")
    push()
    grafana.edit("hand", _titled("Mine"))
    before = grafana.state
    build.drop("delete")
    build.put(three("update", description="next"), "Old")
    build.put(three("move"), "New/Deep")
    build.put(three("hand", description="next"), "Old")
    build.put(page("create"), "Made/For it")
    said = push("--prune", "--on-conflict", "overwrite")
    assert said.results == {
        "create": "created",
        "delete": "deleted",
        "hand": "updated",
        "move": "moved",
        "update": "updated",
    }
    after = grafana.state
    assert after != before

    assert "note: dash rollback 20" in said.err
    back = told("rollback")

    assert back.code == 0
    assert back.results == {
        "create": "deleted",
        "delete": "created",
        "hand": "updated",
        "move": "updated",
        "update": "updated",
    }
    assert grafana.state == before
    assert told("rollback").code == 0  # a rollback is a push of its own
    assert grafana.state == after


def test_the_next_push_knows_its_own_pages(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    build.put(page("update", "First"))
    build.put(page("delete"))
    push()
    build.put(page("update", "Second"))
    build.drop("delete")
    push("--prune")
    told("rollback")
    assert (_title(grafana, "update"), _title(grafana, "delete")) == ("First", "Delete")

    build.put(page("update", "Third"))

    assert push("--prune").results == {"update": "updated", "delete": "deleted"}


def test_the_next_push_knows_its_own_pages_also_when_the_rollback_was_taken_back(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    build.put(page("update", "First"))
    build.put(page("delete"))
    push()
    build.put(page("update", "Second"))
    build.put(page("create"))
    build.drop("delete")
    push("--prune")
    told("rollback")
    assert told("rollback").code == 0
    assert (_title(grafana, "update"), _title(grafana, "create")) == ("Second", "Create")

    build.put(page("update", "Third"))
    build.drop("create")

    assert push("--prune").results == {"update": "updated", "create": "deleted"}


def test_the_last_push_is_meant_where_none_is_named(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    for title in ("First", "Second", "Third", "Fourth", "Fifth"):
        build.put(page("api", title))
        push()
    assert told("rollback").results == {"api": "updated"}
    assert _title(grafana, "api") == "Fourth"

    names = [line.split()[0] for line in told("rollback", "--list").out.splitlines()]
    assert len(names) == 6
    assert names == sorted(names, reverse=True)
    said = told("rollback", names[2])

    assert said.results == {"api": "updated"}  # what that push left is there again
    assert _title(grafana, "api") == "Third"


def test_a_push_that_is_not_the_last_leaves_what_came_after_it(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    for title in ("First", "Second", "Third"):
        build.put(page("api", title))
        push()
    names = journal.names(journal.FOLDER)

    said = told("rollback", names[1])

    assert (said.code, said.results) == (5, {"api": "conflict"})
    assert _title(grafana, "api") == "Third"


def test_a_dry_run_says_what_would_happen(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    build.put(page("api"), "Made")
    push()
    before = grafana.state

    said = told("rollback", "--dry-run")

    assert said.results == {"api": "deleted"}
    assert grafana.state == before
    assert len(journal.names(journal.FOLDER)) == 1


# what somebody did since


@pytest.mark.parametrize("what", ["created", "updated"])
@pytest.mark.parametrize("how", ["edited", "moved", "deleted"])
def test_what_somebody_did_since_is_a_conflict_and_stays(
    build: Build, push: Push, told: Push, grafana: StandIn, *, what: str, how: str
) -> None:
    build.put(page("api", "First"))
    if what == "updated":
        push()
        build.put(page("api", "Second"))
    push()
    grafana.make_folder("else", "Elsewhere")
    if how == "edited":
        grafana.edit("api", _titled("Mine"), by="alice")
    elif how == "moved":
        grafana.move("api", "else", by="alice")
    else:
        grafana.delete("api")
    before = grafana.state

    said = told("rollback")

    if (what, how) == ("created", "deleted"):
        assert said.total == "1 page: 1 unchanged"
    else:
        assert (said.code, said.results) == (5, {"api": "conflict"})
        words = "somebody deleted it since" if how == "deleted" else "changed by hand (alice, 20"
        assert f"not taken back: {words}" in said.why("api")
    assert grafana.state == before


def test_our_message_on_somebody_elses_content_is_not_believed(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    build.put(page("api"))
    push()
    stored = grafana.page("api")
    assert stored
    grafana.edit("api", _titled("Mine"), message=stored.history[-1].message)

    assert told("rollback").results == {"api": "conflict"}
    assert _title(grafana, "api") == "Mine"


def test_a_page_that_somebody_made_anew_is_a_conflict(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(page("old"))
    push()
    build.drop("old")
    push("--prune")
    grafana.make(page("old", "Theirs"))

    assert told("rollback").results == {"old": "conflict"}
    assert _title(grafana, "old") == "Theirs"


@pytest.mark.parametrize("what", ["page", "rule"])
def test_a_folder_that_the_push_made_stays_when_somebody_uses_it(
    build: Build, push: Push, told: Push, grafana: StandIn, what: str
) -> None:
    build.put(page("api"), "Made")
    push()
    stored = grafana.page("api")
    assert stored
    if what == "page":
        grafana.make(page("theirs"), stored.folder_uid)
    else:
        grafana.add_alert_rule("rule", stored.folder_uid)

    assert told("rollback").results == {"api": "deleted"}
    assert grafana.page(stored.folder_uid)


def test_a_folder_that_the_push_made_stays_when_somebody_renamed_it(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    build.put(page("api"), "Made")
    push()
    stored = grafana.page("api")
    assert stored
    grafana.make_folder(stored.folder_uid, "Mine now")

    assert told("rollback").code == 0
    assert grafana.page("api") is None
    assert grafana.page(stored.folder_uid)


def test_a_merge_that_is_taken_back_leaves_the_edit_by_hand(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    build.put(three())
    push()
    grafana.edit("api", _titled("Mine"))
    build.put(three(description="first"))
    push("--on-conflict", "merge")
    build.put(three(description="second"))
    push("--on-conflict", "merge")

    assert told("rollback").code == 0
    stored = grafana.page("api")
    assert stored
    assert (stored.title, stored.model["description"]) == ("Mine", "first")
    assert push("--on-conflict", "merge").results == {"api": "updated"}
    assert push("--on-conflict", "merge").results == {"api": "unchanged"}
    assert _title(grafana, "api") == "Mine"


def test_an_edit_that_slips_into_a_rollback_is_put_back(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    build.put(page("api", "First"))
    push()
    build.put(page("api", "Second"))
    push()
    grafana.edit_during_save("api", _titled("Mine"))

    assert told("rollback").results == {"api": "conflict"}
    assert _title(grafana, "api") == "Mine"


# another Grafana, another journal


def test_a_push_into_another_grafana_is_not_taken_back_here(build: Build, push: Push, say: Push) -> None:
    build.put(page("api"))
    push()
    name = journal.names(journal.FOLDER)[0]
    with StandIn("g11") as other:
        token = other.token("Admin")
        said = say("rollback", name, url=other.url, token=token)
        assert said.code == 2
        assert "that push went to http://127.0.0.1" in said.err
        said = say("rollback", url=other.url, token=token)
        assert said.code == 2
        assert f"no push from here went to {other.url}" in said.err


def test_a_push_into_another_organisation_is_not_taken_back_here(build: Build, push: Push, told: Push) -> None:
    build.put(page("api"))
    push()

    said = told("rollback", "--org", "2")

    assert said.code == 2
    assert "?orgId=2" in said.err


def test_a_push_that_never_was(build: Build, push: Push, told: Push) -> None:
    build.put(page("api"))
    push()

    said = told("rollback", "yesterday")

    assert said.code == 2
    assert "there is no push 'yesterday'" in said.err
    assert "dash rollback --list" in said.err


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"type": "push"}', "half of it"])
def test_a_journal_that_is_none_is_a_clear_error(build: Build, push: Push, told: Push, pushes: Path, text: str) -> None:
    build.put(page("api"))
    push()
    (pushes / journal.names(pushes)[0] / journal.HEAD).write_text(text, encoding="utf-8")

    said = told("rollback")

    assert said.code == 2
    assert "this is no journal that we wrote" in said.err


# crashes


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
    assert (_title(grafana, "api"), _title(grafana, "app")) == ("First", "First app")


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
        with subprocess.Popen(  # noqa: S603 - every word is ours
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
        ("DELETE", "/api/dashboards/uid/delete", 1, False),
        ("DELETE", "/api/dashboards/uid/delete", 1, True),
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
    assert (_title(grafana, "api"), _title(grafana, "create"), grafana.page("delete")) == ("Second", "Create", None)
    assert push("--prune").total == "2 pages: 2 unchanged"


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("path", [SAVE, "/api/dashboards/uid/delete$"])
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


# no room, no other reader, no secret


@contextmanager
def _no_room(part: str, *, times: int = 99) -> Iterator[None]:
    """There is no room for files of this name, or only for half of what is to be written, so many times."""
    struck: list[Any] = []
    real = os.open

    def full(path: Any, *more: Any, **named: Any) -> int:
        if part in str(path) and len(struck) < times:
            struck.append(path)
            Path(path).write_bytes(b'{"page": {"ui')
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, *more, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("os.open", full)
        yield


@pytest.mark.parametrize("part", [journal.HEAD, journal.PAGES, journal.LINES])
def test_what_cannot_be_kept_is_not_overwritten(build: Build, push: Push, grafana: StandIn, part: str) -> None:
    build.put(page("api", "First"))
    push()
    build.put(page("api", "Second"))

    with _no_room(part):
        said = push()

    assert said.results == {"api": "failed"}
    assert said.code == 2
    assert "cannot be saved before it is overwritten: No space left on device" in said.why("api")
    assert _title(grafana, "api") == "First"
    assert push().results == {"api": "updated"}


@pytest.mark.parametrize("file", [journal.HEAD, journal.LINES])
def test_what_did_not_fit_spoils_nothing_that_fits(
    build: Build, told: Push, push: Push, grafana: StandIn, *, pushes: Path, file: str
) -> None:
    """The first page's line is half when there is room again for the second's."""
    build.put(page("a", "First"))
    build.put(page("b", "First too"))
    push()
    build.put(page("a", "Second"))
    build.put(page("b", "Second too"))
    with _no_room(file, times=1):
        said = push("--jobs", "1")
    assert said.results == {"a": "failed", "b": "updated"}

    assert told("rollback").results == {"b": "updated"}
    assert (_title(grafana, "a"), _title(grafana, "b")) == ("First", "First too")
    assert orjson.loads((pushes / journal.names(pushes)[1] / journal.LINES).read_bytes().splitlines()[-1])


def test_nobody_else_reads_a_journal_and_no_secret_is_in_it(
    build: Build, dash: Push, say: Push, grafana: StandIn, pushes: Path
) -> None:
    token = grafana.token("Admin")
    build.put(page("api", "First"), "AI")
    dash(url=grafana.url, token=token)
    build.put(page("api", "Second"), "AI")
    dash(url=grafana.url, token=token)
    say("rollback", url=grafana.url, token=token)

    found = sorted(pushes.rglob("*"))

    assert len(found) > 10
    for one in found:
        mode = stat.S_IMODE(one.stat().st_mode)
        assert mode == (0o700 if one.is_dir() else 0o600), one
        assert one.is_dir() or token.encode() not in one.read_bytes()
    assert not list(pushes.rglob("*.part"))


def test_a_journal_is_json_that_a_person_can_read(build: Build, push: Push, pushes: Path) -> None:
    build.put(page("api", "First"))
    push()
    build.put(page("api", "Second"))
    push()

    kept = (pushes / journal.names(pushes)[0] / "pages" / "api.json").read_text(encoding="utf-8")

    assert '    "title": "First"' in kept
    assert orjson.loads(kept)["page"]["uid"] == "api"


def test_a_push_that_writes_nothing_leaves_no_journal(build: Build, push: Push, pushes: Path) -> None:
    build.put(page("api"))
    push("--dry-run")
    assert not pushes.exists()
    push()
    push()

    assert len(journal.names(pushes)) == 1


def test_names_of_pages_stay_in_the_journals_folder(
    build: Build, push: Push, told: Push, grafana: StandIn, pushes: Path
) -> None:
    uids = ("UP", "up", "con")
    before: list[Snapshot] = []
    for title in ("first", "second"):
        for uid in uids:
            build.put(page(uid, f"{uids.index(uid)} {title}"))
        push()
        before.append(grafana.state)

    kept = list((pushes / journal.names(pushes)[0] / "pages").iterdir())
    assert len({one.name.lower() for one in kept}) == len(uids)
    assert told("rollback").code == 0
    assert grafana.state == before[0]
