"""A push that died when a page was set aside, or had just overwritten what slipped in: the next one goes on."""

from pathlib import Path

import pytest

from tests.push.building import Build, Push, three
from tests.push.prune.conftest import PAGE
from tests.stand_in import StandIn

SAVE = "/api/dashboards/db"
LOCKED = {"message": "database is locked"}


@pytest.fixture(params=["del-old", "old"])
def half(old: None, push: Push, grafana: StandIn, request: pytest.FixtureRequest) -> str:  # noqa: ARG001 - it comes first
    """The page is set aside, and neither deleted nor taken back; its uid, which some Grafana may not let us change."""
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
    assert stored and before  # noqa: PT018 - both are there
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


def test_a_rollback_of_the_push_that_went_on_and_of_the_one_before_takes_it_back(
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


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("trouble", [_dies, _no_history])
@pytest.mark.parametrize("profile", ["g9", "g11", "g12"])
def test_what_slipped_in_just_before_is_put_back(push: Push, grafana: StandIn, trouble: object) -> None:
    assert callable(trouble)
    grafana.edit_during_save("old", lambda model: model.update(title="Mine"))
    grafana.faults.add("POST", f"{SAVE}$", after=lambda: trouble(grafana))
    said = push("--prune", "--api", "legacy")
    assert said.results["old"] in {"failed", "conflict"}
    grafana.faults.clear()

    assert push("--prune", "--api", "legacy").results == {"old": "updated"}

    stored = grafana.page("old")
    assert stored
    assert (stored.title, stored.tags) == ("Mine", ["ai", "dash:shop"])
    assert grafana.page("del-old") is None
    assert push("--prune", "--api", "legacy").results == {"old": "skipped"}


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
