"""Edits by hand that a merge kept: joined by others, edited again, taken back, or out of the history."""

from functools import partial

import pytest

from tests.push.building import Build, Push, three
from tests.push.edits.editing import CHANGES, Editing, described, live, merge, panel_titles, retitled
from tests.stand_in import StandIn


def test_with_stop_a_page_with_kept_edits_is_a_conflict_that_says_so(
    build: Build, push: Push, by_hand: Editing
) -> None:
    by_hand(retitled(1, "Mine"))
    build.put(three(description="first"))
    merge(push)

    said = push()

    assert (said.code, said.results) == (5, {"api": "conflict"})
    assert "it holds edits by hand that an earlier push kept" in said.why("api")
    assert 'panel "Two": title "Two" -> "Mine"' in said.out


def test_an_edit_by_hand_after_a_merge_joins_the_kept_ones(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(retitled(1, "Mine"))
    build.put(three(description="first"))
    merge(push)
    grafana.edit("api", CHANGES["added below"])  # type: ignore[arg-type] # says nothing
    build.put(three(description="second"))

    said = merge(push)

    assert said.results == {"api": "updated"}
    assert panel_titles(grafana) == ["One", "Mine", "Three", "Mine"]
    assert live(grafana)["description"] == "second"
    assert merge(push).results == {"api": "unchanged"}


def test_a_kept_edit_that_is_edited_again_is_not_lost(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(CHANGES["added below"])
    build.put(three(description="first"))
    merge(push)
    grafana.edit("api", retitled(3, "Mine, again"))  # type: ignore[arg-type] # says nothing
    build.put(three(description="second"))

    assert merge(push).results == {"api": "updated"}
    assert panel_titles(grafana) == ["One", "Two", "Three", "Mine, again"]
    assert live(grafana)["description"] == "second"


def test_a_kept_edit_that_is_taken_back_by_hand_is_gone(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(retitled(1, "Mine"))
    build.put(three(description="first"))
    merge(push)
    grafana.edit("api", retitled(1, "Two"))  # type: ignore[arg-type] # says nothing
    build.put(three(description="second"))

    assert push().results == {"api": "updated"}
    assert panel_titles(grafana) == ["One", "Two", "Three"]


@pytest.mark.parametrize("policy", ["stop", "merge", "keep"])
def test_a_history_that_was_cut_says_so_and_the_edit_stays(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing, policy: str
) -> None:
    by_hand(retitled(1, "Mine"))
    for number in range(25):
        grafana.edit("api", partial(described, f"edit {number}"))
    grafana.clean_up()
    before = live(grafana)
    build.put(three(time={"from": "now-1d", "to": "now"}))

    said = push("--on-conflict", policy)

    assert said.results == {"api": "skipped" if policy == "keep" else "conflict"}
    assert "its history no longer holds what dash pushed" in said.why("api")
    assert live(grafana) == before


def test_a_history_that_no_longer_holds_the_kept_edits_says_so(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(retitled(1, "Mine"))
    for number in range(22):
        build.put(three(description=f"source {number}"))
        assert merge(push).results == {"api": "updated"}
    grafana.clean_up()
    before = live(grafana)
    build.put(three(description="last"))

    said = merge(push)

    assert said.results == {"api": "conflict"}
    assert "its history no longer holds" in said.why("api")
    assert live(grafana) == before
