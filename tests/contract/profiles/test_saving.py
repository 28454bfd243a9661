"""Saves, titles and folders."""

from typing import Any

import pytest

from tests.contract.profiles.lines import LEGACY, NESTED, NEWER, OLD, UNIFIED, of
from tests.stand_in import PROFILES, ProfileName, StandIn, ask
from tests.stand_in import post_page as save
from tests.stand_in import read_page as get


@pytest.mark.parametrize(
    ("profile", "refusal"),
    [(name, (412, "version-mismatch")) for name in PROFILES if name != "g13"] + [("g13", (409, None))],
)
def test_a_conflict_is_412_and_of_late_409(profile: ProfileName, refusal: tuple[int, str | None]) -> None:
    with StandIn(profile) as grafana:
        save(grafana, "page")
        status, body = save(grafana, "page", 7, model={"n": 1})
        assert (status, body.get("status")) == refusal


@of(*LEGACY)
def test_the_same_content_makes_a_version(grafana: StandIn) -> None:
    save(grafana, "page")
    assert save(grafana, "page", 1, message="again")[1]["version"] == 2
    stored = grafana.page("page")
    assert stored
    assert [entry.message for entry in stored.history] == ["", "again"]


@of(*UNIFIED)
def test_the_same_content_makes_no_version_but_another_folder_does(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    save(grafana, "page")
    before = grafana.page("page")
    assert save(grafana, "page", 1, message="again")[1]["version"] == 1
    assert save(grafana, "page", overwrite=True)[1]["version"] == 1
    assert grafana.page("page") == before
    assert save(grafana, "page", 1, folderUid="team")[1]["version"] == 2


@of(*LEGACY)
def test_a_save_that_slips_in_is_overwritten_and_the_version_tells(grafana: StandIn) -> None:
    save(grafana, "page")
    grafana.edit_during_save("page", lambda model: model.update(by="hand"))
    assert save(grafana, "page", 1, model={"by": "push"})[1]["version"] == 3
    stored = grafana.page("page")
    assert stored
    assert [entry.data.get("by") for entry in stored.history] == [None, "hand", "push"]


@of(*UNIFIED)
def test_no_save_slips_into_the_unified_storage(grafana: StandIn) -> None:
    save(grafana, "page")
    grafana.edit_during_save("page", lambda model: model.update(by="hand"))
    assert save(grafana, "page", 1, model={"by": "push"})[0] in (409, 412)
    assert get(grafana, "page")["dashboard"]["by"] == "hand"


@of(*OLD)
def test_a_title_is_unique_in_its_folder(grafana: StandIn) -> None:
    save(grafana, "one", model={"title": "Same"})
    status, body = save(grafana, "two", model={"title": "same"})
    assert (status, body["status"]) == (412, "name-exists")
    assert save(grafana, "two", model={"title": "Same"}, overwrite=True)[1]["uid"] == "one"


@of(*NEWER)
def test_equal_titles_are_allowed(grafana: StandIn) -> None:
    for uid in ("one", "two"):
        status, body = save(grafana, uid, model={"title": "Same"})
        assert (status, body["folderUid"]) == (200, "")


@of("g11_2")
def test_a_folders_title_is_unique_only_at_its_level(grafana: StandIn) -> None:
    assert make_folder(grafana, "a", "")[0] == 200
    assert make_folder(grafana, "b", "a")[0] == 200
    assert make_folder(grafana, "c", "a")[0] == 409


@of(*NESTED)
def test_folders_nest(grafana: StandIn) -> None:
    for uid, parent in (("a", ""), ("b", "a"), ("c", "b"), ("d", "c")):
        assert make_folder(grafana, uid, parent)[0] == 200
    status, body = make_folder(grafana, "e", "d")
    assert (status, body["messageId"]) == (400, "folder.maximum-depth-reached")
    assert make_folder(grafana, "e", "nowhere")[0] == 404
    shown = ask(grafana, "GET", "/api/folders/c")[1]
    assert (shown["parentUid"], [one["uid"] for one in shown["parents"]]) == ("b", ["a", "b"])
    assert [one["uid"] for one in ask(grafana, "GET", "/api/folders")[1]] == ["a"]
    assert [one["uid"] for one in ask(grafana, "GET", "/api/folders?parentUid=b")[1]] == ["c"]
    status, body = ask(grafana, "POST", "/api/folders/a/move", {"parentUid": "c"})
    assert (status, body["messageId"]) == (400, "folder.circular-reference")
    make_folder(grafana, "tall", "", "Tall")
    make_folder(grafana, "high", "tall")
    status, body = ask(grafana, "POST", "/api/folders/tall/move", {"parentUid": "c"})
    assert (status, body["messageId"]) == (400, "folder.maximum-depth-reached")
    assert ask(grafana, "POST", "/api/folders/tall/move", {"parentUid": "b"})[0] == 200
    assert ask(grafana, "DELETE", "/api/folders/tall")[0] == 200
    save(grafana, "page", folderUid="d")
    assert ask(grafana, "GET", "/api/folders/c/counts")[1] == {
        "folder": 1,
        "dashboard": 1,
        "library_elements": 0,
        "alertrule": 0,
    }
    assert ask(grafana, "POST", "/api/folders/b/move", {"parentUid": ""})[1].get("parentUid") is None
    assert ask(grafana, "DELETE", "/api/folders/b")[1] == {"message": "Folder deleted"}
    assert [page.uid for page in grafana.pages if not page.provisioned] == ["a"]


def make_folder(grafana: StandIn, uid: str, parent: str, title: str = "Folder") -> tuple[int, Any]:
    return ask(grafana, "POST", "/api/folders", {"uid": uid, "title": title, "parentUid": parent})


@of(*PROFILES)
def test_a_folder_that_exists_is_a_conflict_of_versions(grafana: StandIn) -> None:
    ask(grafana, "POST", "/api/folders", {"uid": "a", "title": "A"})
    status, body = ask(grafana, "POST", "/api/folders", {"uid": "a", "title": "B"})
    assert (status, body["status"]) == (412, "version-mismatch")
