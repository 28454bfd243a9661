"""Asked about a page that was edited by hand: the edits are shown, and what is answered is done."""

import io
from collections.abc import Callable

import pytest

from cli.main import main
from tests.push.building import Build, Push, page, three
from tests.push.edits.editing import (
    Editing,
    live,
    panel_titles,
    retitled,
)
from tests.stand_in import StandIn


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
    by_hand(retitled(1, "Mine"))
    build.put(three(description="next"))
    build.put(page("other"))

    ended, screen = asked(f"{answer}\n")

    assert ended == code
    assert screen.index('panel "Two": title "Two" -> "Mine"') < screen.index("keep theirs, merge, overwrite, or stop")
    assert "api: changed by hand (alice, 20" in screen
    assert panel_titles(grafana) == titles
    assert live(grafana).get("description") == description
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
    by_hand(retitled(1, "Mine"))
    build.put(three(description="next"))

    ended, screen = asked("o\n", meanwhile=lambda: grafana.edit("api", retitled(2, "Mine too")))  # type: ignore[arg-type]

    assert ended == 5
    assert "somebody saved it while you were asked, and theirs is kept" in screen
    assert panel_titles(grafana) == ["One", "Mine", "Mine too"]


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
    by_hand(retitled(1, "Mine"))
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
