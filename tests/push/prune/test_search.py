"""The search that finds what is left over: read to its end, and not believed."""

import pytest

from cli.grafana import finding
from tests.push.building import Build, Push, page
from tests.stand_in import StandIn


@pytest.mark.usefixtures("old")
def test_every_page_of_a_search_is_read(push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 2)
    for number in range(7):
        grafana.make({**page(f"copy-{number}"), "tags": ["dash:shop"]})

    said = push("--prune")

    assert said.results == {"old": "deleted", **{f"copy-{number}": "skipped" for number in range(7)}}


@pytest.mark.parametrize("profile", ["g13"])
def test_a_page_that_a_late_search_does_not_know_yet_is_deleted_the_next_time(
    build: Build, push: Push, grafana: StandIn
) -> None:
    build.put(page("api"))
    build.put(page("old"))
    push()
    build.drop("old")

    assert push("--prune").total == "1 page: 1 unchanged"
    grafana.flush()
    assert push("--prune").results == {"old": "deleted"}
    assert push("--prune").total == "1 page: 1 unchanged"  # which the search still finds
    assert grafana.page("old") is None


@pytest.mark.parametrize("profile", ["g13"])
def test_a_late_search_that_still_says_our_tag_is_not_believed(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(page("old"))
    push()
    grafana.flush()
    grafana.delete("old")
    grafana.make(page("old", "Theirs"), by="alice")
    build.drop("old")

    push("--prune")

    stored = grafana.page("old")
    assert stored
    assert stored.title == "Theirs"
