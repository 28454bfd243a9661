"""`dash pull`: pages as files that mirror Grafana's folders, and only what changed is written."""

import json
import re
from pathlib import Path

import orjson
import pytest

from cli.artifact import digest, manifest
from tests.command_line import Dash
from tests.push.building import page
from tests.stand_in import StandIn, ask

INTO = Path("pulled")


def _files() -> dict[str, bytes]:
    return {str(path.relative_to(INTO)): path.read_bytes() for path in sorted(INTO.rglob("*")) if path.is_file()}


def _times() -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in INTO.rglob("*") if path.is_file()}


def test_every_page_becomes_a_file_of_stable_bytes(dash: Dash, grafana: StandIn) -> None:
    grafana.make_folder("team", "Team A")
    grafana.make({**page("cIBgcSjkk", "Überblick"), "tags": ["ai", "dash:shop", "dash:else"]}, "team")
    grafana.make({**page("api"), "refresh": "1m", "limit": 1.0})

    said = dash(grafana, "pull")

    assert said.code == 0
    assert said.results == {"api": "created", "cIBgcSjkk": "created"}
    assert said.total == "2 pages: 2 created"
    assert said.why("cIBgcSjkk") == "created   cIBgcSjkk: Team A/cIBgcSjkk.json"
    assert list(_files()) == ["Team A/cIBgcSjkk.json", "api.json", "manifest.json"]
    text = (INTO / "Team A/cIBgcSjkk.json").read_bytes()
    body = json.loads(text)
    assert body["tags"] == ["ai"]
    assert not {"id", "version"} & body.keys()
    assert text == orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    assert b'"limit": 1,' in (INTO / "api.json").read_bytes()


def test_the_manifest_is_that_of_a_build(dash: Dash, grafana: StandIn) -> None:
    grafana.make_folder("team", "Team A")
    grafana.make(page("api"), "team")

    dash(grafana, "pull")

    made = manifest.read(INTO)
    assert (made.project, made.partial, made.rules) == ("shop", False, ())
    (entry,) = made.pages
    assert (entry.uid, entry.title, entry.folder, entry.file) == ("api", "Api", "Team A", "Team A/api.json")
    assert entry.digest == digest.of(json.loads((INTO / entry.file).read_bytes()), "Team A")
    assert entry.source == f"{grafana.url}/d/api"


