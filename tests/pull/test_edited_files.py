"""`dash pull` over files that somebody edited, or that no pull wrote: nobody's work is lost."""

import json
from pathlib import Path

import pytest

from cli.artifact import manifest
from tests.command_line import Dash
from tests.push.building import page
from tests.stand_in import StandIn

INTO = Path("pulled")


def test_an_edit_of_a_file_is_not_lost(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    edited = json.dumps(page("api", "Mine")).encode()
    (INTO / "api.json").write_bytes(edited)

    said = dash(grafana, "pull")
    assert said.code == 0
    assert said.results == {"api": "skipped"}
    assert (INTO / "api.json").read_bytes() == edited

    grafana.edit("api", lambda model: model.update(title="Theirs"))
    said = dash(grafana, "pull")
    assert said.code == 5
    assert "edited here and in Grafana since it was pulled; push it, or say --overwrite" in said.why("api")
    assert (INTO / "api.json").read_bytes() == edited

    assert dash(grafana, "pull", "--overwrite").results == {"api": "updated"}
    assert json.loads((INTO / "api.json").read_bytes())["title"] == "Theirs"


def test_an_edit_of_a_file_is_not_lost_when_its_page_moves(dash: Dash, grafana: StandIn) -> None:
    grafana.make_folder("team", "Team A")
    grafana.make(page("api"))
    dash(grafana, "pull")
    edited = json.dumps(page("api", "Mine")).encode()
    (INTO / "api.json").write_bytes(edited)
    grafana.move("api", "team")

    assert dash(grafana, "pull").results == {"api": "conflict"}
    assert (INTO / "api.json").read_bytes() == edited
    assert not (INTO / "Team A").exists()


@pytest.mark.parametrize("broken", [b"{", b"[]", b'{"uid": "else"}'])
def test_a_file_that_is_no_page_any_more_is_somebodys_edit_too(dash: Dash, grafana: StandIn, broken: bytes) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    (INTO / "api.json").write_bytes(broken)
    grafana.edit("api", lambda model: model.update(title="Theirs"))

    assert dash(grafana, "pull").results == {"api": "conflict"}
    assert (INTO / "api.json").read_bytes() == broken


def test_a_file_that_no_pull_wrote_is_left_alone(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    grafana.make(page("app"))
    INTO.mkdir()
    (INTO / "api.json").write_text("{}", encoding="utf-8")

    said = dash(grafana, "pull")

    assert said.code == 5
    assert said.results == {"api": "conflict", "app": "created"}
    assert "no pull wrote the file api.json that is there; move it away, or say --overwrite" in said.why("api")
    assert (INTO / "api.json").read_text(encoding="utf-8") == "{}"
    assert manifest.read(INTO).partial
    assert dash(grafana, "pull", "--overwrite").results == {"api": "updated"}
