"""What pages need besides themselves, asked of a real Grafana where there is one: `conftest.py` says how."""

import json

import pytest

from tests.contract.commands import Dash
from tests.contract.site import Site
from tests.push.building import panel

NEXT = {"description": "Of the source."}


def test_pages_are_pinned_to_a_data_source(site: Site, dash: Dash) -> None:
    status, sources = site.ask("GET", "/api/datasources")
    if status == 403:
        pytest.skip("this token may not list the data sources (datasources:read)")
    assert status == 200
    if not sources:
        pytest.skip("this Grafana has no data source")
    source = sources[-1]
    kind, uid = source["type"], source["uid"]
    old = {"type": kind, "uid": site.uid("old")}
    variable = {"name": "ds", "type": "datasource", "query": kind, "current": {"text": "default", "value": "default"}}
    panels = [panel(1, "One", datasource=old, targets=[{"refId": "A", "expr": "up", "datasource": old}])]
    built = dash.put("api", panels=panels, templating={"list": [variable]})
    pins = ["--datasource", f"{kind}={uid}", "--datasource", f"{old['uid']}={uid}"]

    wrong = dash.push("--datasource", f"{kind}={site.uid('none')}")
    assert (wrong.code, site.has("api")) == (2, False)
    assert "warning" in dash.push("--dry-run").err
    assert dash.results(*pins) == {"api": "created"}

    page = site.page("api")
    (one,), (shown,) = page["panels"], page["templating"]["list"]
    assert one["datasource"] == one["targets"][0]["datasource"] == {"type": kind, "uid": uid}
    assert (shown["current"]["text"], shown["current"]["value"]) == (source["name"], uid)
    assert dash.results(*pins) == {"api": "unchanged"}
    assert json.loads((dash.build.path / "dashboards" / f"{site.uid('api')}.json").read_text()) == built


def test_a_library_panel_is_there_before_its_page_and_nobodys_is_overwritten(site: Site, dash: Dash) -> None:
    uid, name = site.uid("lib"), f"{site.mark} Latency"
    model = {"type": "timeseries", "title": "Latency", "targets": [{"refId": "A", "expr": "up"}]}
    file = dash.build.path / "library" / "latency.json"
    place = {"h": 4, "w": 4, "x": 0, "y": 0}
    for page in ("api", "app"):
        dash.put(page, panels=[{"id": 1, "gridPos": place, "libraryPanel": {"uid": uid, "name": name}}])
    path = f"/api/library-elements/{uid}"

    missing = dash.push()
    assert set(missing.all().values()) == {"failed"}
    assert not site.has("api")
    file.parent.mkdir()
    file.write_text(json.dumps({"uid": uid, "name": name, "folder": "Shared", "model": model}))
    assert dash.results() == {"api": "created", "app": "created"}
    made = site.told("GET", path)["result"]
    assert (made["name"], made["model"]["targets"][0]["expr"]) == (name, "up")
    assert made["folderUid"]
    assert dash.results() == {"api": "unchanged", "app": "unchanged"}

    theirs = {"name": name, "kind": 1, "version": made["version"], "folderUid": made["folderUid"]}
    site.told("PATCH", path, {**theirs, "model": {**made["model"], "title": "Mine"}})
    said = dash.push()
    assert (said.code, set(said.all().values())) == (5, {"conflict"})
    assert any("Mine" in edit for edit in said.of("api", "edits"))
    assert dash.push("--on-conflict", "keep").code == 0
    assert site.told("GET", path)["result"]["model"]["title"] == "Mine"
    assert dash.push("--on-conflict", "overwrite").code == 0
    assert site.told("GET", path)["result"]["model"]["title"] == "Latency"
    assert site.told("GET", path)["result"]["folderUid"] == made["folderUid"]
    assert dash("rollback").code == 0
    assert site.told("GET", path)["result"]["model"]["title"] == "Mine"


def test_the_moment_is_marked_on_what_was_written_and_on_nothing_else(site: Site, dash: Dash) -> None:
    dash.put("same")
    dash.put("next")
    dash.push()
    dash.put("next", **NEXT)

    said = dash.push("--annotate", "--message", "Release 7")

    if "have no mark of this push" in said.err:
        pytest.skip(f"this token may not annotate: {said.err.strip()}")
    assert said.all() == {"next": "updated", "same": "unchanged"}
    found = site.told("GET", f"/api/annotations?limit=100&tags=dash:{site.project}")
    assert [(one["text"], set(one["tags"])) for one in found] == [("Release 7", {"dash", f"dash:{site.project}"})]
    assert found[0]["dashboardUID"] == site.uid("next") or found[0]["dashboardId"] == site.page("next")["id"]
