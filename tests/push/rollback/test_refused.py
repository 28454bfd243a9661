"""A rollback that is refused: of another Grafana, of no push, or from what is no journal."""

from pathlib import Path

import pytest

from cli.deploy import journal
from tests.push.building import Build, Push, page
from tests.stand_in import StandIn


def test_a_push_into_another_grafana_is_not_taken_back_here(build: Build, push: Push, say: Push) -> None:
    build.put(page("api"))
    push()
    name = journal.names(journal.FOLDER)[0]
    with StandIn("g11") as other:
        token = other.token("Admin")
        said = say("rollback", name, url=other.url, token=token)
        assert said.code == 2
        assert "that push went to http://127.0.0.1" in said.err
        said = say("rollback", url=other.url, token=token)
        assert said.code == 2
        assert f"no push from here went to {other.url}" in said.err


def test_a_push_into_another_organisation_is_not_taken_back_here(build: Build, push: Push, told: Push) -> None:
    build.put(page("api"))
    push()

    said = told("rollback", "--org", "2")

    assert said.code == 2
    assert "?orgId=2" in said.err


def test_a_push_that_never_was(build: Build, push: Push, told: Push) -> None:
    build.put(page("api"))
    push()

    said = told("rollback", "yesterday")

    assert said.code == 2
    assert "there is no push 'yesterday'" in said.err
    assert "dash rollback --list" in said.err


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"type": "push"}', "half of it"])
def test_a_journal_that_is_none_is_a_clear_error(build: Build, push: Push, told: Push, pushes: Path, text: str) -> None:
    build.put(page("api"))
    push()
    (pushes / journal.names(pushes)[0] / journal.HEAD).write_text(text, encoding="utf-8")

    said = told("rollback")

    assert said.code == 2
    assert "this is no journal that we wrote" in said.err
