"""A plan: exactly that is carried out, or nothing at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.push.building import Build, Push, page, three
from tests.push.plan.conftest import Plan
from tests.stand_in import StandIn


def _titled(grafana: StandIn, uid: str, title: str) -> None:
    grafana.edit(uid, lambda model: model.update(title=title), by="alice")


def test_a_plan_says_what_would_happen_and_writes_nothing(
    build: Build, plan: Plan, push: Push, grafana: StandIn
) -> None:
    build.put(page("api"))
    push()
    build.put(page("api", "Next"))
    build.put(page("new"), "Made")
    before = grafana.state

    said = plan()

    assert said.code == 1
    assert said.results == {"api": "updated", "new": "created"}
    assert "dry run, nothing is written" in said.total
    assert grafana.state == before


def test_a_plan_of_nothing_is_0_and_with_conflicts_5(build: Build, plan: Plan, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    assert plan().code == 0
    _titled(grafana, "api", "Mine")

    said = plan()

    assert said.code == 5
    assert 'page: title "Api" -> "Mine"' in said.out


def test_a_plan_is_carried_out_exactly(
    build: Build, plan: Plan, told: Push, push: Push, *, grafana: StandIn, file: Path
) -> None:
    """Whatever has become of the build since."""
    for uid in ("api", "hand", "merge", "gone", "same"):
        build.put(three(uid), "Old")
    push()
    _titled(grafana, "hand", "Mine")
    _titled(grafana, "merge", "Mine too")
    build.put(three("api", description="next"), "New")
    build.put(three("hand", description="next"), "Old")
    build.put(three("merge", description="next"), "Old")
    build.put(page("create"), "Made")
    build.drop("gone")
    assert plan("--prune", "--on-conflict", "merge").code == 1
    build.put(three("api", description="not planned"), "New")
    build.drop("create")

    said = told("push", str(file))

    assert said.code == 0
    assert said.results == {
        "api": "updated",
        "create": "created",
        "hand": "updated",
        "merge": "updated",
        "gone": "deleted",
    }
    found = {one.uid: one for one in grafana.pages if not one.is_folder}
    assert found["api"].model["description"] == "next"
    assert (found["hand"].title, found["hand"].model["description"]) == ("Mine", "next")
    assert "create" in found
    assert "gone" not in found
    again = told("push", str(file))
    assert (again.code, again.total) == (0, "6 pages: 6 unchanged")
    assert "as planned already" in again.why("api")
    assert told("rollback").code == 0


def test_a_page_that_is_unchanged_in_the_plan_may_have_changed(
    build: Build, plan: Plan, told: Push, push: Push, *, grafana: StandIn, file: Path
) -> None:
    build.put(page("api"))
    build.put(page("other"))
    push()
    build.put(page("api", "Next"))
    plan()
    _titled(grafana, "other", "Mine")

    assert told("push", str(file)).results == {"api": "updated"}
    stored = grafana.page("other")
    assert stored
    assert stored.title == "Mine"


CHANGES: dict[str, tuple[Callable[[StandIn], object], str]] = {
    "edited": (lambda grafana: _titled(grafana, "api", "Mine"), "api: saved since (alice, 20"),
    "saved": (lambda grafana: grafana.edit("api", lambda _: None), "api: saved since (alice, 20"),
    "moved": (lambda grafana: grafana.move("api", "else"), "api: saved since (alice, 20"),
    "deleted": (lambda grafana: grafana.delete("api"), "api: somebody deleted it since"),
    "made": (lambda grafana: grafana.make(page("new", "Theirs"), by="bob"), "new: it is there now (bob, 20"),
    "to be deleted": (lambda grafana: _titled(grafana, "old", "Mine"), "old: saved since (alice, 20"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_since_is_said_and_nothing_is_written(
    build: Build, plan: Plan, told: Push, push: Push, *, grafana: StandIn, file: Path, name: str
) -> None:
    grafana.make_folder("else", "Elsewhere")
    for uid in ("api", "old", "other"):
        build.put(page(uid))
    push()
    build.put(page("api", "Next"))
    build.put(page("other", "Next other"))
    build.put(page("new"))
    build.drop("old")
    assert plan("--prune").code == 1
    change, words = CHANGES[name]
    change(grafana)
    before = grafana.state

    said = told("push", str(file))

    assert said.code == 5
    assert words in said.err
    assert "nothing is written, for this is not what the plan saw" in said.err
    assert "dash plan --out FILE again" in said.err
    assert grafana.state == before


def test_a_save_after_the_last_look_is_a_conflict_of_that_page_alone(
    build: Build, plan: Plan, told: Push, push: Push, *, grafana: StandIn, file: Path
) -> None:
    build.put(page("api"))
    build.put(page("other"))
    push()
    build.put(page("api", "Next"))
    build.put(page("other", "Next other"))
    plan()
    grafana.faults.add("POST", "/api/dashboards/db", before=lambda: _titled(grafana, "api", "Mine"))

    said = told("push", str(file), "--jobs", "1")

    assert said.code == 5
    assert said.results == {"api": "conflict", "other": "updated"}


def test_a_dry_run_of_a_plan_writes_nothing(build: Build, plan: Plan, told: Push, grafana: StandIn, file: Path) -> None:
    build.put(page("api"))
    plan()

    assert told("push", str(file), "--dry-run").results == {"api": "created"}
    assert grafana.page("api") is None
