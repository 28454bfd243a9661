"""A page that is about to be deleted gets another uid where it can: nobody's save of that moment meets the deletion."""

from functools import partial

import pytest

from tests.push.building import Build, Page, Push, page
from tests.push.prune.conftest import PAGE
from tests.stand_in import StandIn

SAVE, ASIDE = "/api/dashboards/db", "/api/dashboards/uid/del-old"
pytestmark = pytest.mark.usefixtures("old")


def _open(grafana: StandIn) -> tuple[Page, str]:
    """What somebody has before them who opened the page, and the uid of its folder."""
    stored = grafana.page("old")
    assert stored
    return stored.model, stored.folder_uid


def _is_theirs(grafana: StandIn) -> None:
    """Theirs is there, under its own uid, and nothing else."""
    stored = grafana.page("old")
    assert stored
    assert (stored.model["description"], stored.title, stored.tags) == ("Mine", "Old", ["ai", "dash:shop"])
    assert grafana.page("del-old") is None


def _edit(grafana: StandIn, uid: str = "old") -> None:
    grafana.edit(uid, lambda model: model.update(description="Mine"))


def test_an_edit_before_our_save_is_seen(push: Push, grafana: StandIn) -> None:
    grafana.faults.add("POST", SAVE, before=lambda: _edit(grafana))

    assert push("--prune").results == {"old": "conflict"}
    _is_theirs(grafana)


@pytest.mark.parametrize("known_by", [("uid",), ("id", "uid"), ("id", "uid", "version")], ids=" ".join)
@pytest.mark.parametrize("moment", [f"POST {SAVE}", f"GET {ASIDE}"])
def test_who_overwrites_it_while_it_is_set_aside_loses_nothing(
    push: Push, grafana: StandIn, known_by: tuple[str, ...], moment: str
) -> None:
    model, folder = _open(grafana)
    theirs = {key: value for key, value in model.items() if key in known_by or key not in ("id", "uid", "version")}
    grafana.faults.add(*moment.split(), after=lambda: grafana.make({**theirs, "description": "Mine"}, folder))

    assert push("--prune").results == {"old": "conflict"}
    _is_theirs(grafana)


def test_a_page_of_its_title_is_another_page(push: Push, grafana: StandIn) -> None:
    # a Grafana 9 writes over the page of that title in that folder, whatever uid it has
    model, folder = _open(grafana)
    theirs = {"title": model["title"], "panels": [], "uid": "theirs"}
    grafana.faults.add("GET", ASIDE, after=lambda: grafana.make(theirs, folder))

    assert push("--prune").results == {"old": "deleted"}
    assert grafana.page("theirs")
    assert (grafana.page("old"), grafana.page("del-old")) == (None, None)


@pytest.mark.parametrize("changed", [True, False], ids=["changed", "as it was"])
def test_who_finds_it_set_aside_and_saves_it_keeps_it_under_its_own_uid(
    push: Push, grafana: StandIn, *, changed: bool
) -> None:
    edit = {"description": "Mine"} if changed else {}
    grafana.faults.add("POST", SAVE, after=lambda: grafana.edit("del-old", lambda model: model.update(edit)))

    assert push("--prune").results == {"old": "conflict"}
    stored = grafana.page("old")
    assert stored
    assert (stored.title, stored.tags) == ("Old", ["ai", "dash:shop"])
    assert push("--prune").results == {"old": "skipped"}


def test_a_deletion_that_fails_leaves_the_page_as_it_was(push: Push, grafana: StandIn) -> None:
    before = _open(grafana)
    grafana.faults.add("DELETE", PAGE, status=500, body={"message": "database is locked"})

    assert push("--prune").results == {"old": "failed"}
    model, folder = _open(grafana)
    assert ({**model, "version": 1}, folder) == before
    assert push("--prune").results == {"old": "deleted"}


