"""Folders of pages that were deleted: gone where they are ours and nothing is left in them."""

import pytest

from tests.push.building import Build, Push, page
from tests.stand_in import StandIn


def _folders(grafana: StandIn) -> set[str]:
    return {one.title for one in grafana.pages if one.is_folder}


@pytest.mark.usefixtures("old")
def test_folders_of_ours_in_which_nothing_is_left_go_too(push: Push, grafana: StandIn) -> None:
    assert _folders(grafana) & {"AI", "Old", "AI / Old"}

    push("--prune")

    assert not _folders(grafana) & {"AI", "Old", "AI / Old"}


@pytest.mark.usefixtures("old")
def test_a_folder_in_which_something_is_left_stays(push: Push, grafana: StandIn) -> None:
    stored = grafana.page("old")
    assert stored
    grafana.make(page("foreign"), stored.folder_uid)

    assert push("--prune").results == {"old": "deleted"}
    assert grafana.page("foreign")


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("what", ["an alert rule", "a library panel"])
def test_a_folder_with_something_that_is_no_page_stays(push: Push, grafana: StandIn, what: str) -> None:
    stored = grafana.page("old")
    assert stored
    if what == "an alert rule":
        grafana.add_alert_rule("rule", stored.folder_uid)
    else:
        grafana.add_library_panel("shared", {"type": "stat"}, stored.folder_uid)

    assert push("--prune").results == {"old": "deleted"}
    assert grafana.page(stored.folder_uid)


def test_a_folder_of_somebody_else_stays_even_when_it_is_empty(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    build.put(page("api"))
    build.put(page("old"), "Team")
    push()
    build.drop("old")

    assert push("--prune").results == {"old": "deleted"}
    assert grafana.page("team")


@pytest.mark.usefixtures("old")
def test_a_folder_of_ours_that_somebody_renamed_stays(push: Push, grafana: StandIn) -> None:
    stored = grafana.page("old")
    assert stored
    grafana.make_folder(stored.folder_uid, "Mine", getattr(grafana.page(stored.folder_uid), "folder_uid", ""))

    push("--prune")

    assert grafana.page(stored.folder_uid)
