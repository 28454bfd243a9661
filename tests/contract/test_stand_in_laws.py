"""The laws that every Grafana keeps, whatever a recording happens to show."""

import http.client
import json
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.stand_in import PROFILES, ProfileName, RefusedError, StandIn, ask
from tests.stand_in import post_page as save
from tests.stand_in import read_page as get

SAVE = "/api/dashboards/db"
CONFLICT = (409, 412)


@pytest.fixture(params=PROFILES)
def grafana(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    profile: ProfileName = request.param
    with StandIn(profile=profile) as grafana:
        yield grafana


@pytest.mark.parametrize("version", [None, 0, 1, 99])
def test_an_unknown_uid_is_created_as_version_1_whatever_version_is_sent(grafana: StandIn, version: int | None) -> None:
    status, body = save(grafana, "new", version)
    assert (status, body["version"]) == (200, 1)


def test_what_was_read_can_be_saved_once(grafana: StandIn) -> None:
    save(grafana, "page")
    model = get(grafana, "page")["dashboard"]
    assert ask(grafana, "POST", SAVE, {"dashboard": {**model, "n": 1}})[0] == 200
    assert ask(grafana, "POST", SAVE, {"dashboard": {**model, "n": 2}})[0] in CONFLICT
    assert get(grafana, "page")["dashboard"]["n"] == 1


def test_a_missing_version_conflicts(grafana: StandIn) -> None:
    save(grafana, "page")
    assert save(grafana, "page", model={"n": 1})[0] in CONFLICT
    assert save(grafana, "page", model={"n": 1}, overwrite=True)[1]["version"] == 2


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
        (1, {"model": {"id": 999, "uid": ""}}),
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

        def rival(
            number: int, version: int = version, start: threading.Barrier = start, said: list[int] = statuses
        ) -> None:
            start.wait()
            said.append(save(grafana, "page", version, model={"n": [version, number]})[0])

        # no pool: one that thinks a thread idle starts too few of them, and the others wait for ever
        rivals = [threading.Thread(target=rival, args=(number,)) for number in range(8)]
        for one in rivals:
            one.start()
        for one in rivals:
            one.join()
        assert statuses.count(200) == 1
        assert statuses.count(409) + statuses.count(412) == 7
        assert get(grafana, "page")["dashboard"]["version"] == version + 1


@pytest.fixture
def often_switching() -> Iterator[None]:
    """Threads that take turns so often that a missing lock shows."""
    usual = sys.getswitchinterval()
    if sys.gettrace() is None:  # whoever traces every line of a thread does not get it started in so short a turn
        sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(usual)


def test_a_deleted_page_comes_back_as_a_new_one(grafana: StandIn) -> None:
    first = save(grafana, "page")[1]["id"]
    save(grafana, "page", 1, model={"n": 1})
    assert ask(grafana, "DELETE", "/api/dashboards/uid/page")[0] == 200
    status, body = save(grafana, "page", 2)
    assert (status, body["version"]) == (200, 1)
    assert body["id"] > first


def test_numbers_keep_their_kind(grafana: StandIn) -> None:
    save(grafana, "page", model={"whole": 1, "real": 1.0, "yes": True})
    model = get(grafana, "page")["dashboard"]
    assert [repr(model[key]) for key in ("whole", "real", "yes")] == ["1", "1.0", "True"]


def test_a_number_beyond_64_bits_or_half_a_character_breaks_nothing(grafana: StandIn) -> None:
    assert save(grafana, "page", model={"big": 10**25, "half": "\ud800"})[0] == 200
    assert get(grafana, "page")["dashboard"]["big"] == 10**25
    assert ask(grafana, "GET", "/api/search?query=page")[0] == 200


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
        save(grafana, "page", version, model={"n": version})
    grafana.clean_up()
    stored = grafana.page("page")
    assert stored
    assert [entry.version for entry in stored.history] == list(range(6, 26))


@pytest.mark.parametrize(("role", "expected"), [("Viewer", 403), ("Editor", 200), ("Admin", 200)])
def test_a_role_decides_who_may_save(grafana: StandIn, role: str, expected: int) -> None:
    body = {"dashboard": {"uid": "page", "title": "Page"}}
    assert ask(grafana, "POST", SAVE, body, grafana.token(role))[0] == expected


def test_what_others_made_is_forbidden_until_the_grants_are_read_again(
    grafana: StandIn,
) -> None:
    token, path = grafana.token("Viewer"), "/api/dashboards/uid/page"
    ask(grafana, "GET", "/api/search", token=token)
    save(grafana, "page")
    assert ask(grafana, "GET", path, token=token)[0] == 403
    grafana.clock.turn(60)
    assert ask(grafana, "GET", path, token=token)[0] == 200


def test_the_log_has_every_request(grafana: StandIn) -> None:
    save(grafana, "page")
    ask(grafana, "GET", "/api/search?query=page")
    saved, searched = grafana.requests
    assert (saved.method, saved.path, saved.body["dashboard"]["uid"]) == ("POST", SAVE, "page")
    assert (searched.method, searched.path, searched.body) == ("GET", "/api/search?query=page", None)


def test_it_can_be_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "tests.stand_in", "g13"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        url, token = process.stdout.readline().split()
        with urllib.request.urlopen(f"{url}/api/health", timeout=30) as answer:
            assert json.load(answer)["version"].startswith("13.")
        assert token.startswith("glsa_")
        process.stdin.close()
        assert process.wait(30) == 0


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
