"""What pull, status, diff and doctor rely on, asked of a real Grafana where there is one: `conftest.py` says how."""

import json
from pathlib import Path

from cli.artifact import manifest
from tests.contract.browser import edit
from tests.contract.commands import Dash
from tests.contract.site import Json, Site

NEXT = {"description": "Of the source."}
INTO = Path("pulled")


def _retitled(model: Json) -> None:
    model["panels"][1]["title"] = "Mine"


def _files(into: Path = INTO) -> dict[str, bytes]:
    return {str(file.relative_to(into)): file.read_bytes() for file in into.rglob("*.json")}


def test_what_is_pulled_can_be_pushed_again(site: Site, dash: Dash) -> None:
    dash.put("api", "AI/Serving", n=[1, 2.5, None, "é<&>"])
    dash.put("app")
    dash.push()
    assert edit(site, "app", _retitled) == 200
    site.settle("api", "app")
    versions = [site.page(name)["version"] for name in ("api", "app")]
    here: list[str | Path] = ["--folder", site.mark, "--into", INTO]

    if len(site.path("api")) == 1:  # one flat folder each: "mark / AI / Serving" lies in mark/AI/Serving
        assert site.path("app") == [site.mark]
    assert dash("pull", *here).all() == {"api": "created", "app": "created"}
    files = _files()
    assert f"{site.mark}/AI/Serving/{site.uid('api')}.json" in files
    assert dash("pull", *here).all() == {"api": "unchanged", "app": "unchanged"}
    assert _files() == files
    assert dash("push", "--build", INTO, "--folder", "").all() == {"api": "unchanged", "app": "unchanged"}
    assert [site.page(name)["version"] for name in ("api", "app")] == versions

    entry = next(one for one in manifest.read(INTO).pages if one.uid == site.uid("api"))
    page = json.loads((INTO / entry.file).read_text())
    (INTO / entry.file).write_text(json.dumps({**page, **NEXT}))
    assert dash("push", "--build", INTO, "--folder", "").of("api", "result") == "updated"
    assert site.page("api")["description"] == NEXT["description"]
    assert site.path("api")[-1].rpartition(" / ")[2] == "Serving"


def test_status_and_diff_tell_what_a_push_would_find_and_write_nothing(site: Site, dash: Dash) -> None:
    names = ("same", "newer", "edited", "moved", "gone", "left", "theirs")
    for name in names[:-1]:
        dash.put(name, "Old" if name == "moved" else "")
    assert (dash.push().code, dash("status").code, dash("diff").code) == (0, 0, 0)
    site.settle(*names[:-1])
    assert dash("diff").json["pages"] == []
    home = site.live("same")["meta"]["folderUid"]
    site.make({"uid": site.uid("theirs"), "title": f"{site.mark} theirs", "panels": []}, home)
    assert edit(site, "edited", _retitled) == 200
    moved = site.page("moved")
    site.told("POST", "/api/dashboards/db", {"dashboard": moved, "folderUid": home, "message": ""})
    site.told("DELETE", f"/api/dashboards/uid/{site.uid('gone')}")
    dash.put("newer", **NEXT)
    dash.put("theirs")
    dash.drop("left")
    versions = {name: site.page(name)["version"] for name in names if name != "gone"}

    status = dash("status")

    states = status.all("state")
    assert status.code == 1
    assert states.pop("gone") in ("not there", "deleted there")
    assert states == {
        "same": "in step",
        "newer": "ours newer",
        "edited": "edited by hand",
        "moved": "moved by hand",
        "left": "no longer built",
        "theirs": "not ours",
    }
    assert "by hand" in status.of("edited")
    assert status.of("edited", "edits") == 1

    diff = dash("diff")

    assert diff.code == 1
    found = diff.all("edits")
    assert "same" not in found
    assert found.keys() == {"newer", "edited", "moved", "gone", "left", "theirs"}
    assert found["edited"] == [{"where": 'panel "Two"', "what": "title", "from": "Two", "to": "Mine"}]
    assert [edit["what"] for edit in found["moved"]] == ["moved"]
    assert dash("diff", "--only", site.uid("same")).code == 0
    since = dash("diff", site.uid("edited"), "--version", "1")
    assert (since.code, since.all("edits")["edited"]) == (1, found["edited"])
    assert {name: site.page(name)["version"] for name in names if name != "gone"} == versions


def test_the_doctor_finds_nothing_that_an_editor_lacks(site: Site, dash: Dash) -> None:
    dash.put("api", "AI")

    said = dash("doctor")

    checks = {one["name"]: one for one in said.json["checks"]}
    assert said.code == 0, said.out
    assert checks["grafana"]["ok"]
    assert ("/apis" in checks["api"]["said"].partition(";")[0]) == (site.api == "apis")
    assert dash("push").code == 0
    assert dash("doctor").code == 0
    assert site.mark in {one["name"]: one for one in dash("doctor").json["checks"]}["folder"]["said"]
