"""What a test can put into the stand-in, and see of it: by hand, and by the endpoints beside the pages."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.stand_in import PROFILES, Placed, RefusedError, StandIn, ask, send
from tests.stand_in import post_page as save
from tests.stand_in import read_page as get

LIBRARY = "/api/library-elements"
ANNOTATIONS = "/api/annotations"
LATENCY: dict[str, Any] = {"type": "timeseries", "title": "Latency"}


@pytest.fixture(params=PROFILES)
def grafana(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    with StandIn(request.param) as grafana:
        yield grafana


@pytest.fixture
def old() -> Iterator[StandIn]:
    with StandIn("g9") as grafana:
        yield grafana


@pytest.fixture(params=["g11_2", "g11", "g12", "g13_0", "g13"])
def newer(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    with StandIn(request.param) as grafana:
        yield grafana


# the whole


def test_what_there_is_can_be_compared(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    grafana.make({"uid": "page", "title": "Page", "n": 1}, "team")
    grafana.add_library_panel("latency", LATENCY, "team")
    before = grafana.state
    assert before.pages["page"] == Placed({"uid": "page", "title": "Page", "n": 1}, "team")
    assert before.folders == {"team": ("Team", "")}
    assert before.library == {"latency": Placed(LATENCY, "team")}

    grafana.edit("page", lambda model: model.update(n=2))
    assert grafana.state != before
    grafana.edit("page", lambda model: model.update(n=1))
    assert grafana.state == before
    grafana.move("page", "")
    assert grafana.state != before


def test_a_snapshot_does_not_change_with_the_server(grafana: StandIn) -> None:
    grafana.make({"uid": "page", "title": "Page", "panels": [{"id": 1}]})
    before = grafana.state
    before.pages["page"].body["panels"][0]["id"] = 2
    assert grafana.state != before


def test_a_page_may_come_from_a_file_at_any_time(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    grafana.provision({"uid": "page", "title": "Page"}, "team")
    status, body = save(grafana, "page", 1, model={"n": 1}, folderUid="team")
    assert (status, body["message"]) == (400, "Cannot save provisioned dashboard")
    assert "status" not in body
    assert ask(grafana, "DELETE", "/api/dashboards/uid/page")[0] == 400
    assert ask(grafana, "GET", "/api/dashboards/uid/page")[1]["meta"]["provisioned"]


def test_a_token_may_lack_what_its_role_has(grafana: StandIn) -> None:
    token = grafana.token("Admin", without=("folders:create", "dashboards:delete"))
    told = ask(grafana, "GET", "/api/access-control/user/permissions", None, token)[1]
    assert "folders:delete" in told
    assert not {"folders:create", "dashboards:delete"} & told.keys()
    assert ask(grafana, "POST", "/api/folders", {"title": "Team"}, token)[0] == 403


@pytest.mark.parametrize("uid", ["../../etc/passwd", "a\0b", "CON", "u" * 300])
def test_what_no_grafana_would_take_can_be_planted(grafana: StandIn, uid: str) -> None:
    grafana.plant("team/../..", "\x1b[31mTeam", is_folder=True)
    grafana.plant(uid, "\x1b[31mPage", "team/../..", n=1)
    grafana.flush()
    said = get(grafana, quote(uid, safe=""))
    assert (said["dashboard"]["uid"], said["dashboard"]["n"], said["meta"]["folderUid"]) == (uid, 1, "team/../..")
    assert [hit["uid"] for hit in ask(grafana, "GET", "/api/search?type=dash-db&query=Page")[1]] == [uid]
    assert [one["uid"] for one in ask(grafana, "GET", "/api/folders")[1]] == ["team/../.."]


# data sources


def test_data_sources_can_be_set(grafana: StandIn) -> None:
    grafana.add_data_source("prom", "Prometheus", isDefault=True)
    grafana.add_data_source("logs", "loki", "loki")
    listed = ask(grafana, "GET", "/api/datasources", token=grafana.token("Viewer"))[1]
    shown = [(one["uid"], one["name"], one["type"], one["isDefault"]) for one in listed]
    assert shown == [("logs", "loki", "loki", False), ("prom", "Prometheus", "prometheus", True)]
    assert ask(grafana, "GET", "/api/datasources/uid/prom")[1]["name"] == "Prometheus"
    with pytest.raises(RefusedError, match="uid already exists"):
        grafana.add_data_source("prom", "Another")


def test_the_plugin_of_prometheus_has_learned_how_it_is(old: StandIn, newer: StandIn) -> None:
    for grafana in (old, newer):
        grafana.add_data_source("prom")
    path = "/api/datasources/uid/prom/health"
    assert [ask(grafana, "GET", path)[0] for grafana in (old, newer)] == [404, 200]


# library panels


def make(grafana: StandIn, uid: str, token: str = "", **more: Any) -> tuple[int, Any]:
    body = {"uid": uid, "name": uid.title(), "kind": 1, "model": LATENCY, **more}
    return ask(grafana, "POST", LIBRARY, body, token)


def patch(grafana: StandIn, uid: str, version: int, **more: Any) -> tuple[int, Any]:
    return ask(grafana, "PATCH", f"{LIBRARY}/{uid}", {"kind": 1, "version": version, **more})


def test_a_library_panel_counts_its_saves(grafana: StandIn) -> None:
    assert make(grafana, "latency")[1]["result"]["version"] == 1
    changed = {**LATENCY, "title": "Slow"}
    assert patch(grafana, "latency", 1, model=changed)[1]["result"]["version"] == 2
    status, body = patch(grafana, "latency", 1, model=LATENCY)
    assert (status, "status" in body) == (412, False)
    grafana.edit_library_panel("latency", lambda model: model.update(title="Mine"))
    element = grafana.library_panel("latency")
    assert element
    assert (element.version, element.model["title"]) == (3, "Mine")


def test_a_library_panel_that_names_no_folder_says_the_root_but_stays(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    make(grafana, "latency", folderUid="team")
    assert patch(grafana, "latency", 1)[1]["result"]["folderUid"] == ""
    element = grafana.library_panel("latency")
    assert element
    assert element.folder_uid == "team"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"uid": "latency", "name": "Other"}, 400),
        ({"uid": "other", "name": "Latency"}, 400),
        ({"uid": "other", "name": "Latency", "kind": 2}, 200),
        ({"uid": "a b"}, 400),
        ({"uid": "u" * 41}, 400),
        ({"uid": "other", "folderUid": "nowhere"}, 400),
        ({"uid": "other", "kind": 3}, 500),
    ],
)
def test_a_library_panel_that_cannot_be(grafana: StandIn, more: dict[str, Any], status: int) -> None:
    make(grafana, "latency")
    assert make(grafana, **{"uid": "other", **more})[0] == status


def test_a_library_panel_that_a_page_shows_stays(grafana: StandIn) -> None:
    make(grafana, "latency")
    row = {"type": "row", "panels": [{"id": 2, "libraryPanel": {"uid": "latency", "name": "Latency"}}]}
    assert save(grafana, "page", model={"panels": [row]})[0] == 200
    connected = ask(grafana, "GET", f"{LIBRARY}/latency/connections/")[1]["result"]
    assert [one["connectionUid"] for one in connected] == ["page"]
    assert ask(grafana, "DELETE", f"{LIBRARY}/latency")[0] == 403
    save(grafana, "page", 1)
    assert ask(grafana, "DELETE", f"{LIBRARY}/latency")[0] == 200


def test_a_page_with_an_unknown_library_panel_is_stored_and_older_ones_say_500(grafana: StandIn) -> None:
    panel = {"id": 1, "libraryPanel": {"uid": "nope", "name": "n"}}
    unified = grafana.page("prov-open") is not None and "13." in ask(grafana, "GET", "/api/health")[1]["version"]
    assert save(grafana, "page", model={"panels": [panel]})[0] == (200 if unified else 500)
    assert grafana.page("page")


@pytest.mark.parametrize(("role", "status"), [("Viewer", 403), ("Editor", 200)])
def test_a_role_decides_who_may_make_library_panels(grafana: StandIn, role: str, status: int) -> None:
    token = grafana.token(role)
    assert make(grafana, "latency", token)[0] == status
    make(grafana, "errors")
    assert ask(grafana, "DELETE", f"{LIBRARY}/errors", token=token)[0] == status
    assert ask(grafana, "GET", LIBRARY, token=token)[0] == 200


def test_the_library_is_paged_and_asked_for_one_folder_in_two_ways(old: StandIn, newer: StandIn) -> None:
    for grafana in (old, newer):
        grafana.make_folder("team", "Team")
        folder = grafana.page("team")
        assert folder
        for uid, where in (("a", "team"), ("b", ""), ("c", "team")):
            make(grafana, uid, folderUid=where)
        query = f"folderFilter={folder.id}" if grafana is old else "folderFilterUIDs=team"
        assert uids(grafana, query) == ["a", "c"]
        assert uids(grafana, "perPage=2&page=2") == ["c"]
    assert uids(old, "folderFilterUIDs=team") == ["a", "b", "c"]
    assert uids(newer, "folderFilterUIDs=general") == ["b"]


def uids(grafana: StandIn, query: str) -> list[str]:
    return [one["uid"] for one in ask(grafana, "GET", f"{LIBRARY}?{query}")[1]["result"]["elements"]]


# folders that hold more than pages


def test_a_folder_with_alert_rules_wants_force(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    grafana.add_alert_rule("slow", "team")
    assert ask(grafana, "DELETE", "/api/folders/team")[0] == 400
    assert ask(grafana, "GET", "/api/v1/provisioning/alert-rules")[1][0]["folderUID"] == "team"
    assert send(grafana, "DELETE", "/api/folders/team?forceDeleteRules=true")[0] == 200
    assert ask(grafana, "GET", "/api/v1/provisioning/alert-rules")[1] == []


def test_a_folder_takes_its_library_panels_along_unless_they_are_shown(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    make(grafana, "latency", folderUid="team")
    save(grafana, "page", model={"panels": [{"id": 1, "libraryPanel": {"uid": "latency", "name": "Latency"}}]})
    grafana.make_folder("other", "Other")
    assert send(grafana, "DELETE", "/api/folders/other")[0] == 200
    assert ask(grafana, "DELETE", "/api/folders/team")[0] == 403
    save(grafana, "page", 1)
    assert send(grafana, "DELETE", "/api/folders/team")[0] == 200
    assert grafana.library_panel("latency") is None


def test_what_a_folder_holds_can_be_counted(newer: StandIn) -> None:
    newer.make_folder("team", "Team")
    newer.make_folder("inner", "Inner", "team")
    make(newer, "latency", folderUid="inner")
    newer.add_alert_rule("slow", "inner")
    assert ask(newer, "GET", "/api/folders/team/counts")[1] == {
        "folder": 1,
        "dashboard": 0,
        "library_elements": 1,
        "alertrule": 1,
    }


# annotations


def test_an_annotation_is_found_by_tags_page_and_time(grafana: StandIn) -> None:
    save(grafana, "page")
    for at, tags, uid in ((1000, ["deploy", "dash"], "page"), (2000, ["deploy"], ""), (3000, ["dash"], "unknown")):
        body = {"text": f"at {at}", "time": at, "tags": tags, "dashboardUID": uid}
        assert ask(grafana, "POST", ANNOTATIONS, body)[0] == 200
    assert times(grafana, "") == [3000, 2000, 1000]
    assert times(grafana, "tags=deploy&tags=dash") == [1000]
    assert times(grafana, "tags=deploy&tags=dash&matchAny=true") == [3000, 2000, 1000]
    assert times(grafana, "from=1500&to=2500") == [2000]
    assert times(grafana, "dashboardUID=page") == [1000]
    assert times(grafana, "limit=1") == [3000]
    assert times(grafana, "type=alert") == []
    assert ask(grafana, "GET", f"{ANNOTATIONS}?dashboardUID=unknown")[0] == 400
    assert [mark.text for mark in grafana.annotations] == ["at 1000", "at 2000", "at 3000"]


def times(grafana: StandIn, query: str) -> list[int]:
    return [one["time"] for one in ask(grafana, "GET", f"{ANNOTATIONS}?{query}")[1]]


def test_an_annotation_said_twice_is_two_and_without_a_time_it_is_now(grafana: StandIn) -> None:
    grafana.clock.turn(3600)
    for _ in range(2):
        ask(grafana, "POST", ANNOTATIONS, {"text": "push"})
    assert len(grafana.annotations) == 2
    assert abs(grafana.annotations[0].start - grafana.clock.milliseconds()) < 60_000


def test_who_only_views_may_not_mark_the_organisation(grafana: StandIn) -> None:
    save(grafana, "page")
    token = grafana.token("Viewer")
    assert ask(grafana, "POST", ANNOTATIONS, {"text": "push"}, token)[0] == 403
    assert ask(grafana, "POST", ANNOTATIONS, {"text": "push", "dashboardUID": "page"}, token)[0] == 200


def test_an_annotation_has_not_room_for_many_tags(grafana: StandIn) -> None:
    status, body = ask(grafana, "POST", ANNOTATIONS, {"text": "push", "tags": ["t" * 501]})
    assert (status, body["messageId"]) == (400, "annotations.tag-limit-exceeded")
