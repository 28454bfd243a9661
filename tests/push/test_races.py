"""Somebody else at the same moment, and answers that get lost: no edit is overwritten in silence."""

from threading import Timer

import pytest

from tests.push.building import Build, Push, page
from tests.stand_in import StandIn

SAVE = "/api/dashboards/db"


def _saves(grafana: StandIn) -> int:
    return len([one for one in grafana.requests if one.path == SAVE])


def test_somebody_was_there_first(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", "Ours"))
    refusal = {"status": "version-mismatch", "message": "The dashboard has been changed by someone else"}
    grafana.faults.add("POST", SAVE, status=412, body=refusal)

    said = push()

    assert said.code == 5
    assert "somebody saved it while we pushed, and theirs is kept" in said.why("api")


def test_somebody_was_there_first_in_the_newest_words(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    refusal = {"message": "Dashboard already exists. Use overwrite flag to update."}
    grafana.faults.add("POST", SAVE, status=409, body=refusal)

    said = push()

    assert said.code == 5
    assert "theirs is kept" in said.why("api")
    assert "overwrite" not in said.out


@pytest.mark.parametrize(
    ("status", "refusal", "words"),
    [
        (412, {"message": "something new"}, "theirs is kept"),
        (412, {"status": "plugin-dashboard", "message": "The dashboard belongs to plugin x."}, "belongs to a plugin"),
        (400, {"message": "Cannot save provisioned dashboard"}, "from a file on its server"),
    ],
)
def test_what_is_in_the_way_is_a_conflict(
    build: Build, push: Push, grafana: StandIn, *, status: int, refusal: dict[str, str], words: str
) -> None:
    build.put(page("api"))
    grafana.faults.add("POST", SAVE, status=status, body=refusal)

    said = push()

    assert said.code == 5
    assert words in said.why("api")


def test_a_page_created_by_somebody_while_we_looked(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api", "Ours"))
    grafana.make(page("api", "Theirs"))
    grafana.faults.add("GET", "/api/dashboards/uid/api", status=404, body={"message": "Dashboard not found"})

    assert push().results == {"api": "conflict"}
    stored = grafana.page("api")
    assert stored
    assert (stored.title, stored.version) == ("Theirs", 1)


def test_a_save_that_slips_between_check_and_write_is_said_aloud(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", "Ours"))
    grafana.edit_during_save("api", lambda model: model.update(title="Alice's"))

    said = push()

    assert said.code == 5
    assert said.results == {"api": "conflict"}
    assert "ours was version 3, theirs, version 2, is put back and shows" in said.why("api")
    stored = grafana.page("api")
    assert stored
    assert [one.data["title"] for one in stored.history] == ["Api", "Alice's", "Ours", "Alice's"]
    assert push().results == {"api": "conflict"}
    assert push("--on-conflict", "overwrite").results == {"api": "updated"}


def test_what_slipped_in_is_merged_as_if_ours_had_never_been(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", description="Ours"))
    grafana.edit_during_save("api", lambda model: model.update(title="Alice's"))
    push()

    assert push("--on-conflict", "merge").results == {"api": "updated"}
    stored = grafana.page("api")
    assert stored
    assert (stored.title, stored.model["description"]) == ("Alice's", "Ours")


def test_a_slip_that_cannot_be_put_back_says_where_it_is(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", "Ours"))
    grafana.edit_during_save("api", lambda model: model.update(title="Alice's"))
    grafana.faults.add("POST", SAVE, nth=2, times=3, status=500, body={"message": "database is locked"})

    said = push()

    assert said.results == {"api": "conflict"}
    assert "ours is version 3, and theirs, version 2, is in its history and could not be put back" in said.why("api")


@pytest.mark.parametrize("there", [False, True], ids=["create", "update"])
@pytest.mark.parametrize(
    "fault",
    [
        {"drop": True},
        {"status": 502, "body": "<html>Bad Gateway</html>"},
        {"status": 504, "body": ""},
        {"status": 200, "body": "<html>login</html>"},
        {"status": 200, "body": "half an ans", "headers": {"Content-Type": "application/json"}},
        {"status": 200, "body": {"status": "success"}},
    ],
    ids=["dropped", "502", "504", "html", "half", "strange"],
)
@pytest.mark.parametrize("applied", [True, False], ids=["saved", "not saved"])
def test_a_lost_answer_is_looked_up_before_it_is_sent_again(
    build: Build, push: Push, grafana: StandIn, *, there: bool, fault: dict[str, object], applied: bool
) -> None:
    if there:
        build.put(page("api"))
        push()
    build.put(page("api", "Ours"))
    before = _saves(grafana)
    grafana.faults.add("POST", SAVE, applied=applied, **fault)  # type: ignore[arg-type] # a table of keywords

    said = push()

    assert not grafana.faults.waiting
    assert _saves(grafana) == before + (1 if applied else 2)
    stored = grafana.page("api")
    assert said.results == {"api": "updated" if there else "created"}
    assert said.code == 0
    assert stored
    assert (stored.title, stored.version) == ("Ours", 2 if there else 1)


def test_answers_that_are_lost_again_and_again_are_a_failure(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("POST", SAVE, times=9, drop=True)

    said = push()

    assert _saves(grafana) == 3
    assert said.results == {"api": "failed"}
    assert said.code == 4
    assert "not saved: " in said.why("api")


@pytest.mark.parametrize("there", [False, True], ids=["create", "update"])
def test_a_lost_answer_and_then_an_edit_by_hand_is_a_conflict(
    build: Build, push: Push, grafana: StandIn, *, there: bool
) -> None:
    if there:
        build.put(page("api"))
        push()
    build.put(page("api", "Ours"))

    grafana.faults.add("POST", SAVE, applied=True, drop=True)
    since = _live("Alice's", version=3 if there else 2)
    grafana.faults.add("GET", "/api/dashboards/uid/api$", nth=2, status=200, body=since)

    said = push()

    assert said.code == 5
    assert said.results == {"api": "conflict"}
    assert "our save lost its answer, and somebody saved it since (alice" in said.why("api")


@pytest.mark.parametrize(
    ("title", "message", "number"),
    [("Ours", "by hand", 1), ("Alice's", "{ours}", 1), ("Ours", "{ours}", 2)],
    ids=["their message", "their content", "their next version"],
)
def test_only_our_content_under_our_message_is_our_own_save(
    build: Build, push: Push, grafana: StandIn, *, title: str, message: str, number: int
) -> None:
    build.put(page("api", "Ours"))
    grafana.faults.add("POST", SAVE, drop=True)
    grafana.faults.add("GET", "/api/dashboards/uid/api$", nth=2, status=200, body=_live(title, 1))
    said_ours = f"dash {build.digest('api')}"
    entry = {"version": number, "parentVersion": 9, "message": message.format(ours=said_ours)}
    grafana.faults.add("GET", "/versions", status=200, body=[entry])

    said = push("--message", "")

    assert not grafana.faults.waiting
    assert said.results == {"api": "conflict"}


def _live(title: str, version: int) -> dict[str, object]:
    body = {**page("api", title), "id": 9, "version": version}
    return {"meta": {"folderUid": "", "updatedBy": "alice"}, "dashboard": body}


def test_a_slip_and_a_lost_answer_together(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", "Ours"))
    grafana.edit_during_save("api", lambda model: model.update(title="Alice's"))
    grafana.faults.add("POST", SAVE, applied=True, drop=True)

    said = push()

    assert said.code == 5
    assert "theirs, version 2, is put back and shows" in said.why("api")


def test_a_lost_answer_and_a_grafana_that_is_gone(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("POST", SAVE, drop=True, applied=True)
    grafana.faults.add("GET", "/api/dashboards/uid/api$", nth=2, times=4, drop=True)

    said = push()

    assert said.results == {"api": "failed"}
    assert said.code == 4
    assert "perhaps saved: " in said.why("api")
    assert push().total == "1 page: 1 unchanged"


def test_two_pushes_at_once_one_wins_and_the_other_says_so(build: Build, push: Push, grafana: StandIn) -> None:
    """The other push saves its build while ours waits between its look and its save."""
    build.put(page("api"))
    push()
    build.put(page("api", "Ours"))
    other = {"title": "The other's"}
    grafana.faults.add("POST", SAVE, delay=0.3)
    timer = Timer(0.1, lambda: grafana.edit("api", lambda model: model.update(other), message="dash 0"))
    timer.start()
    said = push()
    timer.join()

    assert said.results == {"api": "conflict"}
    stored = grafana.page("api")
    assert stored
    assert stored.title == "The other's"


def test_an_answer_that_does_not_count_up_is_no_slip(build: Build, push: Push, grafana: StandIn) -> None:
    """A Grafana on unified storage keeps the version of a page that it finds equal."""
    build.put(page("api"))
    push()
    build.put(page("api", "Ours"))
    answer = {"status": "success", "uid": "api", "version": 1, "id": 3, "slug": "ours", "url": "/d/api/ours"}
    grafana.faults.add("POST", SAVE, status=200, body=answer)

    assert push().results == {"api": "updated"}


def test_some_done_and_some_failed(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("bad"))
    build.put(page("good"))
    grafana.faults.add("GET", "/uid/bad", status=500, body={"message": "database is locked"})

    said = push()

    assert said.code == 6
    assert said.total == "2 pages: 1 created, 1 failed"
    assert "has trouble of its own (500: database is locked)" in said.why("bad")


def test_a_proxy_that_tells_us_to_wait_although_it_was_saved(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", "Ours"))
    slow = {"message": "too many requests"}
    grafana.faults.add("POST", SAVE, status=429, body=slow, applied=True)

    assert push().results == {"api": "updated"}
    stored = grafana.page("api")
    assert stored
    assert (stored.title, stored.version) == ("Ours", 2)
