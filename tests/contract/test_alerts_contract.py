"""What a push of alerts relies on, asked of a real Grafana where there is one, else of stand-ins; swept afterwards.

A real one needs GRAFANA_URL and, in GRAFANA_TOKEN, a service account with the role Admin: an Editor may not provision.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cli.deploy import journal
from tests.command_line import Run, nothing_from_outside
from tests.contract.site import Json, Site
from tests.push.alerts.building import RuleBuild, alert, of, results
from tests.push.building import Push
from tests.push.conftest import say
from tests.stand_in import ProfileName, StandIn

__all__ = ["say"]
REAL = bool(os.environ.get("GRAFANA_URL") and os.environ.get("GRAFANA_TOKEN"))
PLACES = ["real"] if REAL else ["g9", "g11_2", "g11", "g12", "g13_0", "g13"]
RULES = "/api/v1/provisioning/alert-rules"
DONE = (200, 201, 202, 204)


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Each Grafana there is, as somebody who may provision alerting."""
    mark = f"dash-test-{uuid4().hex[:8]}"
    if REAL:
        url, token = os.environ["GRAFANA_URL"], os.environ["GRAFANA_TOKEN"]
        site = Site(url=url, token=token, mark=mark, api="auto", real=True, flush=lambda: None)
        if site.ask("GET", RULES)[0] != 200:
            pytest.skip("this token may not provision alerting")
        yield site
        _sweep(site)
        return
    nothing_from_outside(monkeypatch)
    profile: ProfileName = request.param
    with StandIn(profile) as grafana:
        grafana.add_data_source("prom", "Prometheus", isDefault=True)
        token = grafana.token("Admin")
        yield (site := Site(url=grafana.url, token=token, mark=mark, api="auto", real=False, flush=grafana.flush))
        _sweep(site)
        assert not grafana._state.rules


@pytest.fixture
def made(place: Site, tmp_path: Path) -> RuleBuild:
    """A build whose alerts bear the test's mark."""
    return RuleBuild(tmp_path / "build", place.project)


@pytest.fixture
def push(place: Site, made: RuleBuild, say: Push, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Push:
    """`dash push --alerts` below a folder of the test's own."""
    monkeypatch.setattr(journal, "FOLDER", tmp_path / "pushes")

    def run(*arguments: str) -> Run:
        words = ("push", "--alerts", "--build", str(made.path), "--folder", place.mark, "--output", "json")
        return say(*words, *arguments, url=place.url, token=place.token)

    return run


def _rules(site: Site) -> dict[str, Json]:
    every = site.told("GET", RULES)
    mark = f" of {site.project} "
    return {one["title"]: one for one in every if mark in (one.get("annotations") or {}).get("dash_digest", "")}


def _edit(site: Site, title: str, **more: Any) -> None:
    """Somebody edits a rule past us."""
    rule = {**_rules(site)[title], **more}
    assert site.ask("PUT", f"{RULES}/{rule['uid']}", rule)[0] in DONE


def _sweep(site: Site) -> None:
    for rule in _rules(site).values():
        assert site.ask("DELETE", f"{RULES}/{rule['uid']}")[0] in DONE
    for folder in site.told("GET", "/api/folders?limit=1000"):
        if site.mark in folder["title"]:
            site.ask("DELETE", f"/api/folders/{folder['uid']}")


def test_what_was_pushed_is_read_back_as_it_was_wanted_and_not_written_twice(
    place: Site, made: RuleBuild, push: Push
) -> None:
    made.put(alert("One"), alert("Two", "up == 0", for_="90s"), interval="30s")

    assert results(push("--dry-run")) == {"One": "created", "Two": "created"}
    assert not _rules(place)
    said = push()

    assert (said.code, results(said)) == (0, {"One": "created", "Two": "created"})
    rule = _rules(place)["Two"]
    group = place.told("GET", f"/api/v1/provisioning/folder/{rule['folderUID']}/rule-groups/errors")
    assert (group["interval"], len(group["rules"])) == (30, 2)
    before = _rules(place)
    assert results(push()) == {"One": "unchanged", "Two": "unchanged"}
    assert _rules(place) == before


def test_changes_arrive_edits_are_conflicts_and_what_left_the_build_goes(
    place: Site, made: RuleBuild, push: Push
) -> None:
    made.put(alert("Changed"), alert("Edited"), alert("Gone"))
    push()
    _edit(place, "Edited", **{"for": "1h"})
    made.put(alert("Changed", "errors > 9"), alert("Edited", "errors > 9"), interval="20s")

    said = push("--prune")

    assert (said.code, results(said)) == (5, {"Changed": "updated", "Edited": "conflict", "Gone": "deleted"})
    assert "for: wanted 5m, there 1h" in of(said, "Edited")["edits"]
    assert set(_rules(place)) == {"Changed", "Edited"}
    assert results(push("--on-conflict", "overwrite")) == {"Changed": "unchanged", "Edited": "updated"}
    assert set(results(push()).values()) == {"unchanged"}


def test_a_push_is_taken_back(place: Site, made: RuleBuild, push: Push, say: Push) -> None:
    made.put(alert("Changed"), alert("Gone"))
    push()
    made.put(alert("Changed", "errors > 9"), alert("New"))
    push("--prune")

    said = say("rollback", "--output", "json", url=place.url, token=place.token)

    assert (said.code, results(said)) == (0, {"Changed": "updated", "New": "deleted", "Gone": "created"})
    made.put(alert("Changed"), alert("Gone"))
    assert set(results(push()).values()) == {"unchanged"}


def test_what_is_to_stay_editable_has_no_lock(place: Site, made: RuleBuild, push: Push) -> None:
    made.put(alert("Locked"))
    push()
    made.put(alert("Locked"), alert("Open"), interval="60s")
    push("--keep-editable")

    locks = {
        title: place.told("GET", f"{RULES}/{rule['uid']}").get("provenance", "")
        for title, rule in _rules(place).items()
    }
    assert locks == {"Locked": "api", "Open": ""}
    assert made.path.exists()
