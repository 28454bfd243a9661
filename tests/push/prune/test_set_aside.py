"""A page that is about to be deleted gets another uid where it can: nobody's save of that moment meets the deletion."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.push.building import Build, Page, Push, page, three
from tests.push.prune.conftest import PAGE
from tests.stand_in import StandIn

SAVE, ASIDE = "/api/dashboards/db", "/api/dashboards/uid/del-old"
pytestmark = pytest.mark.usefixtures("old")


def _open(grafana: StandIn) -> tuple[Page, str]:
    """What somebody has before them who opened the page, and the uid of its folder."""
    stored = grafana.page("old")
    assert stored
    return stored.model, stored.folder_uid


def _stays(push: Push, grafana: StandIn) -> None:
    """Theirs is there, and nothing else."""
    assert push("--prune").results == {"old": "conflict"}
    stored = grafana.page("old")
    assert stored
    assert (stored.uid, stored.title) == ("old", "Mine")
    assert grafana.page("del-old") is None


def test_an_edit_before_our_save_is_seen(push: Push, grafana: StandIn) -> None:
    grafana.faults.add("POST", SAVE, before=lambda: grafana.edit("old", lambda model: model.update(title="Mine")))

    _stays(push, grafana)


@pytest.mark.parametrize("known_by", [("uid",), ("id", "uid"), ("id", "uid", "version")], ids=" ".join)
@pytest.mark.parametrize("moment", [f"POST {SAVE}", f"GET {ASIDE}"])
def test_who_overwrites_it_while_it_is_set_aside_loses_nothing(
    push: Push, grafana: StandIn, known_by: tuple[str, ...], moment: str
) -> None:
    model, folder = _open(grafana)
    theirs = {key: value for key, value in model.items() if key in known_by or key not in ("id", "uid", "version")}
    grafana.faults.add(*moment.split(), after=lambda: grafana.make({**theirs, "title": "Mine"}, folder))

    _stays(push, grafana)


def test_a_page_of_its_title_is_another_page(push: Push, grafana: StandIn) -> None:
    # a Grafana 9 writes over the page of that title in that folder, whatever uid it has
    model, folder = _open(grafana)
    theirs = {"title": model["title"], "panels": [], "uid": "theirs"}
    grafana.faults.add("GET", ASIDE, after=lambda: grafana.make(theirs, folder))

    assert push("--prune").results == {"old": "deleted"}
    assert grafana.page("theirs")
    assert (grafana.page("old"), grafana.page("del-old")) == (None, None)


def _saved_aside(grafana: StandIn, uid: str = "del-old") -> Callable[[], object]:
    return lambda: grafana.edit(uid, lambda model: model.update(description="Mine"))


def test_who_finds_it_set_aside_and_saves_it_keeps_it_under_its_own_uid(push: Push, grafana: StandIn) -> None:
    grafana.faults.add("POST", SAVE, after=_saved_aside(grafana))

    assert push("--prune").results == {"old": "conflict"}
    _is_theirs(grafana)
    assert push("--prune").results == {"old": "skipped"}


def _is_theirs(grafana: StandIn) -> None:
    stored = grafana.page("old")
    assert stored
    assert (stored.model["description"], stored.title, stored.tags) == ("Mine", "Old", ["ai", "dash:shop"])
    assert grafana.page("del-old") is None


def test_a_deletion_that_fails_leaves_the_page_as_it_was(push: Push, grafana: StandIn) -> None:
    before = _open(grafana)
    grafana.faults.add("DELETE", PAGE, status=500, body={"message": "database is locked"})

    assert push("--prune").results == {"old": "failed"}
    model, folder = _open(grafana)
    assert ({**model, "version": 1}, folder) == before
    assert push("--prune").results == {"old": "deleted"}


@pytest.mark.parametrize("answer", [(403, "Access denied"), (404, "Dashboard not found"), (500, "Failed to save")])
def test_a_grafana_that_gives_it_no_other_uid_deletes_it_as_it_is(
    push: Push, grafana: StandIn, answer: tuple[int, str]
) -> None:
    grafana.faults.add("POST", SAVE, times=3 if answer[0] == 500 else 1, status=answer[0], body={"message": answer[1]})
    deleted: list[str] = []
    grafana.faults.add("DELETE", "/api/dashboards/uid/old$", after=lambda: deleted.append("old"))

    assert push("--prune").results == {"old": "deleted"}
    assert deleted == ["old"]


def test_a_page_whose_uid_leaves_no_room_is_deleted_as_it_is(build: Build, push: Push, grafana: StandIn) -> None:
    long = "u" * 40
    build.put(page(long))
    push()
    build.drop(long)

    assert push("--prune").results == {"old": "deleted", long: "deleted"}
    assert grafana.page(long) is None


def test_a_grafana_that_keeps_its_uid_deletes_it_all_the_same(push: Push, grafana: StandIn) -> None:
    grafana.keep_uids()

    assert push("--prune").results == {"old": "deleted"}
    assert grafana.page("old") is None


# a push that died in between


@pytest.fixture(params=["del-old", "old"])
def half(old: None, push: Push, grafana: StandIn, request: pytest.FixtureRequest) -> str:  # noqa: ARG001 - it comes first
    """The page is set aside, and neither deleted nor taken back; its uid, which some Grafana may not let us change."""
    uid: str = request.param
    if uid == "old":
        grafana.keep_uids()
    grafana.faults.add("DELETE", PAGE, times=9, status=500, body={"message": "database is locked"})
    grafana.faults.add("POST", SAVE, nth=2, times=9, status=500, body={"message": "database is locked"})
    assert push("--prune").results == {"old": "failed"}
    grafana.faults.clear()
    stored = grafana.page(uid)
    assert stored
    assert (stored.title, stored.tags) == ("Old (being deleted)", ["ai", "dash:deleting", "dash:shop"])
    return uid


def test_the_next_push_goes_on(push: Push, grafana: StandIn, half: str) -> None:
    assert f"{half} is there with our tag, and no longer in the build" in push().err

    said = push("--prune")

    assert said.results == {"old": "deleted"}
    assert (grafana.page("old"), grafana.page("del-old")) == (None, None)


def test_a_plan_goes_on(told: Push, build: Build, grafana: StandIn, half: str, tmp_path: Path) -> None:
    plan = str(tmp_path / "plan.json")
    assert told("plan", "--build", str(build.path), "--prune", "--out", plan).code == 1

    assert told("push", plan, "--yes").results == {"old": "deleted"}
    assert grafana.page(half) is None


def test_what_somebody_saved_since_comes_back_under_its_own_uid(push: Push, grafana: StandIn, half: str) -> None:
    _saved_aside(grafana, half)()

    said = push("--prune")

    assert said.results == {"old": "updated"}
    assert "somebody saved it since: it stays" in said.why("old")
    _is_theirs(grafana)
    assert push("--prune").results == {"old": "skipped"}


@pytest.mark.parametrize("saved", [False, True], ids=["as it was", "saved by hand"])
def test_a_page_that_comes_back_into_the_build_is_taken_back(
    build: Build, push: Push, grafana: StandIn, half: str, *, saved: bool
) -> None:
    if saved:
        grafana.edit(half, lambda model: model.update(iteration=1))
    before = grafana.page(half)
    build.put(three("old"), "AI/Old")

    said = push()

    assert said.results == {"old": "updated"}
    assert "del-old" not in said.err
    stored = grafana.page("old")
    assert stored and before  # noqa: PT018 - both are there
    assert (stored.id, stored.title, stored.tags) == (before.id, "Old", ["ai", "dash:shop"])
    assert push("--prune").total == "2 pages: 2 unchanged"


def test_a_rollback_takes_it_back(push: Push, told: Push, grafana: StandIn, half: str) -> None:
    before = grafana.page(half)

    assert told("rollback").results == {"old": "updated"}

    stored = grafana.page("old")
    assert stored and before  # noqa: PT018 - both are there
    assert (stored.id, stored.title, stored.tags) == (before.id, "Old", ["ai", "dash:shop"])
    assert push().total == "1 page: 1 unchanged"