def test_nothing_is_written_where_nothing_changed(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    grafana.make(page("app"))
    dash(grafana, "pull")
    before = _times()

    assert dash(grafana, "pull").total == "2 pages: 2 unchanged"
    assert _times() == before

    grafana.edit("app", lambda model: model.update(title="Other"))
    assert dash(grafana, "pull").results == {"app": "updated"}
    assert {name for name, time in _times().items() if time != before[name]} == {
        "pulled/app.json",
        "pulled/manifest.json",
    }


def test_a_page_saved_again_as_it_is_changes_no_file(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    before = _files()
    grafana.edit("api", lambda _: None)

    assert dash(grafana, "pull").total == "1 page: 1 unchanged"
    assert _files() == before


def test_a_page_that_moved_moves_its_file(dash: Dash, grafana: StandIn) -> None:
    grafana.make_folder("team", "Team A")
    grafana.make(page("api"), "team")
    dash(grafana, "pull")
    grafana.move("api", "")

    assert dash(grafana, "pull").results == {"api": "moved"}
    assert list(_files()) == ["api.json", "manifest.json"]
    assert not (INTO / "Team A").exists()


def test_a_page_that_left_keeps_its_file_until_it_is_pruned(dash: Dash, grafana: StandIn) -> None:
    grafana.make_folder("team", "Team A")
    grafana.make(page("api"), "team")
    grafana.make(page("app"))
    dash(grafana, "pull")
    grafana.delete("api")

    said = dash(grafana, "pull")
    assert said.code == 0
    assert said.results == {"api": "skipped"}
    assert "it is no longer where it was pulled from; its file stays, --prune removes it" in said.out
    assert (INTO / "Team A/api.json").exists()
    made = manifest.read(INTO)
    assert [bool(entry.stale) for entry in made.pages] == [True, False]
    assert made.partial

    assert dash(grafana, "pull", "--prune").results == {"api": "deleted"}
    assert list(_files()) == ["app.json", "manifest.json"]
    assert not manifest.read(INTO).partial
    assert dash(grafana, "pull").total == "1 page: 1 unchanged"


def test_only_files_that_a_pull_wrote_are_pruned(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    (INTO / "mine.json").write_text("{}", encoding="utf-8")
    edited = page("api", "Mine")
    (INTO / "api.json").write_text(json.dumps(edited), encoding="utf-8")
    grafana.delete("api")

    said = dash(grafana, "pull", "--prune")

    assert said.code == 5
    assert "its file was edited here; push it, or say --overwrite" in said.why("api")
    assert json.loads((INTO / "api.json").read_bytes()) == edited
    assert dash(grafana, "pull", "--prune", "--overwrite").results == {"api": "deleted"}
    assert list(_files()) == ["manifest.json", "mine.json"]


def test_a_page_that_left_and_came_back_is_no_longer_stale(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    before = _files()
    grafana.delete("api")
    dash(grafana, "pull")
    grafana.make(page("api"))

    assert dash(grafana, "pull").total == "1 page: 1 unchanged"
    assert _files() == before


def test_an_edited_page_that_left_and_came_back_is_no_longer_stale(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    grafana.delete("api")
    dash(grafana, "pull")
    (INTO / "api.json").write_text(json.dumps(page("api", "Mine")), encoding="utf-8")
    grafana.make(page("api"))

    assert dash(grafana, "pull").results == {"api": "skipped"}
    assert [entry.stale for entry in manifest.read(INTO).pages] == [""]


def test_a_page_that_left_and_whose_file_was_removed_is_forgotten(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    grafana.delete("api")
    (INTO / "api.json").unlink()

    assert dash(grafana, "pull").total == "0 pages"
    assert manifest.read(INTO).pages == ()


def test_a_file_that_was_removed_is_written_again(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    before = _files()
    (INTO / "api.json").unlink()

    assert dash(grafana, "pull").results == {"api": "created"}
    assert _files() == before


def test_json_for_scripts(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))

    said = dash(grafana, "pull", "--output", "json").json

    assert said == {
        "type": "pull",
        "version": 1,
        "pages": [{"uid": "api", "title": "Api", "result": "created", "why": "", "file": "api.json"}],
        "counts": said["counts"],
    }
    assert said["counts"]["created"] == sum(said["counts"].values()) == 1


def test_another_folder_for_the_files(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))

    dash(grafana, "pull", "--into", "deep/down")

    assert Path("deep/down/api.json").exists()
    assert not INTO.exists()


def test_a_grafana_without_pages_is_a_folder_without_files(dash: Dash, grafana: StandIn) -> None:
    assert dash(grafana, "pull").total == "0 pages"
    assert dash(grafana, "pull").code == 0
    assert list(_files()) == ["manifest.json"]


@pytest.mark.parametrize("profile", ["g13"])
def test_many_pages_are_read_in_one_call_where_that_can_be(dash: Dash, grafana: StandIn) -> None:
    for number in range(12):
        grafana.make(page(f"p{number}"))
    grafana.delete("p0")

    assert dash(grafana, "pull").total == "11 pages: 11 created"
    assert not [request for request in grafana.requests if request.path.endswith("/p1")]


@pytest.mark.parametrize("profile", ["g13"])
def test_a_page_that_a_late_search_does_not_know_yet_is_not_taken_for_gone(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    grafana.delete("api")
    grafana.flush()
    grafana.make(page("api"))
    grafana.index_lag = float("inf")

    assert dash(grafana, "pull", "--prune").total == "1 page: 1 unchanged"


@pytest.mark.parametrize("profile", ["g13"])
def test_a_page_that_a_list_cannot_show_is_read_alone(dash: Dash, grafana: StandIn) -> None:
    for number in range(12):
        grafana.make(page(f"p{number}"))
    dash(grafana, "pull")
    listing = next(one.path for one in grafana.requests if one.path.startswith("/apis/") and "/dashboards?" in one.path)
    _, said = ask(grafana, "GET", listing)
    said["items"] = said["items"][:11]
    grafana.faults.add("GET", re.escape(listing), status=200, body=said)

    assert dash(grafana, "pull", "--prune").total == "12 pages: 12 unchanged"
