"""A page that is there word for word is recognised without its file being read; and nothing else is taken for it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.artifact import text
from cli.deploy import planning
from cli.deploy.compare import is_word_for_word, same
from tests.push.building import Build, Push, page, panel
from tests.push.traffic import reads
from tests.stand_in import StandIn


def _never(*_: object) -> None:
    raise AssertionError("nobody need read this file")


def test_an_unchanged_page_is_one_question_and_its_file_is_not_read(
    build: Build, push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.put(
        page("api", refresh="30s", panels=[panel(1, 'Ä "q" \\ \u2028'), panel(2, "1.5", 4, maxDataPoints=1.5)]), "Team"
    )
    push()
    asked = len(grafana.requests)
    monkeypatch.setattr(planning, "load", _never)

    said = push("--output", "json")

    assert said.json["counts"]["unchanged"] == 1
    assert reads(grafana.requests[asked:], "api") == ["GET /api/dashboards/uid/api"]


def test_a_page_written_in_another_way_is_unchanged_all_the_same(build: Build, push: Push) -> None:
    made = build.put(page("api"), "Team")
    push()
    (build.path / "dashboards" / "api.json").write_text(json.dumps(dict(reversed(made.items())), indent=7))

    assert push().total == "1 page: 1 unchanged"


@pytest.mark.parametrize("where", ["page", "panel", "folder", "file"])
def test_what_differs_anywhere_is_not_overlooked(build: Build, push: Push, grafana: StandIn, where: str) -> None:
    build.put(page("api"), "Team")
    push()
    if where == "page":
        grafana.edit("api", lambda model: model.update(description="By hand"))
    elif where == "panel":
        grafana.edit("api", lambda model: model["panels"][0].update(title="about"))
    elif where == "folder":
        grafana.move("api", "")
    else:
        build.put(page("api", description="New"), "Team")

    assert push("--dry-run").results == {"api": "updated" if where == "file" else "conflict"}


def test_a_page_that_another_one_is_in_the_place_of_is_no_page(build: Build, push: Push) -> None:
    """The manifest says one uid, the file another, and a Grafana may answer to both."""
    build.put(page("api"))
    push()
    file = Path(build.path / "dashboards" / "api.json")
    file.write_bytes(file.read_bytes().replace(b'"uid": "api"', b'"uid": "other"'))

    assert "is not the page api" in push().out


def _live(made: dict[str, Any]) -> dict[str, Any]:
    return {**json.loads(json.dumps(made)), "id": 7, "version": 3, "tags": [*made["tags"], "dash:shop"]}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_the_short_way_never_says_more_than_the_long_one(one: Any, other: Any) -> None:
    ours, theirs = page("api", extra=one), page("api", extra=other)

    assert is_word_for_word(text.of(ours), _live(ours))
    if is_word_for_word(text.of(ours), _live(theirs)):
        assert same(ours, _live(theirs), lambda: "5s")
