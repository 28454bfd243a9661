"""A push that died when a page was set aside, or had just overwritten what slipped in: the next one goes on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.push.building import Build, Push, three
from tests.push.prune.conftest import PAGE
from tests.stand_in import StandIn

SAVE = "/api/dashboards/db"
LOCKED = {"message": "database is locked"}


@pytest.fixture(params=["del-old", "old"])
def half(push: Push, grafana: StandIn, request: pytest.FixtureRequest) -> str:
    """The page is set aside, and neither deleted nor taken back; its uid, which some Grafana may not let us change."""
    request.getfixturevalue("old")
    uid: str = request.param
    if uid == "old":
        grafana.keep_uids()
    grafana.faults.add("DELETE", PAGE, times=9, status=500, body=LOCKED)
    grafana.faults.add("POST", SAVE, nth=2, times=9, status=500, body=LOCKED)
    assert push("--prune").results == {"old": "failed"}
    grafana.faults.clear()
    stored = grafana.page(uid)
    assert stored
    assert (stored.title, stored.tags) == ("Old (being deleted)", ["ai", "dash:deleting", "dash:shop"])
    return uid


def test_the_next_push_goes_on(push: Push, grafana: StandIn, half: str) -> None:
    assert f"{half} is there with our tag, and no longer in the build" in push().err

    deleted: list[str] = []
    grafana.faults.add("DELETE", f"/api/dashboards/uid/{half}$", after=lambda: deleted.append(half))

    assert push("--prune").results == {half: "deleted"}
    assert deleted == [half]  # it is set aside already
    assert (grafana.page("old"), grafana.page("del-old")) == (None, None)
    assert push("--prune").total == "1 page: 1 unchanged"


def test_a_plan_goes_on(told: Push, build: Build, grafana: StandIn, half: str, tmp_path: Path) -> None:
    plan = str(tmp_path / "plan.json")
    assert told("plan", "--build", str(build.path), "--prune", "--out", plan).code == 1

    assert told("push", plan, "--yes").results == {half: "deleted"}
    assert grafana.page(half) is None


def test_what_somebody_saved_since_stays_where_they_found_it(push: Push, grafana: StandIn, half: str) -> None:
    grafana.edit(half, lambda model: model.update(description="Mine"))

    said = push("--prune")

    assert said.results == {half: "skipped"}
    assert "not deleted: changed by hand (alice" in said.why(half)
    stored = grafana.page(half)
    assert stored
    assert stored.model["description"] == "Mine"


def test_a_page_that_comes_back_into_the_build_is_there_again(
    build: Build, push: Push, grafana: StandIn, half: str
) -> None:
    build.put(three("old"), "AI/Old")

    said = push("--prune")

    assert said.results == ({"old": "updated"} if half == "old" else {"old": "created", half: "deleted"})
    stored = grafana.page("old")
    assert stored
    assert (stored.title, stored.tags) == ("Old", ["ai", "dash:shop"])
    assert grafana.page("del-old") is None


def test_a_rollback_takes_it_back(push: Push, told: Push, grafana: StandIn, half: str) -> None:
    before = grafana.page(half)

    assert told("rollback").results == {"old": "updated"}

    stored = grafana.page("old")
    assert stored
    assert before
    assert (stored.id, stored.title, stored.tags) == (before.id, "Old", ["ai", "dash:shop"])
    assert push().total == "1 page: 1 unchanged"


@pytest.mark.usefixtures("old")
def test_a_rollback_takes_back_what_was_refused_too(push: Push, told: Push, grafana: StandIn) -> None:
    grafana.faults.add("DELETE", PAGE, status=403, body={"message": "Access denied"})
    grafana.faults.add("POST", SAVE, nth=2, times=9, status=500, body=LOCKED)
    assert push("--prune").results == {"old": "failed"}
    grafana.faults.clear()

    assert told("rollback").results == {"old": "updated"}
    assert grafana.page("old")


def test_a_rollback_of_the_push_that_went_on_brings_back_what_that_found(
    push: Push, told: Push, grafana: StandIn, half: str
) -> None:
    push("--prune")

    assert told("rollback").results == {half: "created"}
    assert told("rollback", "--list").out.count("\n") >= 2
    assert grafana.page(half)


def _dies(grafana: StandIn) -> None:
    grafana.faults.add(".*", "/api/", times=999, drop=True)


def _no_history(grafana: StandIn) -> None:
    grafana.faults.add("GET", "/versions", times=9, status=500, body=LOCKED)


KINDS = pytest.mark.parametrize("profile", ["g9", "g11", "g12"])
LEGACY = ("--prune", "--api", "legacy")


def _slipped(push: Push, grafana: StandIn, happens: Callable[[StandIn], None]) -> str:
    """A save slips in just before ours, and then something happens to the push; the uid that the page has then."""
    grafana.edit_during_save("old", lambda model: model.update(title="Mine"))
    grafana.faults.add("POST", f"{SAVE}$", after=lambda: happens(grafana))
    assert push(*LEGACY).results["old"] in {"failed", "conflict"}
    grafana.faults.clear()
    return "old" if grafana.page("old") else "del-old"


def _is_mine(grafana: StandIn, uid: str) -> None:
    stored = grafana.page(uid)
    assert stored
    assert (stored.title, stored.tags) == ("Mine", ["ai", "dash:shop"])


@KINDS
@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("happens", [_dies, _no_history])
def test_what_slipped_in_just_before_is_put_back(
    push: Push, grafana: StandIn, happens: Callable[[StandIn], None]
) -> None:
    uid = _slipped(push, grafana, happens)

    said = push(*LEGACY)

    assert said.results == {uid: "updated"}
    assert "somebody saved version 2 of this page in the moment when a push was about to delete it" in said.why(uid)
    _is_mine(grafana, uid)
    assert push(*LEGACY).results == {uid: "skipped"}


@KINDS
@pytest.mark.usefixtures("old")
def test_a_plan_puts_it_back_too(push: Push, told: Push, build: Build, grafana: StandIn, tmp_path: Path) -> None:
    uid = _slipped(push, grafana, _dies)
    plan = str(tmp_path / "plan.json")
    assert told("plan", "--build", str(build.path), *LEGACY, "--out", plan).code == 1

    assert told("push", plan, "--yes", "--api", "legacy").results == {uid: "updated"}
    _is_mine(grafana, uid)


@KINDS
@pytest.mark.usefixtures("old")
def test_what_slipped_in_and_is_no_longer_shown_is_not_deleted(push: Push, grafana: StandIn) -> None:
    uid = _slipped(push, grafana, _dies)
    grafana.faults.add("GET", "/versions/2$", status=404, body={"message": "not found"})

    said = push(*LEGACY)

    assert said.results == {uid: "skipped"}
    assert "its history no longer shows it" in said.why(uid)
    assert grafana.page(uid)


@KINDS
@pytest.mark.usefixtures("old")
def test_a_rollback_does_not_write_over_what_slipped_in(push: Push, told: Push, grafana: StandIn) -> None:
    uid = _slipped(push, grafana, _dies)

    said = told("rollback", "--api", "legacy")

    assert said.results == {"old": "conflict"}
    assert "somebody saved version 2 of this page" in said.why("old")
    assert push(*LEGACY).results == {uid: "updated"}
    _is_mine(grafana, uid)


@pytest.mark.parametrize("profile", ["g12"])
@pytest.mark.usefixtures("old")
def test_a_push_that_wants_the_page_again_does_not_write_over_what_slipped_in(
    build: Build, push: Push, grafana: StandIn
) -> None:
    _slipped(push, grafana, _dies)
    build.put(three("old", description="Ours"), "AI/Old")

    said = push("--api", "legacy", "--on-conflict", "overwrite")

    assert said.results == {"old": "conflict"}
    assert "restore it in its history in Grafana" in said.why("old")
    stored = grafana.page("old")
    assert stored
    assert stored.version == 3


def test_the_newest_of_several_saves_since_stays(push: Push, grafana: StandIn, half: str) -> None:
    for text in ("First", "Second"):
        grafana.edit(half, partial(dict.update, description=text))

    assert push("--prune").results == {half: "skipped"}
    stored = grafana.page(half)
    assert stored
    assert stored.model["description"] == "Second"


@pytest.mark.usefixtures("old")
def test_what_slips_in_while_that_is_put_back_is_put_back_too(push: Push, grafana: StandIn) -> None:
    def again() -> None:
        grafana.edit_during_save("del-old", lambda model: model.update(description="Yet another"))

    grafana.edit_during_save("old", lambda model: model.update(description="Mine"))
    grafana.faults.add("POST", SAVE, after=again)

    assert push("--prune").results == {"old": "conflict"}
    (stored,) = filter(None, (grafana.page("old"), grafana.page("del-old")))
    assert stored.model["description"] == "Yet another"


@pytest.mark.usefixtures("old")
def test_a_lost_answer_is_no_conflict_and_a_rollback_finds_the_push(push: Push, told: Push, grafana: StandIn) -> None:
    def silent() -> None:
        grafana.faults.add("GET", PAGE, times=12, status=503, body=LOCKED)

    grafana.faults.add("POST", SAVE, drop=True, applied=True, after=silent)

    said = push("--prune")

    assert said.results == {"old": "failed"}
    assert "perhaps saved" in said.why("old")
    grafana.faults.clear()
    assert told("rollback").results == {"old": "updated"}
    stored = grafana.page("old")
    assert stored
    assert (stored.title, stored.tags) == ("Old", ["ai", "dash:shop"])
