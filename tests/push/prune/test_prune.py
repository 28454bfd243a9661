"""What the build no longer has: deleted where it is ours as we pushed it, and only from a whole build."""

from dataclasses import replace

import pytest

from cli.artifact import MANIFEST
from cli.artifact.manifest import read
from tests.push.building import Build, Push, page
from tests.push.prune.conftest import PAGE
from tests.stand_in import StandIn


@pytest.mark.usefixtures("old")
def test_without_prune_what_is_left_over_stays(push: Push, grafana: StandIn) -> None:
    assert push().total == "1 page: 1 unchanged"
    assert grafana.page("old")


@pytest.mark.usefixtures("old")
def test_a_page_of_ours_as_we_pushed_it_is_deleted(push: Push, grafana: StandIn) -> None:
    said = push("--prune")

    assert said.code == 0
    assert said.results == {"old": "deleted"}
    assert "the build no longer has it" in said.why("old")
    assert grafana.page("old") is None
    assert push("--prune").total == "1 page: 1 unchanged"


@pytest.mark.usefixtures("old")
def test_a_dry_run_shows_the_list_and_deletes_nothing(push: Push, grafana: StandIn) -> None:
    said = push("--prune", "--dry-run")

    assert said.results == {"old": "deleted"}
    assert "dry run, nothing is written" in said.total
    stored = grafana.page("old")
    assert stored
    assert stored.version == 1


@pytest.mark.usefixtures("old")
def test_a_part_of_a_build_prunes_nothing(build: Build, push: Push, grafana: StandIn) -> None:
    said = push("--prune", "--only", "api")

    assert said.code == 2
    assert "--prune needs the whole build" in said.err
    build.put(page("broken"), stale="pages.py:3 raises")
    said = push("--prune")
    assert said.code == 2
    assert "--prune needs a whole build, and this one left something out" in said.err
    assert grafana.page("old")
    assert grafana.page("broken") is None


@pytest.mark.usefixtures("old")
def test_a_build_that_says_that_it_is_partial_prunes_nothing(build: Build, push: Push, grafana: StandIn) -> None:
    (build.path / MANIFEST).write_bytes(replace(read(build.path), partial=True).dump())

    assert push("--prune").code == 2
    assert grafana.page("old")


@pytest.mark.parametrize(("most", "results"), [("2", "skipped"), ("3", "deleted")])
def test_more_than_somebody_allowed_are_not_deleted_at_all(
    build: Build, push: Push, grafana: StandIn, *, most: str, results: str
) -> None:
    build.put(page("api"))
    for uid in ("a", "b", "c"):
        build.put(page(uid))
    push()
    for uid in ("a", "b", "c"):
        build.drop(uid)
    build.put(page("api", "Next"))

    said = push("--prune", "--max-deletes", most)

    assert said.results == {"api": "updated", "a": results, "b": results, "c": results}
    assert said.code == (5 if results == "skipped" else 0)
    assert results == "deleted" or "more pages are left over than --max-deletes allows (2)" in said.out
    assert bool(grafana.page("a")) == (results == "skipped")


@pytest.mark.usefixtures("old")
def test_a_page_that_somebody_else_deleted_is_deleted(push: Push, grafana: StandIn) -> None:
    grafana.faults.add("POST", "/api/dashboards/db", after=lambda: grafana.delete("del-old"))

    assert push("--prune").results == {"old": "deleted"}


@pytest.mark.usefixtures("old")
def test_a_delete_that_failed_is_done_again(push: Push, grafana: StandIn) -> None:
    grafana.faults.add("DELETE", PAGE, status=500, body={"message": "database is locked"})

    assert push("--prune").results == {"old": "failed"}
    assert grafana.page("old")
    assert push("--prune").results == {"old": "deleted"}
