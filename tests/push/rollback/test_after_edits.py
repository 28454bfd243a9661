"""A push taken back: what somebody did since is a conflict, and stays."""

import pytest

from tests.push.browser import title_of, titled
from tests.push.building import Build, Push, page, three
from tests.stand_in import StandIn


@pytest.mark.parametrize("what", ["created", "updated"])
@pytest.mark.parametrize("how", ["edited", "moved", "deleted"])
def test_what_somebody_did_since_is_a_conflict_and_stays(
    build: Build, push: Push, told: Push, grafana: StandIn, *, what: str, how: str
) -> None:
    build.put(page("api", "First"))
    if what == "updated":
        push()
        build.put(page("api", "Second"))
    push()
    grafana.make_folder("else", "Elsewhere")
    if how == "edited":
        grafana.edit("api", titled("Mine"), by="alice")
    elif how == "moved":
        grafana.move("api", "else", by="alice")
    else:
        grafana.delete("api")
    before = grafana.state

    said = told("rollback")

    if (what, how) == ("created", "deleted"):
        assert said.total == "1 page: 1 unchanged"
    else:
        assert (said.code, said.results) == (5, {"api": "conflict"})
        words = "somebody deleted it since" if how == "deleted" else "changed by hand (alice, 20"
        assert f"not taken back: {words}" in said.why("api")
    assert grafana.state == before


def test_our_message_on_somebody_elses_content_is_not_believed(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    build.put(page("api"))
    push()
    stored = grafana.page("api")
    assert stored
    grafana.edit("api", titled("Mine"), message=stored.history[-1].message)

    assert told("rollback").results == {"api": "conflict"}
    assert title_of(grafana, "api") == "Mine"


def test_a_page_that_somebody_made_anew_is_a_conflict(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(page("old"))
    push()
    build.drop("old")
    push("--prune")
    grafana.make(page("old", "Theirs"))

    assert told("rollback").results == {"old": "conflict"}
    assert title_of(grafana, "old") == "Theirs"


@pytest.mark.parametrize("what", ["page", "rule"])
def test_a_folder_that_the_push_made_stays_when_somebody_uses_it(
    build: Build, push: Push, told: Push, grafana: StandIn, what: str
) -> None:
    build.put(page("api"), "Made")
    push()
    stored = grafana.page("api")
    assert stored
    if what == "page":
        grafana.make(page("theirs"), stored.folder_uid)
    else:
        grafana.add_alert_rule("rule", stored.folder_uid)

    assert told("rollback").results == {"api": "deleted"}
    assert grafana.page(stored.folder_uid)


def test_a_folder_that_the_push_made_stays_when_somebody_renamed_it(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    build.put(page("api"), "Made")
    push()
    stored = grafana.page("api")
    assert stored
    grafana.make_folder(stored.folder_uid, "Mine now")

    assert told("rollback").code == 0
    assert grafana.page("api") is None
    assert grafana.page(stored.folder_uid)


def test_a_merge_that_is_taken_back_leaves_the_edit_by_hand(
    build: Build, push: Push, told: Push, grafana: StandIn
) -> None:
    build.put(three())
    push()
    grafana.edit("api", titled("Mine"))
    build.put(three(description="first"))
    push("--on-conflict", "merge")
    build.put(three(description="second"))
    push("--on-conflict", "merge")

    assert told("rollback").code == 0
    stored = grafana.page("api")
    assert stored
    assert (stored.title, stored.model["description"]) == ("Mine", "first")
    assert push("--on-conflict", "merge").results == {"api": "updated"}
    assert push("--on-conflict", "merge").results == {"api": "unchanged"}
    assert title_of(grafana, "api") == "Mine"


def test_an_edit_that_slips_into_a_rollback_is_put_back(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    build.put(page("api", "First"))
    push()
    build.put(page("api", "Second"))
    push()
    grafana.edit_during_save("api", titled("Mine"))

    assert told("rollback").results == {"api": "conflict"}
    assert title_of(grafana, "api") == "Mine"
