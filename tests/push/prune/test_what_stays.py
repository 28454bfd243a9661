"""What is not deleted, ever: pages that were saved or moved by hand, and pages that are not ours."""

import pytest

from cli.deploy.message import digest_in
from tests.push.building import Build, Page, Push, page, three
from tests.push.prune.conftest import PAGE
from tests.stand_in import StandIn


def _message(grafana: StandIn, uid: str) -> str:
    stored = grafana.page(uid)
    assert stored
    return stored.history[-1].message


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
def test_an_edit_that_slips_between_look_and_delete_is_put_back(push: Push, grafana: StandIn) -> None:
    grafana.edit_during_save("old", lambda model: model.update(title="Mine"))

    said = push("--prune")

    assert said.results == {"old": "conflict"}
    stored = grafana.page("old")
    assert stored
    assert (stored.title, stored.tags) == ("Mine", ["ai", "dash:shop"])
    assert push("--prune").results == {"old": "skipped"}


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("profile", ["g12"])
@pytest.mark.parametrize("before", [True, False])
def test_an_edit_around_our_save_is_seen_where_a_page_keeps_its_uid(
    push: Push, grafana: StandIn, *, before: bool
) -> None:
    def edit() -> None:
        grafana.edit("old", lambda model: model.update(title="Mine"))

    path = "/api/dashboards/db$"
    grafana.faults.add("POST", path, before=edit if before else None, after=None if before else edit)

    assert push("--prune", "--api", "legacy").results == {"old": "conflict"}
    stored = grafana.page("old")
    assert stored
    assert stored.title == "Mine"
