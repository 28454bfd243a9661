"""How far a push is, for who sits at a terminal and for nobody else."""

import sys

import pytest

from tests.command_line import Run
from tests.push.building import Build, Push, page


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, push: Push) -> Push:
    """The command line for somebody who sits there: asked late, for a test is listened to anew when it begins."""

    def run(*arguments: str) -> Run:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        return push(*arguments)

    return run


@pytest.mark.parametrize("profile", ["g11"])
def test_a_terminal_counts_pages_and_is_left_clean(build: Build, terminal: Push) -> None:
    build.put(page("api"))
    build.put(page("app"))

    said = terminal()

    assert "\r1 of 2 pages\r2 of 2 pages" in said.err
    assert said.err.endswith("\r\x1b[K")
    assert "\r" not in said.out


@pytest.mark.parametrize("profile", ["g11"])
def test_a_script_at_a_terminal_is_not_disturbed(build: Build, terminal: Push) -> None:
    build.put(page("api"))

    assert terminal("--output", "json").err == ""


@pytest.mark.parametrize("profile", ["g11"])
def test_without_a_terminal_there_is_a_line_for_each_page_and_no_more(build: Build, push: Push) -> None:
    build.put(page("api"))

    said = push()

    assert said.err == ""
    assert said.out.splitlines() == ["created   api: Api", "1 page: 1 created"]
