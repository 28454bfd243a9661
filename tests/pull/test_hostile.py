"""A hostile Grafana, and a hostile file: nothing leaves the folder, nothing reaches the terminal."""

import json
from pathlib import Path

import orjson
import pytest

from cli.artifact import MANIFEST, manifest
from cli.artifact.manifest import Manifest, RuleEntry
from tests.command_line import Dash
from tests.push.building import page
from tests.stand_in import StandIn

INTO = Path("pulled")
TITLES = (
    "../../up",
    "..",
    "/etc",
    "a\\b",
    "CON",
    "x" * 300,
    "t.",
    "\x1b[2Jred",
    "\u202egnp.exe",
    ".git",
    "~",
    "aux.json",
)


def _inside() -> set[str]:
    return {str(path.relative_to(INTO)) for path in INTO.rglob("*.json")}


def test_no_title_of_a_folder_leads_out_of_ours(dash: Dash, tmp_path: Path) -> None:
    around = set(tmp_path.iterdir())
    with StandIn("g11") as grafana:
        for number, title in enumerate(TITLES):
            grafana.make_folder(f"f{number}", title)
            grafana.make(page(f"p{number}", title), f"f{number}")

        said = dash(grafana, "pull")

        assert said.code == 0, said.out
        assert "\x1b" not in said.out
        assert "\u202e" not in said.out
        assert len(_inside()) == len(manifest.read(INTO).files()) + 1
        assert set(tmp_path.iterdir()) == {*around, INTO.resolve()}
        parts = {part for name in _inside() for part in Path(name).parts}
        assert not {"..", ".git", "CON", "aux.json"} & parts
        assert max(map(len, parts)) < 110
        assert dash(grafana, "pull").results == {}


def test_twins_have_a_file_each(dash: Dash) -> None:
    with StandIn("g11") as grafana:
        for uid, title in (("one", "AI"), ("two", "ai"), ("three", "Other")):
            grafana.make_folder(uid, title)
        for uid, folder in (("Abc", "three"), ("aBC", "three"), ("x", "one"), ("y", "two"), ("manifest", "")):
            grafana.make(page(uid), folder)

        dash(grafana, "pull")

        found = {name.casefold() for name in _inside()}
        assert len(found) == len(_inside()) == 6 + 2  # and the two pages that a Grafana is provisioned with
        assert manifest.read(INTO).pages

        # a page alone has the name that it has among the others
        before = _inside()
        assert dash(grafana, "pull", "--uid", "Abc").total == "1 page: 1 unchanged"
        assert dash(grafana, "pull", "--folder", "AI").total == "1 page: 1 unchanged"
        assert _inside() == before


def test_a_twin_that_leaves_gives_the_name_back(dash: Dash) -> None:
    with StandIn("g11") as grafana:
        grafana.make(page("Abc"))
        grafana.make(page("aBC"))
        dash(grafana, "pull")
        grafana.delete("aBC")

        assert dash(grafana, "pull").results == {"aBC": "skipped"}
        assert dash(grafana, "pull", "--prune").results == {"Abc": "moved", "aBC": "deleted"}
        assert "Abc.json" in _inside()
        assert dash(grafana, "pull", "--prune").results == {}


def test_a_uid_that_no_grafana_gives_is_not_asked_for(dash: Dash) -> None:
    with StandIn("g11") as grafana:
        grafana.make(page("api"))

        said = dash(grafana, "pull", "--uid", "../../api/admin", "--uid", "api")

        assert said.code == 6
        assert "is no uid that Grafana knows" in said.out
        assert not any("admin" in request.path for request in grafana.requests)
        assert (INTO / "api.json").exists()


@pytest.mark.parametrize("file", ["../outside.json", "/outside.json", "manifest.json", "a/../../outside.json", "x.txt"])
def test_a_manifest_cannot_have_a_file_removed_elsewhere(dash: Dash, grafana: StandIn, file: str) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    outside = Path("outside.json")
    outside.write_bytes((INTO / "api.json").read_bytes())
    said = json.loads((INTO / MANIFEST).read_bytes())
    said["pages"][0]["file"] = file
    (INTO / MANIFEST).write_bytes(orjson.dumps(said))
    grafana.delete("api")

    ended = dash(grafana, "pull", "--prune")

    assert ended.code == 2
    assert "no pull writes a file" in ended.err
    assert outside.exists()


def test_a_link_in_the_folder_is_not_followed_out_of_it(dash: Dash, grafana: StandIn, tmp_path: Path) -> None:
    grafana.make_folder("team", "Team")
    grafana.make(page("api"), "team")
    dash(grafana, "pull")
    target = tmp_path / "elsewhere"
    (INTO / "Team").rename(target)
    (INTO / "Team").symlink_to(target)
    grafana.delete("api")

    assert dash(grafana, "pull", "--prune").code == 2
    assert (target / "api.json").exists()


@pytest.mark.parametrize(
    "text",
    [
        b"{}",
        b"not JSON",
        Manifest(project="shop", partial=True).dump(),
        Manifest(project="shop", rules=(RuleEntry(file="a.yml", groups=("a",), digest="0", source="a.py:1"),)).dump(),
    ],
)
def test_a_manifest_that_no_pull_wrote_is_left_alone(dash: Dash, grafana: StandIn, text: bytes) -> None:
    grafana.make(page("api"))
    INTO.mkdir()
    (INTO / MANIFEST).write_bytes(text)

    said = dash(grafana, "pull")

    assert said.code == 2
    assert "another --into" in said.err
    assert (INTO / MANIFEST).read_bytes() == text
    assert not any("search" in request.path for request in grafana.requests)


def test_a_build_is_never_pulled_over(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    dash(grafana, "pull")
    path = INTO / MANIFEST
    path.write_bytes(path.read_bytes().replace(f"{grafana.url}/d/api".encode(), b"dashboards_py/api.py:1"))

    said = dash(grafana, "pull", "--overwrite", "--prune")

    assert said.code == 2
    assert "pulled/manifest.json: this is a build, and no pull writes over it\n  try: another --into" in said.err


def test_a_manifest_cannot_have_the_file_of_another_page_removed(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    grafana.make(page("app"))
    dash(grafana, "pull")
    path = INTO / MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"file": "app.json"', b'"file": "api.json"'))
    grafana.delete("app")

    assert dash(grafana, "pull", "--prune").results == {"app": "conflict"}
    assert dash(grafana, "pull", "--prune", "--overwrite").results == {"app": "deleted"}
    assert (INTO / "api.json").exists()


@pytest.mark.parametrize("profile", ["g11"])
def test_a_page_that_calls_itself_another_is_what_we_asked_for(dash: Dash, grafana: StandIn) -> None:
    grafana.make(page("api"))
    body = {"dashboard": {**page("../../up"), "version": 3}, "meta": {}}
    grafana.faults.add("GET", "/uid/api$", status=200, body=body)

    dash(grafana, "pull")

    assert json.loads((INTO / "api.json").read_bytes())["uid"] == "api"
    assert _inside() == {"api.json", "manifest.json"}
