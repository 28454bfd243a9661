"""What becomes of a page: one of six words, and the counts add up.

Long because every result has its own tests, and they share one build.
"""

import json
import re
import subprocess
from collections.abc import Iterable

import pytest

from cli.artifact import digest
from tests.push.building import Build, Push, page
from tests.stand_in import Request, StandIn

MINE = "dash:shop"
SUBJECT = "Count tokens"


def _reads(requests: Iterable[Request], uid: str) -> list[str]:
    return [f"{one.method} {one.path}" for one in requests if f"/uid/{uid}" in one.path]


def _writes(requests: Iterable[Request]) -> list[Request]:
    return [one for one in requests if one.method != "GET"]


def test_a_page_that_is_not_there_is_created_and_read_back_equal(build: Build, push: Push, grafana: StandIn) -> None:
    wanted = build.put(page("api", "AI API", x=[1, 2.5, None, "é<b>"], refresh="30s"), "AI")

    said = push("--message", "first")

    assert said.code == 0
    assert said.results == {"api": "created"}
    assert said.total == "1 page: 1 created"
    stored = grafana.page("api")
    assert stored
    assert {**stored.data, "id": 0, "version": 0} == {**wanted, "tags": ["ai", MINE], "id": 0, "version": 0}
    assert stored.history[-1].message == f"dash {build.digest('api')}: first"
    folder = grafana.page(stored.folder_uid)
    assert folder
    assert folder.title == "AI"


