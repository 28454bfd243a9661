"""An edit by hand and an edit of the source, merged: both are there, or it is a conflict."""

from typing import Any

import pytest

from cli.deploy.normalise import compare
from tests.push.building import Build, Page, Push, panel, three
from tests.push.edits.editing import ADDED, CHANGES, UNIT, Editing, live, merge, panel_titles, retitled
from tests.stand_in import StandIn


def _shape(model: Page) -> Any:
    """What a person sees, without what every save writes anew."""
    return {key: value for key, value in model.items() if key not in ("id", "version", "description", "tags")}


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("name", CHANGES)
def test_an_edit_by_hand_and_an_edit_of_the_source_are_both_there_after_three_merges(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing, name: str
) -> None:
    by_hand(CHANGES[name])
    edited = _shape(live(grafana))

    for description in ("first", "second", "third"):
        build.put(three(description=description))
        said = merge(push)

        assert (said.code, said.results) == (0, {"api": "updated"}), said.out
        assert "with edits by hand" in said.why("api")
        assert live(grafana)["description"] == description
        assert not compare(edited, _shape(live(grafana)))
        assert "unchanged api: as the source wants it, with edits by hand" in merge(push).out


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("name", CHANGES)
def test_an_edit_that_is_taken_into_the_source_is_none_any_more(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing, name: str
) -> None:
    by_hand(CHANGES[name])
    taken = three()
    CHANGES[name](taken)
    build.put(taken)
    assert push().total == "1 page: 1 unchanged"

    build.put({**taken, "description": "next"})

    assert push().results == {"api": "updated"}
    assert not compare(_shape(taken), _shape(live(grafana)))
    build.put({**taken, "title": "Another", "panels": taken["panels"][:1]})
    assert push().results == {"api": "updated"}


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_kept_edit_that_is_taken_into_the_source_is_none_any_more(
    build: Build, push: Push, by_hand: Editing, name: str
) -> None:
    by_hand(CHANGES[name])
    build.put(three(description="first"))
    merge(push)
    taken = three(description="second")
    CHANGES[name](taken)
    build.put(taken)

    assert push().results == {"api": "updated"}
    assert push().total == "1 page: 1 unchanged"


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("name", CHANGES)
def test_the_same_thing_edited_on_both_sides_is_a_conflict_that_tells_the_edits(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing, name: str
) -> None:
    by_hand(CHANGES[name])
    before = live(grafana)
    ours = three(
        title="Ours",
        panels=[panel(1, "One", 8), panel(7, "Ours", 12)],
        templating={"list": [{**ADDED, "query": "ours"}]},
        links=[{"title": "Runbook", "type": "link", "url": "/ours"}],
        time={"from": "now-9d", "to": "now"},
    )
    ours["panels"].append(panel(2, "Ours two", 16, targets=[{"refId": "B", "expr": "ours"}], fieldConfig=UNIT))
    if name == "removed":
        ours["panels"].append(panel(3, "Ours three"))
    build.put(ours)

    said = merge(push)

    assert (said.code, said.results) == (5, {"api": "conflict"})
    assert "and the source changes the same things" in said.why("api")
    assert len(said.out.splitlines()) > 2
    assert live(grafana) == before


def test_a_page_that_was_moved_and_edited_is_not_merged(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(retitled(1, "Mine"))
    grafana.make_folder("else", "Elsewhere")
    grafana.move("api", "else")
    build.put(three(description="next"))

    assert merge(push).results == {"api": "conflict"}
    stored = grafana.page("api")
    assert stored
    assert stored.folder_uid == "else"


def test_a_merge_takes_the_page_into_the_sources_new_folder(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(retitled(1, "Mine"))
    build.put(three(description="next"), "AI")

    assert merge(push).results == {"api": "updated"}
    assert panel_titles(grafana) == ["One", "Mine", "Three"]
    stored = grafana.page("api")
    assert stored
    assert stored.folder_uid
