"""What a real browser saves, asked of a real Grafana where there is one: `conftest.py` says how, and sweeps."""

import json
from pathlib import Path

import pytest

from tests.contract.commands import Dash
from tests.contract.site import Site

SAVES = Path(__file__).parents[3] / "shared" / "oracles" / "grafana-9.4" / "ui_saves"


@pytest.mark.skipif(not SAVES.is_dir(), reason=f"what a real Grafana saved is not there: {SAVES}")
def test_what_a_real_browser_saved_is_its_one_edit_and_merges(site: Site, dash: Dash) -> None:
    """Pages as a real 9.4 stored them, each after one edit: pushed, saved over, and pushed again."""
    pushed = json.loads((SAVES / "pushed.json").read_text())
    edits = {
        "description": 'page: description "A page." -> "Edited by hand."',
        "panel_title": 'panel "Latency": title "Latency" -> "Latency by hand"',
        "panel_resized": 'panel "About": resized 8x6 -> 13x8',
        "panel_duplicated": 'panel "About" (201): added',
        "row_collapsed": 'row "Is it healthy?": collapsed',
        "time_range": 'page: refresh "30s" -> "5m"',
    }
    source = {key: value for key, value in pushed.items() if key not in ("id", "version", "uid", "title", "tags")}
    for name in edits:
        dash.put(name, **source)
    assert set(dash.results().values()) == {"created"}
    assert set(dash.results().values()) == {"unchanged"}
    for name in edits:
        saved = json.loads((SAVES / f"{name}.json").read_text())
        mine = ("id", "uid", "version", "title", "tags")
        now = site.live(name)
        model = {**saved, **{key: now["dashboard"][key] for key in mine}}
        folder = now["meta"]["folderUid"]
        site.told("POST", "/api/dashboards/db", {"dashboard": model, "folderUid": folder, "message": "by hand"})
        dash.put(name, **source | {"links": []})

    said = dash.push()

    assert said.code == 5
    assert said.all("edits") == {name: [edit] for name, edit in edits.items()}
    merged = dash.push("--on-conflict", "merge")
    assert (merged.code, set(merged.all().values())) == (0, {"updated"})
    assert merged.all("edits") == {name: [edit] for name, edit in edits.items()}
    assert not any(site.page(name)["links"] for name in edits)
    assert site.page("time_range")["refresh"] == "5m"
    assert site.page("description")["description"] == "Edited by hand."
    assert dash.push("--on-conflict", "merge").all() == dict.fromkeys(edits, "unchanged")
