"""What the build no longer has: deleted where it is ours as we pushed it, and nothing else, ever."""

from dataclasses import replace

import pytest

from cli.artifact.manifest import FILE, read
from cli.deploy.message import digest_in
from cli.grafana import finding
from tests.push.building import Build, Page, Push, page, three
from tests.stand_in import StandIn

PAGE = "/api/dashboards/uid/old"


@pytest.fixture
def old(build: Build, push: Push) -> None:
    """Two pages are pushed, and one of them leaves the build."""
    build.put(page("api"))
    build.put(three("old"), "AI/Old")
    assert push().code == 0
    build.drop("old")


def _message(grafana: StandIn, uid: str) -> str:
    stored = grafana.page(uid)
    assert stored
    return stored.history[-1].message


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


EDITS: dict[str, Page] = {"title": {"title": "Mine"}, "nothing at all": {}, "our tag away": {"tags": []}}


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("name", EDITS)
def test_a_page_that_was_saved_by_hand_since_stays(push: Push, grafana: StandIn, name: str) -> None:
    grafana.edit("old", lambda model: model.update(EDITS[name]), by="alice", message="for the demo")

    said = push("--prune")

    assert said.code == 0
    assert said.results == ({} if "tag" in name else {"old": "skipped"})
    assert name == "our tag away" or "not deleted: changed by hand (alice, 20" in said.why("old")
    assert grafana.page("old")


@pytest.mark.usefixtures("old")
def test_a_page_that_was_moved_by_hand_stays(push: Push, grafana: StandIn) -> None:
    grafana.move("old", "")

    assert push("--prune").results == {"old": "skipped"}
    assert grafana.page("old")


def test_a_page_that_was_moved_without_a_save_stays(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(page("old"))
    push()
    build.drop("old")
    stored = grafana.page("old")
    assert stored
    grafana.make_folder("else", "Elsewhere")
    moved = {"meta": {"folderUid": "else", "folderTitle": "Elsewhere"}, "dashboard": stored.model}
    grafana.faults.add("GET", f"{PAGE}$", status=200, body=moved)

    assert push("--prune").results == {"old": "skipped"}
    assert grafana.page("old")


def test_a_page_in_which_a_push_kept_edits_by_hand_stays(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(three("old"))
    push()
    grafana.edit("old", lambda model: model["panels"][1].update(title="Mine"))
    build.put(three("old", description="next"))
    assert push("--on-conflict", "merge").results == {"old": "updated"}
    build.drop("old")

    said = push("--prune")

    assert said.results == {"old": "skipped"}
    assert "not deleted: it holds edits by hand that an earlier push kept" in said.why("old")
    assert grafana.page("old")


@pytest.mark.usefixtures("old")
def test_a_copy_carries_our_tag_and_is_not_ours(push: Push, grafana: StandIn) -> None:
    """Save as, and an import that even says our message."""
    stored = grafana.page("old")
    assert stored
    grafana.make({**stored.model, "id": None, "uid": "copy", "title": "Copy"}, by="alice")
    message = _message(grafana, "old")
    assert digest_in(message)
    grafana.make({**stored.model, "id": None, "uid": "import", "title": "Import"}, by="alice", message=message)

    said = push("--prune")

    assert said.results == {"old": "deleted", "copy": "skipped", "import": "skipped"}
    assert "it has our tag, but dash never pushed it" in said.why("copy")
    assert grafana.page("copy")
    assert grafana.page("import")


@pytest.mark.usefixtures("old")
def test_foreign_provisioned_and_other_projects_pages_stay(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.make(page("foreign"))
    grafana.provision({**page("from-file"), "tags": ["dash:shop"]})
    build.rename("market")
    push("--only", "api")
    build.put(page("theirs", "Market's"))
    push("--only", "theirs")
    build.drop("theirs")
    build.rename("shop")
    before = [grafana.page(uid) for uid in ("foreign", "from-file", "theirs")]

    said = push("--prune")

    assert said.results == {"old": "deleted", "from-file": "skipped"}
    assert "from a file on its server" in said.why("from-file")
    assert [grafana.page(uid) for uid in ("foreign", "from-file", "theirs")] == before


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
    (build.path / FILE).write_bytes(replace(read(build.path), partial=True).dump())

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
@pytest.mark.parametrize(
    ("method", "path", "hook"),
    [("POST", "/api/dashboards/db", "before"), ("POST", "/api/dashboards/db", "after"), ("GET", PAGE, "after")],
    ids=["before our last look", "after it", "before the delete"],
)
def test_an_edit_in_the_last_moment_is_seen_and_the_page_stays(
    push: Push, grafana: StandIn, *, method: str, path: str, hook: str
) -> None:
    def edit() -> None:
        grafana.edit("old", lambda model: model.update(title="Mine"))

    nth = 1 if method == "POST" else 2
    before, after = (edit, None) if hook == "before" else (None, edit)
    grafana.faults.add(method, f"{path}$", nth=nth, before=before, after=after)

    said = push("--prune")

    if method == "GET":  # Grafana deletes whatever is there: who saves between our last look and it comes too late
        assert said.results == {"old": "deleted"}
        return
    assert said.results == {"old": "conflict"}
    stored = grafana.page("old")
    assert stored
    assert stored.title == "Mine"


@pytest.mark.usefixtures("old")
def test_an_edit_that_slips_between_look_and_delete_is_put_back(push: Push, grafana: StandIn) -> None:
    grafana.edit_during_save("old", lambda model: model.update(title="Mine"))

    said = push("--prune")

    assert said.results == {"old": "conflict"}
    stored = grafana.page("old")
    assert stored
    assert (stored.title, stored.tags) == ("Mine", ["ai", "dash:shop"])
    assert push("--prune").results == {"old": "skipped"}


@pytest.mark.usefixtures("old")
def test_a_page_that_somebody_else_deleted_is_deleted(push: Push, grafana: StandIn) -> None:
    grafana.faults.add("POST", "/api/dashboards/db", after=lambda: grafana.delete("old"))

    assert push("--prune").results == {"old": "deleted"}


@pytest.mark.usefixtures("old")
def test_a_delete_that_failed_is_done_again(push: Push, grafana: StandIn) -> None:
    grafana.faults.add("DELETE", PAGE, status=500, body={"message": "database is locked"})

    assert push("--prune").results == {"old": "failed"}
    assert grafana.page("old")
    assert push("--prune").results == {"old": "deleted"}


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("saved", [False, True], ids=["as it was", "saved by hand"])
def test_a_page_that_comes_back_into_the_build_is_no_longer_about_to_be_deleted(
    build: Build, push: Push, grafana: StandIn, *, saved: bool
) -> None:
    grafana.faults.add("DELETE", PAGE, status=500, body={"message": "database is locked"})
    push("--prune")
    if saved:
        grafana.edit("old", lambda model: model.update(iteration=1))
    build.put(three("old"), "AI/Old")

    assert push("--prune").results == {"old": "updated"}
    stored = grafana.page("old")
    assert stored
    assert stored.tags == ["ai", "dash:shop"]


# folders


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


# search


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