def test_a_second_push_changes_nothing_and_reads_each_page_once(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("one", "two", "three"):
        build.put(page(uid), "AI")
    push()
    before = len(grafana.requests)

    said = push()

    assert said.code == 0
    assert said.out == "3 pages: 3 unchanged\n"
    asked = grafana.requests[before:]
    assert not _writes(asked)
    assert _reads(asked, "one") == ["GET /api/dashboards/uid/one"]
    assert len([one for one in asked if "/uid/" in one.path]) == 3


def test_our_own_page_is_updated_under_the_version_that_was_compared(
    build: Build, push: Push, grafana: StandIn
) -> None:
    build.put(page("api"), "AI")
    push()
    build.put(page("api", "New title"), "AI")
    before = len(grafana.requests)

    said = push()

    assert said.results == {"api": "updated"}
    (write,) = _writes(grafana.requests[before:])
    assert write.body["overwrite"] is False
    assert write.body["dashboard"]["version"] == 1
    stored = grafana.page("api")
    assert stored
    assert write.body["dashboard"]["id"] == stored.id
    assert write.body["folderUid"] == stored.folder_uid != ""
    assert (stored.title, stored.version) == ("New title", 2)


def test_a_page_is_updated_again_and_again(build: Build, push: Push, grafana: StandIn) -> None:
    for n in range(25):
        build.put(page("api", n=n))
        push()
    stored = grafana.page("api")

    assert stored
    assert stored.version == 25
    assert stored.data["n"] == 24


def test_the_root_is_said_too_or_grafana_would_guess(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()

    (write,) = _writes(grafana.requests)
    assert write.body["folderUid"] == ""
    assert write.body["overwrite"] is False
    assert "version" not in write.body["dashboard"]


def test_a_page_that_moves_in_the_source_moves_in_grafana_and_keeps_its_history(
    build: Build, push: Push, grafana: StandIn
) -> None:
    build.put(page("api"), "AI")
    push()
    build.put(page("api"), "Other")

    assert push().results == {"api": "moved"}
    stored = grafana.page("api")
    assert stored
    folder = grafana.page(stored.folder_uid)
    assert folder
    assert (folder.title, len(stored.history)) == ("Other", 2)
    assert push().total == "1 page: 1 unchanged"


def test_what_the_server_writes_by_itself_is_no_difference(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("fast", "  Blanks  ", refresh="1s"))
    build.put(page("odd", refresh="often"))
    push()
    before = len(grafana.requests)

    assert {one.body["dashboard"]["title"] for one in _writes(grafana.requests)} == {"Blanks", "Odd"}
    assert push().total == "2 pages: 2 unchanged"
    assert not _writes(grafana.requests[before:])
    assert _reads(grafana.requests[before:], "fast") == ["GET /api/dashboards/uid/fast"]


def test_a_server_with_a_minimum_that_it_does_not_tell(build: Build, push: Push, grafana: StandIn) -> None:
    """What we pushed is what we want: then what it made of it is its own affair, and no version is added."""
    build.put(page("fast", refresh="2s"))
    grafana.faults.add("GET", "/api/frontend/settings", times=9, status=200, body={"minRefreshInterval": "1s"})
    push()
    before = len(grafana.requests)

    assert push().total == "1 page: 1 unchanged"
    assert not _writes(grafana.requests[before:])


def test_a_server_that_does_not_tell_its_settings(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("fast", refresh="2s"))
    push()
    grafana.faults.add("GET", "/api/frontend/settings", status=403, body={"message": "no"})

    assert push().total == "1 page: 1 unchanged"


def test_a_server_that_tells_its_minimum(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("fast", refresh="5s"))
    push()
    grafana.edit("fast", lambda model: model.update(refresh="1m"))
    grafana.faults.add("GET", "/api/frontend/settings", status=200, body={"minRefreshInterval": "1m"})

    assert push().total == "1 page: 1 unchanged"
    assert push().results == {"fast": "conflict"}


def test_a_number_of_another_grafana_stays_at_home(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api", id=4711, version=12))

    assert push().results == {"api": "created"}
    assert push().total == "1 page: 1 unchanged"
    build.put(page("api", "Next", id=4711, version=12))
    assert push().results == {"api": "updated"}
    stored = grafana.page("api")
    assert stored
    assert [one.body["dashboard"].get("id") for one in _writes(grafana.requests)] == [None, stored.id]
    assert stored.id != 4711


@pytest.mark.parametrize("refresh", ["2s", "4s", "1m"])
def test_a_page_whose_refresh_the_server_raised_is_still_ours(
    build: Build, push: Push, grafana: StandIn, refresh: str
) -> None:
    build.put(page("fast", " Fast ", refresh="1s"))
    push()
    build.put(page("fast", " Fast ", refresh=refresh, n=1))

    assert push().results == {"fast": "updated"}
    stored = grafana.page("fast")
    assert stored
    assert stored.data["n"] == 1


def test_a_refresh_set_by_hand_is_an_edit(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("fast", refresh="1s"))
    push()
    grafana.edit("fast", lambda model: model.update(refresh="10s"))

    assert push().results == {"fast": "conflict"}


def test_numbers_are_compared_by_value(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api", n=1.0))
    push()
    grafana.edit("api", lambda model: model.update(n=1))

    assert push().total == "1 page: 1 unchanged"
    assert digest.of({"n": [1.0, -2.0, 0.5]}, "") == digest.of({"n": [1, -2, 0.5]}, "")
    assert digest.of({"n": 10.0}, "") != digest.of({"n": 1}, "")


def test_dry_run_says_what_would_happen_and_writes_nothing(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI/Serving")
    build.put(page("app"))
    push("--only", "app")
    build.put(page("app", "Changed"), "New")
    before = len(grafana.requests)

    said = push("--dry-run")

    assert said.results == {"api": "created", "app": "updated"}
    assert said.total == "dry run, nothing is written: 2 pages: 1 created, 1 updated"
    assert not _writes(grafana.requests[before:])
    assert push("--dry-run", "--output", "json").json["dry_run"] is True


def test_json_says_every_page_once_and_the_counts_add_up(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("new"))
    build.put(page("same"))
    build.put(page("edited"))
    build.put(page("ours"))
    build.put(page("old"), stale="pages.py:3 does not load")
    push("--only", "same", "--only", "edited", "--only", "ours")
    grafana.edit("edited", lambda model: model.update(title="By hand"))
    build.put(page("ours", "Next"))

    said = push("--output", "json")

    answer = said.json
    assert (answer["type"], answer["version"], answer["dry_run"]) == ("push", 1, False)
    assert {one["uid"]: one["result"] for one in answer["pages"]} == {
        "edited": "conflict",
        "new": "created",
        "old": "skipped",
        "ours": "updated",
        "same": "unchanged",
    }
    counts = {result: count for result, count in answer["counts"].items() if count}
    assert counts == {"created": 1, "updated": 1, "unchanged": 1, "conflict": 1, "skipped": 1}
    assert sum(answer["counts"].values()) == len(answer["pages"])
    assert answer["pages"][0].keys() == {"uid", "title", "result", "why", "edits", "url"}
    assert answer["pages"][0]["edits"] == ['page: title "Edited" -> "By hand"']
    assert answer["pages"][0]["url"] == f"{grafana.url}/d/edited"
    assert said.code == 5


def test_a_stale_page_is_skipped_and_says_why(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("old"), stale="pages.py:3: name 'x' is not defined")
    build.put(page("good"))

    said = push()

    assert said.code == 3
    assert "pages.py:3: name 'x' is not defined" in said.why("old")
    assert said.results == {"old": "skipped", "good": "created"}
    assert grafana.page("old") is None


def test_only_these(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(page("app"))

    assert push("--only", "app").results == {"app": "created"}
    assert grafana.page("api") is None


def test_only_what_is_there(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))

    said = push("--only", "apl")

    assert said.code == 2
    assert "--only api" in said.err
    assert not grafana.requests


def test_no_build(push: Push, grafana: StandIn) -> None:
    said = push()

    assert said.code == 2
    assert "try: dash build" in said.err
    assert not grafana.requests


def test_an_empty_build(build: Build, push: Push) -> None:
    build.rename("empty")

    assert push().out == "0 pages\n"


@pytest.mark.parametrize("text", [None, "{", "[]", '{"uid": "other", "title": "x"}'])
def test_a_file_that_is_not_the_page_fails_alone(build: Build, push: Push, grafana: StandIn, text: str | None) -> None:
    build.put(page("bad"))
    build.put(page("good"))
    file = build.path / "dashboards" / "bad.json"
    file.unlink() if text is None else file.write_text(text, encoding="utf-8")

    said = push()

    assert said.results == {"bad": "failed", "good": "created"}
    assert str(file) in said.why("bad")
    assert "dash build" in said.why("bad")
    assert said.code == 6
    assert push().code == 3, "nothing was written, and no Grafana is to blame"
    assert grafana.page("bad") is None


def test_a_file_edited_in_the_build_is_pushed_and_said(build: Build, push: Push) -> None:
    build.put(page("api"))
    push()
    file = build.path / "dashboards" / "api.json"
    file.write_text(json.dumps(page("api", "By hand in build")), encoding="utf-8")

    said = push()

    assert said.results == {"api": "updated"}
    assert "api: the file in" in said.err
    assert "is not what dash build wrote" in said.err
    assert push().total == "1 page: 1 unchanged"


def test_a_uid_that_grafana_would_not_take_never_leaves_the_house(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("good"))
    build.put(page("bad"))
    hostile = "a?x=1&../../admin"
    (build.path / "dashboards" / "bad.json").write_text(json.dumps(page(hostile)), encoding="utf-8")
    build.damage("bad", uid=hostile)

    said = push()

    assert said.code == 6
    assert "is no uid that Grafana knows" in said.out
    assert not [one for one in grafana.requests if "admin" in one.path]


def test_the_message_is_the_last_commit(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    git = ["git", "-C", str(build.path.parent), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "-q"], check=True)  # noqa: S603 - every word is ours
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", SUBJECT + "\n\nbody"], check=True)  # noqa: S603 - likewise

    push()

    stored = grafana.page("api")
    assert stored
    assert stored.history[-1].message == f"dash {build.digest('api')}: {SUBJECT}"


@pytest.mark.parametrize("path", ["", "/nowhere"])
def test_without_git_the_message_is_the_digest(
    build: Build, push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(build.path.parent.parent))
    if path:
        monkeypatch.setenv("PATH", path)
    build.put(page("api"))

    push()

    stored = grafana.page("api")
    assert stored
    assert stored.history[-1].message == f"dash {build.digest('api')}"


def test_a_page_that_somebody_deleted_is_made_again_and_that_is_said(
    build: Build, push: Push, grafana: StandIn
) -> None:
    build.put(page("api"))
    build.put(page("app"))
    push()
    grafana.delete("api")
    build.put(page("new"))

    said = push()

    assert said.results == {"api": "created", "new": "created"}
    assert re.search(r"created   api: somebody deleted it since the push \S+", said.out)
    assert "deleted" not in said.why("new")