def test_a_last_look_that_fails_leaves_the_page_deleted(push: Push, grafana: StandIn) -> None:
    def trouble() -> None:
        grafana.faults.add("GET", "/api/dashboards/uid/old$", times=9, status=500, body={"message": "locked"})

    grafana.faults.add("DELETE", ASIDE, after=trouble)

    assert push("--prune").results == {"old": "deleted"}


def test_who_made_the_page_anew_meanwhile_keeps_it_whatever_its_version(push: Push, grafana: StandIn) -> None:
    model, folder = _open(grafana)

    def anew() -> None:
        grafana.delete("del-old")
        grafana.make({"title": "Old", "uid": "old", "tags": model["tags"]}, folder)
        _edit(grafana)  # its second version, as ours was

    grafana.faults.add("POST", SAVE, after=anew)

    assert push("--prune").results == {"old": "conflict"}
    _is_theirs(grafana)


# where it keeps its uid


@pytest.fixture
def deleted(grafana: StandIn) -> list[str]:
    """The uids under which pages are deleted."""
    uids: list[str] = []
    for uid in ("old", "del-old"):
        grafana.faults.add("DELETE", f"/api/dashboards/uid/{uid}$", after=partial(uids.append, uid))
    return uids


def test_a_deletion_that_fails_there_leaves_no_tag_behind(dash: Push, grafana: StandIn) -> None:
    grafana.faults.add("DELETE", PAGE, status=500, body={"message": "database is locked"})

    assert dash("--prune", url=grafana.url, token=grafana.token("Editor")).results == {"old": "failed"}
    stored = grafana.page("old")
    assert stored
    assert stored.tags == ["ai", "dash:shop"]


def test_most_are_deleted_under_another_uid(push: Push, deleted: list[str]) -> None:
    assert push("--prune").results == {"old": "deleted"}
    assert deleted == ["del-old"]


def test_who_has_no_right_to_every_page_deletes_it_as_it_is(dash: Push, grafana: StandIn, deleted: list[str]) -> None:
    # a grant goes by the uid, so that one to this page, or to its folder, may not be one to the other uid
    assert dash("--prune", url=grafana.url, token=grafana.token("Editor")).results == {"old": "deleted"}
    assert deleted == ["old"]


def test_a_page_with_grants_of_its_own_is_deleted_with_them(push: Push, grafana: StandIn, deleted: list[str]) -> None:
    grafana.grant("old")

    assert push("--prune").results == {"old": "deleted"}
    assert deleted == ["old"]


def test_where_nobody_says_what_we_may_do_it_is_deleted_as_it_is(
    push: Push, grafana: StandIn, deleted: list[str]
) -> None:
    grafana.faults.add("GET", "/user/permissions", status=403, body={"message": "Access denied"})

    assert push("--prune").results == {"old": "deleted"}
    assert deleted == ["old"]


@pytest.mark.parametrize(
    "answer",
    [
        (403, {"message": "Access denied to save dashboard"}),
        (404, {"message": "Dashboard not found", "status": "not-found"}),
        (412, {"message": "A dashboard with the same name in the folder already exists", "status": "name-exists"}),
    ],
)
def test_a_grafana_that_gives_it_no_other_uid_deletes_it_as_it_is(
    push: Push, grafana: StandIn, deleted: list[str], answer: tuple[int, object]
) -> None:
    grafana.faults.add("POST", SAVE, status=answer[0], body=answer[1])

    assert push("--prune").results == {"old": "deleted"}
    assert deleted == ["old"]


def test_a_grafana_that_keeps_its_uid_deletes_it_all_the_same(push: Push, grafana: StandIn) -> None:
    grafana.keep_uids()

    assert push("--prune").results == {"old": "deleted"}
    assert grafana.page("old") is None


def test_a_page_whose_uid_leaves_no_room_is_deleted_as_it_is(build: Build, push: Push, grafana: StandIn) -> None:
    long = "u" * 40
    build.put(page(long))
    push()
    build.drop(long)

    assert push("--prune").results == {"old": "deleted", long: "deleted"}
    assert grafana.page(long) is None
