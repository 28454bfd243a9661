"""A page that a push creates, updates or moves: what is there then, and under what it was written."""

import re

from tests.push.building import Build, Push, page
from tests.push.traffic import reads, writes
from tests.stand_in import StandIn

MINE = "dash:shop"


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
    assert not writes(asked)
    assert reads(asked, "one") == ["GET /api/dashboards/uid/one"]
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
    (write,) = writes(grafana.requests[before:])
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

    (write,) = writes(grafana.requests)
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


def test_a_number_of_another_grafana_stays_at_home(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api", id=4711, version=12))

    assert push().results == {"api": "created"}
    assert push().total == "1 page: 1 unchanged"
    build.put(page("api", "Next", id=4711, version=12))
    assert push().results == {"api": "updated"}
    stored = grafana.page("api")
    assert stored
    assert [one.body["dashboard"].get("id") for one in writes(grafana.requests)] == [None, stored.id]
    assert stored.id != 4711


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
