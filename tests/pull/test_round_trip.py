"""What was pulled can be pushed: into another Grafana as it was, into the same one without touching anything."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.artifact import MANIFEST, manifest
from tests.command_line import Dash
from tests.push.building import Build, page
from tests.stand_in import StandIn

INTO = Path("pulled")


def _pages(into: Path = INTO) -> dict[str, bytes]:
    return {str(path.relative_to(into)): path.read_bytes() for path in into.rglob("*.json") if path.name != MANIFEST}


@pytest.fixture(autouse=True)
def _made(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    grafana.make_folder("strange", "a/b: c")
    grafana.make_folder("inner", "Team / Serving")
    grafana.make({**page("root"), "tags": None, "refresh": "5s"})
    grafana.make({**page("in", " Überblick "), "limit": 5.0}, "team")
    grafana.make(page("deep"), "inner")
    grafana.make(page("odd"), "strange")


def test_pulled_pushed_elsewhere_and_pulled_again_is_the_same(dash: Dash, grafana: StandIn, another: StandIn) -> None:
    dash(grafana, "pull")
    before = _pages()
    assert len(before) == 4

    assert dash(another, "push", "--build", "pulled").total == "4 pages: 4 created"
    assert dash(another, "pull", "--into", "again").code == 0
    assert _pages(Path("again")) == before
    first, again = manifest.read(INTO), manifest.read(Path("again"))
    assert [(one.uid, one.folder, one.digest) for one in first.pages] == [
        (one.uid, one.folder, one.digest) for one in again.pages
    ]

    assert dash(another, "push", "--build", "again").total == "4 pages: 4 unchanged"
    assert dash(another, "pull").total == "4 pages: 4 unchanged"


def _stored(grafana: StandIn) -> list[tuple[Any, ...]]:
    return [(one.uid, one.version, one.data, one.folder_uid) for one in grafana.pages]


def test_pages_of_others_pushed_back_are_conflicts_and_never_written(dash: Dash, grafana: StandIn) -> None:
    dash(grafana, "pull")
    before = _stored(grafana)
    grafana.edit("root", lambda model: model.update(title="Edited"))
    after = _stored(grafana)

    said = dash(grafana, "push", "--build", "pulled")

    assert said.code == 5
    assert said.results["root"] == "conflict"
    assert set(said.results.values()) == {"conflict"}
    assert "dash did not push this page" in said.why("root")
    assert _stored(grafana) == after != before


def test_pages_of_ours_pushed_back_are_unchanged(dash: Dash, grafana: StandIn, another: StandIn) -> None:
    dash(grafana, "pull")
    dash(another, "push", "--build", "pulled")
    before = _stored(another)
    dash(another, "pull", "--into", "again")

    assert dash(another, "push", "--build", "again").total == "4 pages: 4 unchanged"
    assert _stored(another) == before


def test_an_edit_of_a_pulled_file_is_an_update_of_a_page_of_ours(
    dash: Dash, grafana: StandIn, another: StandIn
) -> None:
    dash(grafana, "pull")
    dash(another, "push", "--build", "pulled")
    dash(another, "pull", "--into", "again")
    file = Path("again/root.json")
    file.write_bytes(file.read_bytes().replace(b'"title": "Root"', b'"title": "Better"'))

    assert dash(another, "push", "--build", "again").results == {"root": "updated"}
    assert dash(another, "pull", "--into", "again").total == "4 pages: 4 unchanged"


def test_an_edit_that_was_pushed_is_no_edit_any_more_however_it_is_laid_out(dash: Dash, another: StandIn) -> None:
    build = Build(Path("build"))
    build.put(page("api"))
    dash(another, "push")
    dash(another, "pull")
    edited = json.loads((INTO / "api.json").read_bytes()) | {"title": "Better"}
    (INTO / "api.json").write_text(json.dumps(edited, indent=4), encoding="utf-8")

    assert dash(another, "push", "--build", "pulled").results == {"api": "updated"}
    assert dash(another, "pull").results == {"api": "updated"}
    assert json.loads((INTO / "api.json").read_bytes()) == edited


def test_a_page_that_left_is_not_pushed_again(dash: Dash, grafana: StandIn, another: StandIn) -> None:
    dash(grafana, "pull")
    grafana.delete("deep")
    dash(grafana, "pull")

    said = dash(another, "push", "--build", "pulled")

    assert said.results["deep"] == "skipped"
    assert "stale: it is no longer where it was pulled from" in said.why("deep")
    assert another.page("deep") is None
