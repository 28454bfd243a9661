"""A page against an older version of itself."""

import pytest

from tests.command_line import Dash
from tests.diff.conftest import retitled
from tests.push.building import page
from tests.stand_in import StandIn


@pytest.fixture
def numbers(grafana: StandIn) -> list[str]:
    """A page, saved three times; the numbers of its versions."""
    grafana.make(page("api"))
    grafana.edit("api", retitled)
    grafana.edit("api", lambda model: model.update(description="What it says"))
    made = grafana.page("api")
    assert made
    return [str(made.version + at) for at in (-2, -1, 0)]


def test_what_became_of_a_page_since_a_version(dash: Dash, numbers: list[str]) -> None:
    said = dash("diff", "api", "--version", numbers[0])

    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines() == [
        'api "Api"',
        '  page: description nothing -> "What it says"',
        '  panel "About": title "About" -> "By hand"',
        "2 edits on 1 of 1 page",
    ]


def test_between_two_versions_in_either_direction(dash: Dash, numbers: list[str]) -> None:
    first, second, now = numbers

    assert dash("diff", "api", "--version", first, "--version", second).out.splitlines()[1:-1] == [
        '  panel "About": title "About" -> "By hand"'
    ]
    assert dash("diff", "api", "--version", now, "--version", second).out.splitlines()[1:-1] == [
        '  page: description "What it says" -> nothing'
    ]


def test_the_version_that_it_has_does_not_differ(dash: Dash, numbers: list[str]) -> None:
    assert (dash("diff", "api", "--version", numbers[-1]).code) == 0


def test_the_grafana_can_be_named(dash: Dash, numbers: list[str], grafana: StandIn) -> None:
    assert dash("diff", "api", grafana.url, "--version", numbers[0]).code == 1


def test_a_version_that_is_gone_names_those_that_are_there(dash: Dash, numbers: list[str]) -> None:
    said = dash("diff", "api", "--version", "99")

    assert (said.code, said.out) == (2, "")
    assert "the history of the page holds no version 99" in said.err
    assert f"with N one of {', '.join(numbers)}" in said.err


def test_a_page_that_is_not_there_is_exit_2(dash: Dash) -> None:
    said = dash("diff", "nobody", "--version", "1")

    assert said.code == 2
    assert "there is no page 'nobody' there" in said.err


def test_no_answer_is_exit_4(dash: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAFANA_URL", "http://127.0.0.1:9")

    assert dash("diff", "api", "--version", "1").code == 4
