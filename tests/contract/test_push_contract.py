"""What a push relies on, asked of a real Grafana where there is one: `conftest.py` says how, and sweeps."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.contract.browser import as_saved, edit
from tests.contract.commands import Dash
from tests.contract.site import Json, Site
from tests.push.building import panel

NEXT = {"description": "Of the source."}
#: Who, when and with which message.
CHANGED = r"changed by hand \((.+), \d{4}-\d\d-\d\d \d\d:\d\d: \"by hand\"\)"
#: From here on a folder may hold two pages of one title.
TITLES_REPEAT = (11, 3)


def _titles(page: Json) -> list[str]:
    return [one["title"] for one in page["panels"]]


def _retitled(at: int, title: str) -> Any:
    return lambda model: model["panels"][at].update(title=title)


def test_what_was_pushed_is_read_back_equal_and_nothing_is_pushed_twice(site: Site, dash: Dash) -> None:
    wanted = dash.put("api", "AI/Serving", n=[1, 2.5, None, True, {}, "é<&>"], refresh="30s")
    dash.put("often", refresh="1s")

    assert dash.push("--dry-run").all() == {"api": "created", "often": "created"}
    assert not site.has("api")
    assert site.mark not in json.dumps(site.told("GET", "/api/folders?limit=1000"))
    assert dash.results("--message", "first") == {"api": "created", "often": "created"}

    page = site.page("api")
    server = {"id": page["id"], "version": page["version"]}
    assert page == {**wanted, **server, "tags": ["ai", f"dash:{site.project}"]}
    before = site.page("often")["version"]
    assert dash.results() == {"api": "unchanged", "often": "unchanged"}
    assert (site.page("api")["version"], site.page("often")["version"]) == (page["version"], before)


def test_pages_are_updated_moved_and_made_again_and_keep_their_history(site: Site, dash: Dash) -> None:
    for name in ("update", "move", "gone", "stay"):
        dash.put(name, "Old")
    dash.push("--message", "first")
    dash.put("update", "Old", **NEXT)
    dash.put("move", "New")
    site.told("DELETE", f"/api/dashboards/uid/{site.uid('gone')}")

    said = dash.push("--message", "second")

    assert said.code == 0
    assert said.all() == {"update": "updated", "move": "moved", "gone": "created", "stay": "unchanged"}
    assert site.page("update")["description"] == NEXT["description"]
    assert site.path("move")[-1].rpartition(" / ")[2] == "New"
    for name in ("update", "move"):
        newest, first = site.versions(name)
        assert (int(newest["version"]), int(first["version"])) == (2, 1)
        assert re.fullmatch(r"dash [0-9a-f]{32}\b.*second", newest["message"], re.DOTALL)
    assert set(dash.results().values()) == {"unchanged"}


def test_folders_are_nested_where_they_can_be_and_each_is_made_once(site: Site, dash: Dash) -> None:
    for number in range(24):
        dash.put(f"page-{number}", f"Team {number % 3}/Serving")

    said = dash.push("--jobs", "8")

    assert set(said.all().values()) == {"created"}
    paths = [tuple(site.path(f"page-{number}")) for number in range(6)]
    flat = len(paths[0]) == 1
    if flat:
        assert paths[:3] == [(f"{site.mark} / Team {number} / Serving",) for number in range(3)]
        assert "this Grafana has no folders in folders" in said.err
    else:
        assert paths[:3] == [(site.mark, f"Team {number}", "Serving") for number in range(3)]
        assert not said.err
    assert paths[3:] == paths[:3]
    roots = [one["title"] for one in site.told("GET", "/api/folders?limit=1000")]
    assert len([title for title in roots if site.mark in title]) == (3 if flat else 1)
    assert set(dash.results().values()) == {"unchanged"}


def test_a_page_whose_title_is_taken_never_replaces_the_other(site: Site, dash: Dash) -> None:
    dash.put("first", title=f"{site.mark} one")
    dash.put("third", title=f"{site.mark} three")
    dash.push()
    first = site.page("first")
    dash.put("second", title=f"{site.mark} One")
    dash.put("third", title=f"{site.mark} ONE")

    said = dash.push("--on-conflict", "overwrite")

    repeat = said.of("second", "result") == "created"
    if release := site.release():
        assert repeat == (release >= TITLES_REPEAT)
    assert said.code == (0 if repeat else 5)
    assert said.all() == {
        "first": "unchanged",
        "second": "created" if repeat else "conflict",
        "third": "updated" if repeat else "conflict",
    }
    assert site.page("first") == first
    assert site.has("second") == repeat
    assert site.page("third")["title"] == f"{site.mark} {'ONE' if repeat else 'three'}"


def test_a_page_of_somebody_else_is_never_written(site: Site, dash: Dash) -> None:
    dash.put("first")
    dash.push()
    folder = site.live("first")["meta"]["folderUid"]
    theirs = {"title": f"{site.mark} theirs", "panels": [], "schemaVersion": 37}
    site.make({**theirs, "uid": site.uid("api")}, folder, "mine")
    site.make({**theirs, "uid": site.uid("app"), "title": f"{site.mark} app", "tags": ["dash:another"]}, folder)
    before = site.page("api"), site.page("app")
    dash.put("api")
    dash.put("app")

    for policy in ("stop", "merge"):
        said = dash.push("--on-conflict", policy)

        assert said.code == 5
        assert said.all() == {"first": "unchanged", "api": "conflict", "app": "conflict"}
        assert "dash did not push this page" in said.of("api")
        assert '"mine"' in said.of("api")
        assert "another project pushes this page" in said.of("app")
        assert (site.page("api"), site.page("app")) == before


# an edit in the browser


def test_a_save_in_the_browser_that_changes_nothing_is_no_conflict(site: Site, dash: Dash) -> None:
    """Everything that the browser writes besides an edit."""
    job = {"name": "job", "type": "custom", "query": "a,b", "current": {"text": "a", "value": "a"}}
    dash.put("api", templating={"list": [job]})
    dash.put("app")
    dash.push()
    assert edit(site, "api", lambda _: None) == 200
    assert edit(site, "app", lambda _: None) == 200
    dash.put("app", **NEXT)

    assert dash.results() == {"api": "unchanged", "app": "updated"}
    assert site.page("app")["description"] == NEXT["description"]


def test_an_edit_is_a_conflict_that_says_who_when_why_and_what(site: Site, dash: Dash) -> None:
    dash.put("api")
    dash.put("next")
    dash.put("other")
    dash.push()
    for name in ("api", "next"):
        assert edit(site, name, _retitled(1, "Mine")) == 200
    before = site.page("api"), site.page("next")
    dash.put("next", **NEXT)
    dash.put("other", **NEXT)

    said = dash.push()

    assert said.code == 5
    assert said.all() == {"api": "conflict", "next": "conflict", "other": "updated"}
    for name in ("api", "next"):
        who = re.match(CHANGED, said.of(name))
        assert who
        assert who[1] == site.live(name)["meta"]["updatedBy"]
        assert said.of(name, "edits") == ['panel "Two": title "Two" -> "Mine"']
    assert (site.page("api"), site.page("next")) == before
    assert edit(site, "api", _retitled(1, "Mine again"), at=1) in (409, 412)  # the browser is told as well


def test_what_becomes_of_an_edit_is_as_it_was_asked(site: Site, dash: Dash) -> None:
    for name in ("taken", "kept", "merged", "both", "lost"):
        dash.put(name, "Old")
    dash.push()
    for name in ("taken", "kept", "merged", "both", "lost"):
        assert edit(site, name, _retitled(1, "Mine")) == 200
        dash.put(name, "Old", **NEXT)
    panels = [panel(1, "One"), panel(2, "Ours", 4), panel(3, "Three", 8)]
    dash.put("both", "Old", panels=panels)
    dash.put("taken", "Old", panels=[panels[0], panel(2, "Mine", 4), panels[2]])
    only = ["--only", site.uid("kept"), "--only", site.uid("taken")]

    kept = dash.push("--on-conflict", "keep", *only)

    assert (kept.code, kept.all()) == (0, {"taken": "unchanged", "kept": "skipped"})
    assert re.search(f"kept as it is there: {CHANGED}", kept.of("kept"))
    assert "description" not in site.page("kept") or not site.page("kept")["description"]

    only = ["--only", site.uid("merged"), "--only", site.uid("both")]
    merged = dash.push("--on-conflict", "merge", *only)

    assert (merged.code, merged.all()) == (5, {"merged": "updated", "both": "conflict"})
    assert "with edits by hand" in merged.of("merged")
    assert merged.of("both", "edits") == ['panel "Two": title "Two" -> "Mine"']
    assert _titles(site.page("both")) == _titles(site.page("merged")) == ["One", "Mine", "Three"]
    assert site.page("merged")["description"] == NEXT["description"]

    # The edit is still one after a second and a third merge, with a new one beside it.
    assert dash.push("--only", site.uid("merged")).code == 5
    assert edit(site, "merged", _retitled(2, "Mine too")) == 200
    for description in ("second", "third"):
        dash.put("merged", "Old", description=description)
        again = dash.push("--on-conflict", "merge", "--only", site.uid("merged"))
        assert again.all() == {"merged": "updated"}
        assert len(again.of("merged", "edits")) == 2
        assert _titles(site.page("merged")) == ["One", "Mine", "Mine too"]
        assert site.page("merged")["description"] == description

    edited = site.page("lost")
    lost = dash.push("--on-conflict", "overwrite", "--only", site.uid("lost"))

    assert (lost.code, lost.all()) == (0, {"lost": "updated"})
    assert re.search(f"overwritten: {CHANGED}", lost.of("lost"))
    assert _titles(site.page("lost")) == ["One", "Two", "Three"]
    backup = [json.loads(path.read_text()) for path in Path("pushes").rglob("*lost*.json")]
    assert any("Mine" in json.dumps(one) for one in backup)
    assert _titles(site.body_of("lost", edited["version"])) == ["One", "Mine", "Three"]
    assert dash("rollback").all() == {"lost": "updated"}
    assert {**site.page("lost"), "version": 0} == {**edited, "version": 0}


def test_a_page_that_was_moved_by_hand_stays_where_it_is(site: Site, dash: Dash) -> None:
    dash.put("api", "Old")
    dash.put("there", "Else")
    dash.push()
    now, there = site.live("api"), site.live("there")["meta"]["folderUid"]
    site.told("POST", "/api/dashboards/db", {"dashboard": now["dashboard"], "folderUid": there, "message": ""})
    dash.put("api", "Old", **NEXT)

    for policy in ("stop", "merge"):
        said = dash.push("--on-conflict", policy)

        assert said.all() == {"api": "conflict", "there": "unchanged"}
        assert "moved by hand" in said.of("api") or "changed by hand" in said.of("api")
        assert site.live("api")["meta"]["folderUid"] == there


def test_no_edit_is_lost_to_saves_of_the_same_moment(site: Site, dash: Dash) -> None:
    """Whoever comes first, and also where a Grafana's check lets both through: what was taken from a person shows.

    A person saves again and again, until the browser is told that somebody else saved the page.
    """
    names = [f"page-{number}" for number in range(8)]
    for name in names:
        dash.put(name)
    dash.push()
    taken: dict[str, str] = {}
    untold: set[str] = set()

    def person(name: str) -> None:
        now = site.live(name)
        model, folder = as_saved(now["dashboard"]), now["meta"]["folderUid"]
        for count in range(6):
            model["panels"][0]["title"] = f"Mine {count}"
            status, said = site.ask("POST", "/api/dashboards/db", {"dashboard": model, "folderUid": folder})
            if status != 200:
                untold.update(() if status in (409, 412) else (name,))  # 500: perhaps it was saved
                return
            taken[name], model["version"] = f"Mine {count}", said["version"]

    for name in names:
        dash.put(name, **NEXT)
    with ThreadPoolExecutor(len(names)) as people:
        busy = people.map(person, names)
        said = dash.push("--jobs", "8")
        list(busy)

    for name in set(names) - untold:
        shows = _titles(site.page(name))[0]
        if name not in taken:
            assert shows == "One"
        elif shows != taken[name]:
            assert "is in its history and could not be put back" in said.of(name)
            past = [site.body_of(name, int(one["version"])) for one in site.versions(name)]
            assert taken[name] in [_titles(one)[0] for one in past]
