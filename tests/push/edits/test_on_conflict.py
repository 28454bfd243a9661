"""A page that was edited by hand: left alone, kept or overwritten; and never lost in silence."""

import pytest

from tests.push.building import Build, Page, Push, page, panel, three
from tests.push.edits.editing import Change, Editing, live, panel_titles, retitled
from tests.stand_in import StandIn


def test_keep_leaves_the_page_alone_and_is_content(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(retitled(0, "Mine"))
    build.put(three(description="next"))

    said = push("--on-conflict", "keep")

    assert (said.code, said.results) == (0, {"api": "skipped"})
    assert "kept as it is there: changed by hand (alice, 20" in said.why("api")
    assert 'panel "One": title "One" -> "Mine"' in said.out
    assert panel_titles(grafana) == ["Mine", "Two", "Three"]


def test_overwrite_says_what_it_overwrote_and_both_journal_and_history_have_it(
    build: Build, push: Push, told: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(retitled(0, "Mine"))
    build.put(three(description="next"))

    said = push("--on-conflict", "overwrite")

    assert (said.code, said.results) == (0, {"api": "updated"})
    assert "overwritten: changed by hand (alice, 20" in said.why("api")
    assert 'panel "One": title "One" -> "Mine"' in said.out
    stored = grafana.page("api")
    assert stored
    assert stored.history[1].data["panels"][0]["title"] == "Mine"
    assert told("rollback").code == 0
    assert panel_titles(grafana) == ["Mine", "Two", "Three"]


@pytest.mark.parametrize(
    ("change", "source"),
    [
        (retitled(2, "Mine"), page("api", panels=[panel(1, "One"), panel(2, "Two", 4)])),
        (lambda model: model["panels"][2]["targets"][0].update(expr="down"), page("api", panels=[panel(1, "One")])),
        (lambda model: model["panels"].append(panel(4, "Mine", 12)), three(panels=[panel(4, "Ours")])),
        (lambda model: model["panels"][2]["targets"].append({"refId": "B", "expr": "b"}), three(panels=[])),
        (lambda model: model["panels"].pop(), three(panels=[*three()["panels"], panel(4, "Ours", 12)])),
        (lambda model: model["panels"].pop(), three(panels=[panel(1, "One"), panel(2, "Two", 4), panel(3, "Ours", 8)])),
    ],
    ids=["panel gone", "its query gone", "both add a panel", "no panels", "removed", "removed and changed"],
)
@pytest.mark.parametrize("policy", ["stop", "merge"])
def test_an_edit_of_what_the_source_takes_away_or_makes_anew_is_an_edit(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing, *, change: Change, source: Page, policy: str
) -> None:
    by_hand(change)
    before = live(grafana)
    build.put(source)

    said = push("--on-conflict", policy)

    merged = policy == "merge" and len(source["panels"]) == 4  # theirs removed the third, ours adds a fourth
    assert said.results == {"api": "updated" if merged else "conflict"}
    if merged:
        assert panel_titles(grafana) == ["One", "Two", "Ours"]
    else:
        assert live(grafana) == before


@pytest.mark.parametrize("policy", ["stop", "merge"])
def test_an_edit_of_a_variable_that_the_source_takes_away_is_an_edit(
    build: Build, push: Push, grafana: StandIn, policy: str
) -> None:
    job = {"name": "job", "type": "custom", "query": "a,b"}
    build.put(three(templating={"list": [job]}))
    push()
    grafana.edit("api", lambda model: model["templating"]["list"][0].update(query="a,b,c"))
    build.put(three())

    said = push("--on-conflict", policy)

    assert said.results == {"api": "conflict"}
    assert "variable job" in said.out


@pytest.mark.parametrize("policy", ["stop", "merge"])
@pytest.mark.parametrize("number", [2, 13], ids=["same number", "another number by hand"])
def test_an_edit_is_not_lost_when_the_source_numbers_its_panels_anew(
    build: Build, push: Push, grafana: StandIn, *, policy: str, number: int
) -> None:
    def numbered(*panels: Page) -> Page:
        return page("api", panels=[{**one, "id": number} for number, one in enumerate(panels, 1)])

    one, two = panel(1, "One"), panel(2, "Two", 4, type="stat")
    build.put(numbered(one, two))
    push()
    grafana.edit("api", lambda model: model["panels"][1].update(title="Mine", id=number))
    build.put(numbered(panel(9, "New", 8, type="table"), one, two))

    said = push("--on-conflict", policy)

    titles = {item["type"]: item["title"] for item in live(grafana)["panels"]}
    assert titles["stat"] == "Mine"
    assert titles["timeseries"] == "One"
    assert said.results == {"api": "conflict"}
