"""A push taken back: from its journal, and every page is as it was."""

from cli.deploy import journal
from tests.push.browser import title_of, titled
from tests.push.building import Build, Push, page, three
from tests.stand_in import StandIn


def test_every_page_is_as_it_was(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    """Created, updated, moved, overwritten and deleted, with the folders that came and went."""
    for uid in ("update", "move", "hand", "delete"):
        build.put(three(uid), "Old/Deep" if uid == "delete" else "Old")
    push()
    grafana.edit("hand", titled("Mine"))
    before = grafana.state
    build.drop("delete")
    build.put(three("update", description="next"), "Old")
    build.put(three("move"), "New/Deep")
    build.put(three("hand", description="next"), "Old")
    build.put(page("create"), "Made/For it")
    said = push("--prune", "--on-conflict", "overwrite")
    assert said.results == {
        "create": "created",
        "delete": "deleted",
        "hand": "updated",
        "move": "moved",
        "update": "updated",
    }
    after = grafana.state
    assert after != before

    assert "note: dash rollback 20" in said.err
    back = told("rollback")

    assert back.code == 0
    assert back.results == {
        "create": "deleted",
        "delete": "created",
        "hand": "updated",
        "move": "updated",
        "update": "updated",
    }
    assert grafana.state == before
    assert told("rollback").code == 0  # a rollback is a push of its own
    assert grafana.state == after


def test_the_next_push_knows_its_own_pages(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    build.put(page("update", "First"))
    build.put(page("delete"))
    push()
    build.put(page("update", "Second"))
    build.drop("delete")
    push("--prune")
    told("rollback")
    assert (title_of(grafana, "update"), title_of(grafana, "delete")) == ("First", "Delete")

    build.put(page("update", "Third"))

    assert push("--prune").results == {"update": "updated", "delete": "deleted"}


def test_the_next_push_knows_its_own_pages_also_when_the_rollback_was_taken_back(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    build.put(page("update", "First"))
    build.put(page("delete"))
    push()
    build.put(page("update", "Second"))
    build.put(page("create"))
    build.drop("delete")
    push("--prune")
    told("rollback")
    assert told("rollback").code == 0
    assert (title_of(grafana, "update"), title_of(grafana, "create")) == ("Second", "Create")

    build.put(page("update", "Third"))
    build.drop("create")

    assert push("--prune").results == {"update": "updated", "create": "deleted"}


def test_the_last_push_is_meant_where_none_is_named(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    for title in ("First", "Second", "Third", "Fourth", "Fifth"):
        build.put(page("api", title))
        push()
    assert told("rollback").results == {"api": "updated"}
    assert title_of(grafana, "api") == "Fourth"

    names = [line.split()[0] for line in told("rollback", "--list").out.splitlines()]
    assert len(names) == 6
    assert names == sorted(names, reverse=True)
    said = told("rollback", names[2])

    assert said.results == {"api": "updated"}  # what that push left is there again
    assert title_of(grafana, "api") == "Third"


def test_a_push_that_is_not_the_last_leaves_what_came_after_it(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    for title in ("First", "Second", "Third"):
        build.put(page("api", title))
        push()
    names = journal.names(journal.FOLDER)

    said = told("rollback", names[1])

    assert (said.code, said.results) == (5, {"api": "conflict"})
    assert title_of(grafana, "api") == "Third"


def test_a_dry_run_says_what_would_happen(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    build.put(page("api"), "Made")
    push()
    before = grafana.state

    said = told("rollback", "--dry-run")

    assert said.results == {"api": "deleted"}
    assert grafana.state == before
    assert len(journal.names(journal.FOLDER)) == 1
