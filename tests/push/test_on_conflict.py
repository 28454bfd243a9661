"""A page that was edited by hand: left alone, kept, overwritten, merged, or asked about; and never lost in silence."""

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from cli.deploy.normalise import compare
from cli.main import main
from tests.push.building import Build, Page, Push, Run, page, panel, three
from tests.stand_in import StandIn

Change = Callable[[Page], object]
Editing = Callable[[Change], None]


@pytest.fixture
def by_hand(build: Build, push: Push, grafana: StandIn) -> Editing:
    """Push three panels, and edit the page in the browser."""

    def edit(change: Change) -> None:
        build.put(three())
        assert push().code == 0
        grafana.edit("api", lambda model: _done(change(model)), by="alice", message="for the demo")

    return edit


def _done(_: object) -> None:
    """What a change says is of no use."""


def _titled(at: int, title: str) -> Change:
    return lambda model: model["panels"][at].update(title=title)


def _live(grafana: StandIn) -> Page:
    stored = grafana.page("api")
    assert stored
    return stored.model


def _titles(grafana: StandIn) -> list[str]:
    return [one["title"] for one in _live(grafana)["panels"]]


def _described(text: str, model: Page) -> None:
    model["description"] = text


# stop, keep, overwrite


def test_keep_leaves_the_page_alone_and_is_content(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(_titled(0, "Mine"))
    build.put(three(description="next"))

    said = push("--on-conflict", "keep")

    assert (said.code, said.results) == (0, {"api": "skipped"})
    assert "kept as it is there: changed by hand (alice, 20" in said.why("api")
    assert 'panel "One": title "One" -> "Mine"' in said.out
    assert _titles(grafana) == ["Mine", "Two", "Three"]


def test_overwrite_says_what_it_overwrote_and_both_journal_and_history_have_it(
    build: Build, push: Push, told: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(_titled(0, "Mine"))
    build.put(three(description="next"))

    said = push("--on-conflict", "overwrite")

    assert (said.code, said.results) == (0, {"api": "updated"})
    assert "overwritten: changed by hand (alice, 20" in said.why("api")
    assert 'panel "One": title "One" -> "Mine"' in said.out
    stored = grafana.page("api")
    assert stored
    assert stored.history[1].data["panels"][0]["title"] == "Mine"
    assert told("rollback").code == 0
    assert _titles(grafana) == ["Mine", "Two", "Three"]


@pytest.mark.parametrize(
    ("change", "source"),
    [
        (_titled(2, "Mine"), page("api", panels=[panel(1, "One"), panel(2, "Two", 4)])),
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
    before = _live(grafana)
    build.put(source)

    said = push("--on-conflict", policy)

    merged = policy == "merge" and len(source["panels"]) == 4  # theirs removed the third, ours adds a fourth
    assert said.results == {"api": "updated" if merged else "conflict"}
    if merged:
        assert _titles(grafana) == ["One", "Two", "Ours"]
    else:
        assert _live(grafana) == before


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


# merge


def _pushed(push: Push) -> Run:
    return push("--on-conflict", "merge")


UNIT = {"defaults": {"unit": "m"}, "overrides": []}
ADDED = {"name": "node", "type": "custom", "query": "x,y"}
CHANGES: dict[str, Change] = {
    "title": lambda model: model.update(title="Mine"),
    "a panel's title": _titled(1, "Mine"),
    "expression": lambda model: model["panels"][1]["targets"][0].update(expr="sum(up2)"),
    "another query": lambda model: model["panels"][1]["targets"].append({"refId": "B", "expr": "b"}),
    "unit": lambda model: model["panels"][1].update(fieldConfig={"defaults": {"unit": "s"}, "overrides": []}),
    "added below": lambda model: model["panels"].append(panel(7, "Mine", 12)),
    "added on top": lambda model: _on_top(model, panel(7, "Mine")),
    "duplicated": lambda model: model["panels"].append({**panel(2, "Two", 12), "id": 7}),
    "removed": lambda model: model["panels"].pop(),
    "moved to the top": lambda model: _moved(model, 2),
    "resized": lambda model: model["panels"][1]["gridPos"].update(w=12),
    "a variable": lambda model: model.setdefault("templating", {}).setdefault("list", []).append(dict(ADDED)),
    "a link": lambda model: model.setdefault("links", []).append({"title": "Runbook", "type": "link", "url": "/r"}),
    "time range": lambda model: model.update(time={"from": "now-2d", "to": "now"}),
}


def _on_top(model: Page, new: Page) -> None:
    for one in model["panels"]:
        one["gridPos"]["y"] += 4
    model["panels"].insert(0, new)


def _moved(model: Page, at: int) -> None:
    _on_top(model, model["panels"].pop(at))
    model["panels"][0]["gridPos"]["y"] = 0


def _shape(model: Page) -> Any:
    """What a person sees, without what every save writes anew."""
    return {key: value for key, value in model.items() if key not in ("id", "version", "description", "tags")}


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("name", CHANGES)
def test_an_edit_by_hand_and_an_edit_of_the_source_are_both_there_after_three_merges(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing, name: str
) -> None:
    by_hand(CHANGES[name])
    edited = _shape(_live(grafana))

    for description in ("first", "second", "third"):
        build.put(three(description=description))
        said = _pushed(push)

        assert (said.code, said.results) == (0, {"api": "updated"}), said.out
        assert "with edits by hand" in said.why("api")
        assert _live(grafana)["description"] == description
        assert not compare(edited, _shape(_live(grafana)))
        assert "unchanged api: as the source wants it, with edits by hand" in _pushed(push).out


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
    assert not compare(_shape(taken), _shape(_live(grafana)))
    build.put({**taken, "title": "Another", "panels": taken["panels"][:1]})
    assert push().results == {"api": "updated"}


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_kept_edit_that_is_taken_into_the_source_is_none_any_more(
    build: Build, push: Push, by_hand: Editing, name: str
) -> None:
    by_hand(CHANGES[name])
    build.put(three(description="first"))
    _pushed(push)
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
    before = _live(grafana)
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

    said = _pushed(push)

    assert (said.code, said.results) == (5, {"api": "conflict"})
    assert "and the source changes the same things" in said.why("api")
    assert len(said.out.splitlines()) > 2
    assert _live(grafana) == before


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

    titles = {item["type"]: item["title"] for item in _live(grafana)["panels"]}
    assert titles["stat"] == "Mine"
    assert titles["timeseries"] == "One"
    assert said.results == {"api": "conflict"}


def test_with_stop_a_page_with_kept_edits_is_a_conflict_that_says_so(
    build: Build, push: Push, by_hand: Editing
) -> None:
    by_hand(_titled(1, "Mine"))
    build.put(three(description="first"))
    _pushed(push)

    said = push()

    assert (said.code, said.results) == (5, {"api": "conflict"})
    assert "it holds edits by hand that an earlier push kept" in said.why("api")
    assert 'panel "Two": title "Two" -> "Mine"' in said.out


def test_an_edit_by_hand_after_a_merge_joins_the_kept_ones(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(_titled(1, "Mine"))
    build.put(three(description="first"))
    _pushed(push)
    grafana.edit("api", CHANGES["added below"])  # type: ignore[arg-type] # says nothing
    build.put(three(description="second"))

    said = _pushed(push)

    assert said.results == {"api": "updated"}
    assert _titles(grafana) == ["One", "Mine", "Three", "Mine"]
    assert _live(grafana)["description"] == "second"
    assert _pushed(push).results == {"api": "unchanged"}


def test_a_kept_edit_that_is_edited_again_is_not_lost(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(CHANGES["added below"])
    build.put(three(description="first"))
    _pushed(push)
    grafana.edit("api", _titled(3, "Mine, again"))  # type: ignore[arg-type] # says nothing
    build.put(three(description="second"))

    assert _pushed(push).results == {"api": "updated"}
    assert _titles(grafana) == ["One", "Two", "Three", "Mine, again"]
    assert _live(grafana)["description"] == "second"


def test_a_kept_edit_that_is_taken_back_by_hand_is_gone(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(_titled(1, "Mine"))
    build.put(three(description="first"))
    _pushed(push)
    grafana.edit("api", _titled(1, "Two"))  # type: ignore[arg-type] # says nothing
    build.put(three(description="second"))

    assert push().results == {"api": "updated"}
    assert _titles(grafana) == ["One", "Two", "Three"]


@pytest.mark.parametrize("policy", ["stop", "merge", "keep"])
def test_a_history_that_was_cut_says_so_and_the_edit_stays(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing, policy: str
) -> None:
    by_hand(_titled(1, "Mine"))
    for number in range(25):
        grafana.edit("api", partial(_described, f"edit {number}"))
    grafana.clean_up()
    before = _live(grafana)
    build.put(three(time={"from": "now-1d", "to": "now"}))

    said = push("--on-conflict", policy)

    assert said.results == {"api": "skipped" if policy == "keep" else "conflict"}
    assert "its history no longer holds what dash pushed" in said.why("api")
    assert _live(grafana) == before


def test_a_history_that_no_longer_holds_the_kept_edits_says_so(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(_titled(1, "Mine"))
    for number in range(22):
        build.put(three(description=f"source {number}"))
        assert _pushed(push).results == {"api": "updated"}
    grafana.clean_up()
    before = _live(grafana)
    build.put(three(description="last"))

    said = _pushed(push)

    assert said.results == {"api": "conflict"}
    assert "its history no longer holds" in said.why("api")
    assert _live(grafana) == before


def test_a_page_that_was_moved_and_edited_is_not_merged(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(_titled(1, "Mine"))
    grafana.make_folder("else", "Elsewhere")
    grafana.move("api", "else")
    build.put(three(description="next"))

    assert _pushed(push).results == {"api": "conflict"}
    stored = grafana.page("api")
    assert stored
    assert stored.folder_uid == "else"


def test_a_merge_takes_the_page_into_the_sources_new_folder(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(_titled(1, "Mine"))
    build.put(three(description="next"), "AI")

    assert _pushed(push).results == {"api": "updated"}
    assert _titles(grafana) == ["One", "Mine", "Three"]
    stored = grafana.page("api")
    assert stored
    assert stored.folder_uid


# ask


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, build: Build, grafana: StandIn) -> Callable[..., tuple[int, str]]:
    """Push at a terminal where somebody types these answers: the exit code, and what is on the screen."""

    def run(answers: str, *arguments: str, meanwhile: Callable[[], object] = lambda: None) -> tuple[int, str]:
        screen = _Terminal()
        typing = iter(answers.splitlines())

        def typed(prompt: str) -> str:
            screen.write(prompt)
            meanwhile()
            return next(typing)

        monkeypatch.setenv("GRAFANA_URL", grafana.url)
        monkeypatch.setenv("GRAFANA_TOKEN", grafana.token("Admin"))
        monkeypatch.setattr("sys.stdin", _Terminal())
        monkeypatch.setattr("sys.stderr", screen)
        monkeypatch.setattr("sys.stdout", screen)
        monkeypatch.setattr("click.termui.visible_prompt_func", typed)
        with pytest.raises(SystemExit) as ended:
            main(["push", "--build", str(build.path), "--on-conflict", "ask", *arguments])
        return int(str(ended.value.code)), screen.getvalue()

    return run


@pytest.mark.parametrize(
    ("answer", "code", "titles", "description"),
    [
        ("k", 0, ["One", "Mine", "Three"], None),
        ("m", 0, ["One", "Mine", "Three"], "next"),
        ("o", 0, ["One", "Two", "Three"], "next"),
        ("s", 5, ["One", "Mine", "Three"], None),
        ("", 5, ["One", "Mine", "Three"], None),
        ("what\nm", 0, ["One", "Mine", "Three"], "next"),
    ],
)
def test_ask_shows_the_edits_and_does_what_is_answered(
    build: Build,
    grafana: StandIn,
    by_hand: Editing,
    asked: Callable[..., tuple[int, str]],
    *,
    answer: str,
    code: int,
    titles: list[str],
    description: str | None,
) -> None:
    by_hand(_titled(1, "Mine"))
    build.put(three(description="next"))
    build.put(page("other"))

    ended, screen = asked(f"{answer}\n")

    assert ended == code
    assert screen.index('panel "Two": title "Two" -> "Mine"') < screen.index("keep theirs, merge, overwrite, or stop")
    assert "api: changed by hand (alice, 20" in screen
    assert _titles(grafana) == titles
    assert _live(grafana).get("description") == description
    assert grafana.page("other")


def test_ask_asks_about_each_page(
    build: Build, push: Push, grafana: StandIn, asked: Callable[..., tuple[int, str]]
) -> None:
    for uid in ("a", "b", "c"):
        build.put(three(uid))
    push()
    for uid in ("a", "c"):
        grafana.edit(uid, lambda model: model.update(title=f"Mine {model['uid']}"))

    ended, screen = asked("o\nk\n")

    assert ended == 0
    assert screen.count("keep theirs") == 2
    stored = [grafana.page(uid) for uid in ("a", "c")]
    assert [one.title for one in stored if one] == ["A", "Mine c"]


def test_ask_overwrites_only_what_it_has_shown(
    build: Build, grafana: StandIn, by_hand: Editing, asked: Callable[..., tuple[int, str]]
) -> None:
    by_hand(_titled(1, "Mine"))
    build.put(three(description="next"))

    ended, screen = asked("o\n", meanwhile=lambda: grafana.edit("api", _titled(2, "Mine too")))  # type: ignore[arg-type]

    assert ended == 5
    assert "somebody saved it while you were asked, and theirs is kept" in screen
    assert _titles(grafana) == ["One", "Mine", "Mine too"]


def test_ask_shows_nothing_that_a_terminal_would_obey(
    build: Build, push: Push, grafana: StandIn, asked: Callable[..., tuple[int, str]]
) -> None:
    build.put(three())
    push()
    grafana.edit("api", lambda model: model["panels"][1].update(title="\x1b]0;owned\x07\u202e"), by="eve\x9b31m")

    _, screen = asked("s\n")

    assert "owned" in screen
    assert not set("\x1b\x07\x9b\u202e") & set(screen.replace("\x1b[K", ""))


def test_ask_with_nobody_there_writes_nothing_and_says_what_to_type(
    build: Build, push: Push, grafana: StandIn, by_hand: Editing
) -> None:
    by_hand(_titled(1, "Mine"))
    build.put(three(description="next"))
    build.put(page("other"))

    said = push("--on-conflict", "ask")

    assert said.code == 2
    assert "nobody is here to be asked" in said.err
    assert "--on-conflict stop, keep, merge or overwrite" in said.err
    assert grafana.page("other") is None


def test_ask_with_nobody_there_is_content_where_there_is_nothing_to_ask(build: Build, push: Push) -> None:
    build.put(three())

    assert push("--on-conflict", "ask").results == {"api": "created"}


def test_ask_does_not_ask_about_what_cannot_be_chosen(build: Build, push: Push) -> None:
    build.put(page("prov-locked", "Ours"))

    assert push("--on-conflict", "ask").results == {"prov-locked": "conflict"}
