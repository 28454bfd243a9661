"""Folders by the titles that people see: found before they are made, and made once."""

import pytest

from cli.grafana import legacy_folders
from tests.push.building import Build, Push, page
from tests.stand_in import Page, StandIn


def _path(grafana: StandIn, uid: str) -> list[str]:
    titles: list[str] = []
    stored = grafana.page(uid)
    while stored and stored.folder_uid:
        stored = grafana.page(stored.folder_uid)
        assert stored
        titles.insert(0, stored.title)
    return titles


def _folders(grafana: StandIn) -> list[Page]:
    return [one for one in grafana.pages if one.is_folder]


@pytest.mark.parametrize("profile", ["g11"])
def test_a_path_of_titles_is_folders_in_folders(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI/Serving")
    build.put(page("app"), "AI")
    build.put(page("gpu"), "AI/Serving/GPU")

    said = push()

    assert said.code == 0
    assert not said.err
    assert _path(grafana, "api") == ["AI", "Serving"]
    assert _path(grafana, "app") == ["AI"]
    assert _path(grafana, "gpu") == ["AI", "Serving", "GPU"]
    assert len(_folders(grafana)) == 3
    assert push().total == "3 pages: 3 unchanged"


@pytest.mark.parametrize("profile", ["g9"])
@pytest.mark.parametrize("there", [False, True], ids=["an empty Grafana", "one with folders"])
def test_where_folders_cannot_nest_one_folder_has_the_path_as_its_title(
    build: Build, push: Push, grafana: StandIn, *, there: bool
) -> None:
    if there:
        grafana.make_folder("theirs", "AI")
    build.put(page("api"), "AI/Serving")
    build.put(page("app"), "AI/Serving")

    said = push()

    assert said.code == 0
    note = "this Grafana has no folders in folders: AI/Serving is one folder there, called AI / Serving"
    assert said.err == f"note: {note}\n"
    assert _path(grafana, "api") == ["AI / Serving"]
    assert {one.title for one in _folders(grafana)} == ({"AI", "AI / Serving"} if there else {"AI / Serving"})
    assert push().total == "2 pages: 2 unchanged"
    build.put(page("api", "Next"), "AI/Serving")
    assert push().results == {"api": "updated"}
    build.put(page("api", "Next"), "AI/Other")
    assert push().results == {"api": "moved"}
    assert _path(grafana, "api") == ["AI / Other"]


@pytest.mark.parametrize("profile", ["g9"])
@pytest.mark.parametrize("others", [(), ("B", "C")], ids=["the only one", "one of some"])
def test_a_folder_that_is_deleted_while_we_ask_whether_folders_nest_tells_nothing(
    build: Build, push: Push, grafana: StandIn, others: tuple[str, ...]
) -> None:
    grafana.make_folder("theirs", "A")
    for title in others:
        grafana.make_folder(f"theirs-{title}", title)
    build.put(page("api"), "AI/Serving")
    grafana.faults.add("GET", "parentUid=theirs", before=lambda: grafana.delete("theirs"))

    assert push().results == {"api": "created"}
    assert not grafana.faults.waiting
    assert _path(grafana, "api") == ["AI / Serving"]
    assert {one.title for one in _folders(grafana)} == {"AI / Serving", *others}


def test_the_digest_on_the_wire_is_the_manifests(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI/Serving")
    push()
    stored = grafana.page("api")

    assert stored
    assert stored.history[-1].message.startswith(f"dash {build.digest('api')}")


@pytest.mark.parametrize("profile", ["g11"])
def test_pages_follow_when_a_grafana_learns_to_nest(build: Build, push: Push, grafana: StandIn) -> None:
    """9.4 kept them in `AI / Serving`; after the upgrade they are still ours, and move into AI, Serving."""
    build.put(page("api"), "AI/Serving")
    push()
    (uid,) = [one.uid for one in _folders(grafana) if one.title == "Serving"]
    grafana.delete(uid)
    grafana.make_folder(uid, "AI / Serving")
    nine_four = {**page("api", tags=["ai", "dash:shop"]), "version": 5}
    grafana.make(nine_four, uid, message=f"dash {build.digest('api')}: pushed to 9.4")

    assert push().results == {"api": "moved"}
    assert _path(grafana, "api") == ["AI", "Serving"]
    assert push().total == "1 page: 1 unchanged"


def test_a_folder_is_made_once_however_many_pages_want_it(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.latency = 0.01
    for number in range(16):
        build.put(page(f"page-{number}"), "AI")

    assert push("--jobs", "16").total == "16 pages: 16 created"
    assert [one.method for one in grafana.requests if one.path == "/api/folders"] == ["POST"]


def test_a_folder_that_is_there_is_used_whoever_made_it(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make_folder("theirs", "AI")
    build.put(page("api"), "AI")

    push()

    stored = grafana.page("api")
    assert stored
    assert stored.folder_uid == "theirs"


@pytest.mark.parametrize("profile", ["g9"])
def test_titles_differ_in_more_than_capitals_where_the_server_says_so(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.make_folder("theirs", "Team AI")
    build.put(page("api"), "team ai")

    assert push().code == 0
    stored = grafana.page("api")
    assert stored
    assert stored.folder_uid == "theirs"
    assert push().total == "1 page: 1 unchanged"
    build.put(page("api", "Next"), "team ai")
    assert push().results == {"api": "updated"}


@pytest.mark.parametrize("profile", ["g11"])
def test_titles_differ_in_capitals_where_they_may(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make_folder("theirs", "Team AI")
    build.put(page("api"), "team ai")

    assert push().code == 0
    assert _path(grafana, "api") == ["team ai"]


@pytest.mark.parametrize("profile", ["g11"])
def test_two_folders_of_one_title_are_not_guessed_between(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make_folder("one", "AI")
    grafana.make_folder("two", "AI")
    build.put(page("api"), "AI")

    said = push()

    assert said.code == 5
    assert "2 folders 'AI'" in said.why("api")
    assert grafana.page("api") is None


def test_a_folder_of_ours_that_somebody_renamed_is_theirs(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")
    push()
    (ours,) = _folders(grafana)
    grafana.make_folder(ours.uid, "Renamed")
    build.put(page("new"), "AI")

    assert push("--only", "new").results == {"new": "created"}
    assert _path(grafana, "new") == ["AI"]
    assert {one.title for one in _folders(grafana)} == {"AI", "Renamed"}


def test_everything_below_another_folder(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")
    build.put(page("app"))

    said = push("--folder", "/Team/")

    assert said.code == 0
    assert _path(grafana, "api") in (["Team", "AI"], ["Team / AI"])
    assert _path(grafana, "app") == ["Team"]
    assert push("--folder", "Team").total == "2 pages: 2 unchanged"
    build.put(page("app", "Next"))
    assert push("--folder", "Team").results == {"app": "updated"}


def test_a_folder_made_by_somebody_else_in_that_moment(build: Build, push: Push, grafana: StandIn) -> None:
    """We looked, another push makes it, our POST is refused: then theirs is used."""
    build.put(page("first"), "AI")
    push()
    build.put(page("second"), "AI")
    grafana.faults.add("GET", "/api/folders", status=200, body=[])

    assert push("--only", "second").results == {"second": "created"}
    assert len(_folders(grafana)) == 1


def test_a_folder_whose_answer_was_lost_is_found_again(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")
    grafana.faults.add("POST", "/api/folders$", drop=True, applied=True)

    assert push().results == {"api": "created"}
    assert len(_folders(grafana)) == 1


def test_a_folder_that_cannot_be_made_is_asked_for_once(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("a", "b", "c"):
        build.put(page(uid), "AI")
    grafana.faults.add("POST", "/api/folders$", status=500, body={"message": "Folder API error"}, times=9)

    said = push("--jobs", "1")

    assert said.code == 4
    assert said.results == dict.fromkeys("abc", "failed")
    assert "500: Folder API error" in said.why("b")
    assert len([one for one in grafana.requests if (one.method, one.path) == ("POST", "/api/folders")]) == 1


@pytest.mark.parametrize("profile", ["g9"])
def test_a_folder_named_like_a_page(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make(page("theirs", "AI"))
    build.put(page("api"), "AI")

    said = push()

    assert said.code == 5
    assert "the folder 'AI' cannot be made (Folder name cannot be the same as one of its dashboards)" in said.why("api")


@pytest.mark.parametrize("profile", ["g11"])
def test_a_path_too_deep_for_the_server(build: Build, push: Push) -> None:
    build.put(page("api"), "a/b/c/d/e")

    said = push()

    assert said.code == 4
    assert "Maximum nested folder depth reached" in said.why("api")


def test_more_folders_than_one_answer_holds(
    build: Build, push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy_folders, "AT_ONCE", 2)
    for name in ("a", "b", "c", "d", "e"):
        grafana.make_folder(f"theirs-{name}", f"Team {name}")
    build.put(page("api"), "Team e")

    assert push().results == {"api": "created"}
    stored = grafana.page("api")
    assert stored
    assert stored.folder_uid == "theirs-e"
