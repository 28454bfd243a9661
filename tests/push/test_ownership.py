"""What a plain push says of pages that it leaves alone: those no longer built, and those of another project's name."""

import pytest

from tests.push.building import Build, Push, page
from tests.stand_in import StandIn

LEFT = "with our tag, and no longer in the build; dash push --prune deletes what is ours"


def test_pages_that_are_no_longer_built_are_one_line(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("api", "b", "c", "d", "e"):
        build.put(page(uid))
    push()
    grafana.flush()
    assert LEFT not in push().err

    build.drop("b")
    assert f"note: b is there {LEFT}\n" in push().err
    for uid in ("c", "d", "e"):
        build.drop(uid)
    assert f"note: b, c, d and 1 more are there {LEFT}\n" in push("--dry-run").err
    assert LEFT not in push("--only", "api").err
    assert LEFT not in push("--prune").err


def test_what_cannot_be_searched_is_not_mentioned_and_stops_nothing(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    push()
    grafana.faults.add("GET", "/api/search.*tag", times=9, status=500)

    assert push().code == 0


@pytest.mark.parametrize("changed", [False, True])
def test_a_project_that_is_called_otherwise_is_not_lost_without_a_word(
    build: Build, push: Push, *, changed: bool
) -> None:
    build.put(page("api"))
    build.put(page("app"))
    push()
    build.rename("store")
    if changed:
        build.put(page("api", "Next"))

    said = push()

    assert said.code == (5 if changed else 0)
    assert "2 pages of this build bear the tag dash:shop, and not ours" in said.err
    assert "project = 'shop' in dash.toml" in said.err
    build.rename("shop")
    assert "bear the tag" not in push().err
