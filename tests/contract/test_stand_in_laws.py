"""The laws that every Grafana keeps, whatever a recording happens to show.

Long because every law of the server has its own test.
"""

import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.stand_in import ProfileName, RefusedError, StandIn, ask, send

SAVE = "/api/dashboards/db"


@pytest.fixture(params=["g9", "g11"])
def grafana(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    profile: ProfileName = request.param
    with StandIn(profile=profile) as grafana:
        yield grafana


@pytest.fixture
def newer() -> Iterator[StandIn]:
    with StandIn(profile="g11") as grafana:
        yield grafana


def save(grafana: StandIn, uid: str, version: int | None = None, **more: Any) -> tuple[int, Any]:
    model = {"uid": uid, "title": uid.title(), "panels": [], **more.pop("model", {})}
    if version is not None:
        model["version"] = version
    return ask(grafana, "POST", SAVE, {"dashboard": model, **more})


def get(grafana: StandIn, uid: str) -> Any:
    status, body = ask(grafana, "GET", f"/api/dashboards/uid/{uid}")
    assert status == 200
    return body


@pytest.mark.parametrize("version", [None, 0, 1, 99])
def test_an_unknown_uid_is_created_as_version_1_whatever_version_is_sent(grafana: StandIn, version: int | None) -> None:
    status, body = save(grafana, "new", version)
    assert (status, body["version"]) == (200, 1)


def test_what_was_read_can_be_saved_once(grafana: StandIn) -> None:
    save(grafana, "page")
    model = get(grafana, "page")["dashboard"]
    assert ask(grafana, "POST", SAVE, {"dashboard": model})[0] == 200
    status, body = ask(grafana, "POST", SAVE, {"dashboard": model})
    assert (status, body["status"]) == (412, "version-mismatch")


def test_a_missing_version_conflicts(grafana: StandIn) -> None:
    save(grafana, "page")
    assert save(grafana, "page")[0] == 412
    assert save(grafana, "page", overwrite=True)[1]["version"] == 2


def test_a_save_without_a_folder_moves_the_page_to_the_root(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    save(grafana, "page", folderUid="team")
    assert get(grafana, "page")["meta"]["folderUid"] == "team"
    save(grafana, "page", 1)
    assert get(grafana, "page")["meta"]["folderUid"] == ""


@pytest.mark.parametrize(
    ("version", "more"),
    [
        (7, {}),
        (None, {}),
        (1, {"model": {"title": " "}}),
        (1, {"folderUid": "nowhere"}),
        (1, {"message": 5}),
        (1, {"model": {"id": 999}}),
    ],
)
def test_a_failed_save_changes_nothing(grafana: StandIn, version: int | None, more: dict[str, Any]) -> None:
    save(grafana, "page")
    before = grafana.pages
    assert save(grafana, "page", version, **more)[0] >= 400
    assert grafana.pages == before


@pytest.mark.usefixtures("often_switching")
def test_of_concurrent_saves_with_equal_version_exactly_one_wins(grafana: StandIn) -> None:
    save(grafana, "page")
    for version in range(1, 11):
        start, statuses = threading.Barrier(8, timeout=30), list[int]()

        def rival(version: int = version, start: threading.Barrier = start, said: list[int] = statuses) -> None:
            start.wait()
            said.append(save(grafana, "page", version)[0])

        # no pool: one that thinks a thread idle starts too few of them, and the others wait for ever
        rivals = [threading.Thread(target=rival) for _ in range(8)]
        for one in rivals:
            one.start()
        for one in rivals:
            one.join()
        assert sorted(statuses) == [200] + [412] * 7
        assert get(grafana, "page")["dashboard"]["version"] == version + 1


@pytest.fixture
def often_switching() -> Iterator[None]:
    """Threads that take turns so often that a missing lock shows."""
    usual = sys.getswitchinterval()
    if sys.gettrace() is None:  # whoever traces every line of a thread does not get it started in so short a turn
        sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(usual)


def test_an_edit_that_slips_into_a_save_is_overwritten_but_kept_in_the_history(
    grafana: StandIn,
) -> None:
    save(grafana, "page")
    grafana.edit_during_save("page", lambda model: model.update(by="hand"))
    assert save(grafana, "page", 1, model={"by": "push"})[1]["version"] == 3
    stored = grafana.page("page")
    assert stored
    assert [entry.data.get("by") for entry in stored.history] == [None, "hand", "push"]


def test_a_deleted_page_comes_back_as_a_new_one(grafana: StandIn) -> None:
    first = save(grafana, "page")[1]["id"]
    save(grafana, "page", 1)
    assert ask(grafana, "DELETE", "/api/dashboards/uid/page")[0] == 200
    status, body = save(grafana, "page", 2)
    assert (status, body["version"]) == (200, 1)
    assert body["id"] > first


def test_numbers_keep_their_kind(grafana: StandIn) -> None:
    save(grafana, "page", model={"whole": 1, "real": 1.0, "yes": True})
    model = get(grafana, "page")["dashboard"]
    assert [repr(model[key]) for key in ("whole", "real", "yes")] == ["1", "1.0", "True"]


def test_an_edit_by_hand_is_another_users_next_version(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    save(grafana, "page", folderUid="team")
    grafana.edit("page", lambda model: model.update(title="Mine"), by="bob", message="tried")
    page = get(grafana, "page")
    assert page["dashboard"]["title"] == "Mine"
    assert [page["meta"][key] for key in ("version", "updatedBy", "folderUid")] == [2, "bob", "team"]
    grafana.move("page", "", by="bob")
    assert get(grafana, "page")["meta"]["folderUid"] == ""
    grafana.delete("page")
    assert grafana.page("page") is None


def test_no_edit_by_hand_of_a_page_from_a_file(grafana: StandIn) -> None:
    with pytest.raises(RefusedError, match="provisioned"):
        grafana.edit("prov-locked", lambda model: model.update(title="Mine"))


def test_the_clean_up_keeps_20_versions(grafana: StandIn) -> None:
    for version in range(25):
        save(grafana, "page", version)
    grafana.clean_up()
    stored = grafana.page("page")
    assert stored
    assert [entry.version for entry in stored.history] == list(range(6, 26))


@pytest.mark.parametrize(("role", "expected"), [("Viewer", 403), ("Editor", 200), ("Admin", 200)])
def test_a_role_decides_who_may_save(grafana: StandIn, role: str, expected: int) -> None:
    body = {"dashboard": {"uid": "page", "title": "Page"}}
    assert ask(grafana, "POST", SAVE, body, grafana.token(role))[0] == expected


def test_what_others_made_is_forbidden_until_the_grants_are_read_again(
    grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, path = grafana.token("Viewer"), "/api/dashboards/uid/page"
    ask(grafana, "GET", "/api/search", token=token)
    save(grafana, "page")
    assert ask(grafana, "GET", path, token=token)[0] == 403
    later = time.monotonic() + 60
    monkeypatch.setattr("tests.stand_in.permissions.time.monotonic", lambda: later)
    assert ask(grafana, "GET", path, token=token)[0] == 200


def test_a_fault_strikes_the_nth_match_in_place_of_an_answer(grafana: StandIn) -> None:
    grafana.faults.add(
        "POST", "dashboards/db", nth=2, status=429, body={"message": "slow"}, headers={"Retry-After": "3"}
    )
    assert save(grafana, "one")[0] == 200
    status, headers, text = send(grafana, "POST", SAVE, {"dashboard": {"title": "Two"}})
    assert (status, headers["Retry-After"], json.loads(text)) == (429, "3", {"message": "slow"})
    assert save(grafana, "three")[0] == 200
    assert [page.title for page in grafana.pages if not page.provisioned] == ["One", "Three"]
    assert grafana.faults.waiting == []


def test_a_login_page_can_stand_in_the_way(grafana: StandIn) -> None:
    grafana.faults.add("GET", "/api/org", status=302, headers={"Location": "/login"})
    grafana.faults.add("GET", "/api/org", nth=2, status=200, body="<html>Log in</html>")
    status, headers, _ = send(grafana, "GET", "/api/org")
    assert (status, headers["Location"]) == (302, "/login")
    status, headers, text = send(grafana, "GET", "/api/org")
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/html")
    assert text == "<html>Log in</html>"


@pytest.mark.parametrize("applied", [False, True])
def test_a_dropped_connection_may_hide_a_save_that_was_done(grafana: StandIn, *, applied: bool) -> None:
    grafana.faults.add("POST", SAVE, drop=True, applied=applied)
    with pytest.raises(http.client.RemoteDisconnected):
        save(grafana, "page")
    assert (grafana.page("page") is not None) == applied


def test_a_delay_and_the_latency_make_a_request_wait(grafana: StandIn) -> None:
    grafana.latency = 0.02
    grafana.faults.add("GET", "/api/health", delay=0.05)
    before = time.monotonic()
    assert ask(grafana, "GET", "/api/health")[0] == 200
    assert time.monotonic() - before >= 0.07


def test_the_log_has_every_request(grafana: StandIn) -> None:
    save(grafana, "page")
    ask(grafana, "GET", "/api/search?query=page")
    saved, searched = grafana.requests
    assert (saved.method, saved.path, saved.body["dashboard"]["uid"]) == ("POST", SAVE, "page")
    assert (searched.method, searched.path, searched.body) == ("GET", "/api/search?query=page", None)


def test_leaving_ends_all_threads_also_of_a_connection_kept_open(
    capfd: pytest.CaptureFixture[str],
) -> None:
    threads = set(threading.enumerate())
    with StandIn() as grafana:
        kept = http.client.HTTPConnection(urlsplit(grafana.url).netloc, timeout=10)
        kept.request("GET", "/api/health")
        kept.getresponse().read()
        assert set(threading.enumerate()) > threads
    kept.close()
    assert set(threading.enumerate()) == threads
    assert capfd.readouterr() == ("", "")


def test_the_newer_profile_allows_equal_titles(newer: StandIn) -> None:
    for uid in ("one", "two"):
        status, body = save(newer, uid, model={"title": "Same"})
        assert (status, body["folderUid"]) == (200, "")


def test_the_newer_profile_nests_folders(newer: StandIn) -> None:
    for uid, parent in (("a", ""), ("b", "a"), ("c", "b"), ("d", "c")):
        assert make_folder(newer, uid, parent)[0] == 200
    status, body = make_folder(newer, "e", "d")
    assert (status, body["messageId"]) == (400, "folder.maximum-depth-reached")
    assert make_folder(newer, "e", "nowhere")[0] == 404
    shown = ask(newer, "GET", "/api/folders/c")[1]
    assert (shown["parentUid"], [one["uid"] for one in shown["parents"]]) == ("b", ["a", "b"])
    assert [one["uid"] for one in ask(newer, "GET", "/api/folders")[1]] == ["a"]
    assert [one["uid"] for one in ask(newer, "GET", "/api/folders?parentUid=b")[1]] == ["c"]
    status, body = ask(newer, "POST", "/api/folders/a/move", {"parentUid": "c"})
    assert (status, body["messageId"]) == (400, "folder.circular-reference")
    assert ask(newer, "POST", "/api/folders/c/move", {"parentUid": ""})[1].get("parentUid") is None
    save(newer, "page", folderUid="d")
    assert ask(newer, "GET", "/api/folders/c/counts")[1] == {"folder": 1, "dashboard": 1}
    assert ask(newer, "DELETE", "/api/folders/c")[1] == {"message": "Folder deleted"}
    assert [page.uid for page in newer.pages if not page.provisioned] == ["a", "b"]


def make_folder(grafana: StandIn, uid: str, parent: str) -> tuple[int, Any]:
    body = {"uid": uid, "title": "Folder", "parentUid": parent}
    return ask(grafana, "POST", "/api/folders", body)


def test_the_newer_profile_wraps_versions_and_restores_them(newer: StandIn) -> None:
    save(newer, "page", model={"number": 1})
    save(newer, "page", 1, model={"number": 2})
    status, body = ask(newer, "POST", "/api/dashboards/uid/page/restore", {"version": 1})
    assert (status, body["version"]) == (200, 3)
    listed = ask(newer, "GET", "/api/dashboards/uid/page/versions")[1]["versions"]
    assert [entry["message"] for entry in listed] == ["Restored from version 1", "", "Initial save"]
    assert get(newer, "page")["dashboard"]["number"] == 1


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"model": {"title": "T" * 5001}}, "title cannot contain more than"),
        ({"message": "m" * 501}, "message too long"),
        ({"isFolder": True}, "Use folders endpoint"),
    ],
)
def test_the_newer_profile_refuses_what_the_older_takes(newer: StandIn, more: dict[str, Any], message: str) -> None:
    status, body = save(newer, "page", **more)
    assert status == 400
    assert message in body["message"]
