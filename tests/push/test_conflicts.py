"""A page whose live state is not what we last pushed is left alone, and we say who, when and what to do."""

import pytest

from tests.push.building import Build, Push, page
from tests.stand_in import StandIn


def _untouched(grafana: StandIn, uid: str) -> tuple[object, ...]:
    stored = grafana.page(uid)
    assert stored
    return stored.data, stored.version, stored.folder_uid, stored.history


def test_an_edit_by_hand_is_kept(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(page("app"))
    push()
    grafana.edit("api", lambda model: model.update(title="Alice's"), by="alice", message="for the demo")
    before = _untouched(grafana, "api")
    build.put(page("api", "Ours"))
    build.put(page("app", "Ours too"))

    said = push()

    assert said.code == 5
    assert said.results == {"api": "conflict", "app": "updated"}
    assert _untouched(grafana, "api") == before
    why = said.why("api")
    assert "changed by hand (alice, 20" in why
    assert '"for the demo"' in why
    assert "take it into the source and push again, or say --on-conflict keep, merge or overwrite" in why
    assert 'page: title "Api" -> "Alice\'s"' in said.out


def test_an_edit_by_hand_is_kept_also_when_the_source_did_not_change(
    build: Build, push: Push, grafana: StandIn
) -> None:
    build.put(page("api"))
    push()
    grafana.edit("api", lambda model: model["panels"].append({"id": 7, "type": "stat"}))
    before = _untouched(grafana, "api")

    assert push().code == 5
    assert _untouched(grafana, "api") == before


def test_an_edit_by_hand_that_is_taken_into_the_source_is_no_conflict(
    build: Build, push: Push, grafana: StandIn
) -> None:
    build.put(page("api"))
    push()
    grafana.edit("api", lambda model: model.update(title="Alice's"))
    build.put(page("api", "Alice's"))

    assert push().total == "1 page: 1 unchanged"


def test_an_edit_by_hand_of_an_update_is_kept(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", "Second"))
    push()
    grafana.edit("api", lambda model: model.update(title="Alice's"))
    build.put(page("api", "Third"))

    assert push().results == {"api": "conflict"}


def test_a_page_of_somebody_else_with_our_uid_is_left_alone(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make({**page("api", "Theirs"), "version": 0}, by="bob", message="by hand")
    before = _untouched(grafana, "api")
    build.put(page("api"))

    said = push()

    assert said.code == 5
    assert _untouched(grafana, "api") == before
    assert "dash did not push this page (bob, 20" in said.why("api")
    assert "give our page another uid, or delete theirs" in said.why("api")


def test_a_page_of_another_project_is_left_alone(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.rename("market")
    build.put(page("api", "Market's"))
    before = _untouched(grafana, "api")

    said = push()

    assert said.results == {"api": "conflict"}
    assert "another project pushes this page (its tag is dash:shop)" in said.why("api")
    assert _untouched(grafana, "api") == before


def test_a_page_moved_by_hand_is_left_where_it_is(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")
    push()
    grafana.make_folder("elsewhere", "Else\x1b[2J where")
    grafana.move("api", "elsewhere")
    before = _untouched(grafana, "api")

    said = push()

    assert said.results == {"api": "conflict"}
    assert "moved by hand to Else [2J where (alice, 20" in said.why("api")
    assert _untouched(grafana, "api") == before


def test_a_page_in_a_folder_renamed_by_hand_is_left_where_it_is(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")
    push()
    stored = grafana.page("api")
    assert stored
    grafana.make_folder(stored.folder_uid, "Renamed")
    build.put(page("api", "Next"), "AI")
    before = _untouched(grafana, "api")

    assert push().results == {"api": "conflict"}
    assert _untouched(grafana, "api") == before


def test_a_page_restored_to_an_older_version_is_left_alone(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api", "First"))
    push()
    build.put(page("api", "Second"))
    push()
    old = grafana.page("api")
    assert old
    grafana.edit(
        "api",
        lambda model: model.update(title="First"),
        message="Restored from version 1",
    )
    build.put(page("api", "Third"))

    said = push()

    assert said.results == {"api": "conflict"}
    assert '"Restored from version 1"' in said.why("api")


def test_our_message_on_somebody_elses_content_is_not_believed(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    ours = grafana.page("api")
    assert ours
    message = ours.history[-1].message
    grafana.edit("api", lambda model: model.update(title="Not that"), message=message)
    build.put(page("api", "Next"))

    assert push().results == {"api": "conflict"}


def test_a_provisioned_page_is_left_alone(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("prov-locked", "Ours"))
    build.put(page("prov-open", "Ours too"))
    before = _untouched(grafana, "prov-locked"), _untouched(grafana, "prov-open")

    said = push()

    assert said.results == {"prov-locked": "conflict", "prov-open": "conflict"}
    assert "Grafana reads this page from a file on its server" in said.why("prov-locked")
    assert (_untouched(grafana, "prov-locked"), _untouched(grafana, "prov-open")) == before


def test_a_page_with_the_uid_of_a_folder(build: Build, push: Push, grafana: StandIn) -> None:
    """As 9.4 answers; newer ones say that there is no such page, and refuse the save."""
    grafana.make_folder("api", "A folder")
    body = {"meta": {"isFolder": True, "folderUid": ""}, "dashboard": {"uid": "api", "title": "A folder", "version": 1}}
    grafana.faults.add("GET", "/api/dashboards/uid/api$", status=200, body=body)
    build.put(page("api"))

    said = push()

    assert said.results == {"api": "conflict"}
    assert "this uid is a folder in Grafana" in said.why("api")
    assert push().code in {4, 5}
    stored = grafana.page("api")
    assert stored
    assert stored.is_folder


@pytest.mark.parametrize("profile", ["g9"])
def test_a_title_is_taken_where_titles_are_unique(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make(page("theirs", "AI: API"))
    grafana.make_folder("f", "Team")
    build.put(page("api", "ai api"))
    build.put(page("app", "team"))

    said = push()

    assert said.code == 5
    assert "another page in this folder has this title" in said.why("api")
    assert "another title for one of the two" in said.why("api")
    assert "a folder has this title" in said.why("app")
    assert grafana.page("api") is None
    theirs = grafana.page("theirs")
    assert theirs
    assert theirs.version == 1


@pytest.mark.parametrize("profile", ["g11"])
def test_a_title_is_free_where_titles_repeat(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make(page("theirs", "AI: API"))
    build.put(page("api", "AI: API"))

    assert push().results == {"api": "created"}


@pytest.mark.parametrize("hostile", ["\x1b]0;owned\x07", "\x9b31m", "a\r\nb: created", "\u202etxt", "\u2028"])
def test_no_control_characters_reach_the_screen(build: Build, push: Push, grafana: StandIn, hostile: str) -> None:
    grafana.make(page("api"), by=f"eve{hostile}", message=f"hi{hostile}there")
    build.put(page("api", f"Mine{hostile}"))
    build.put(page("app", f"New{hostile}"))

    for said in (push("--dry-run"), push(), push("--output", "json")):
        assert not set(hostile) & set("\x1b\x07\x9b\r\u202e\u2028") & set(said.out + said.err)
        assert said.results.keys() <= {"api", "app"}


def test_a_save_between_our_two_reads_is_not_overwritten(build: Build, push: Push, grafana: StandIn) -> None:
    """The page says one version, its history already the next."""
    build.put(page("api"))
    push()
    build.put(page("api", "Next"))
    stored = grafana.page("api")
    assert stored
    newer = {
        "version": 2,
        "message": f"dash {build.digest('api')}",
        "parentVersion": 1,
        "created": "",
        "createdBy": 1,
        "id": 9,
        "data": {},
    }
    grafana.faults.add("GET", "/api/dashboards/uid/api/versions", status=200, body=[newer])

    said = push()

    assert said.results == {"api": "conflict"}
    assert "somebody saves it right now" in said.why("api")
    assert grafana.page("api") == stored


def test_a_page_without_history_is_not_ours(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", "Next"))
    grafana.faults.add("GET", "/versions", status=404, body={"message": "No versions found for dashboardId 7"})

    assert push().results == {"api": "conflict"}
