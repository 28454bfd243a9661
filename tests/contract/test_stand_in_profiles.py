"""What one line of Grafana versions does otherwise than another, as grafana_api.md section 15 says it.

Long because every difference has its own test.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.stand_in import PROFILES, ProfileName, StandIn, ask
from tests.stand_in import post_page as save
from tests.stand_in import read_page as get

VERSIONS = "/api/dashboards/uid/page/versions"
RESTORE = "/api/dashboards/uid/page/restore"
OLD: tuple[ProfileName, ...] = ("g9", "g11_2")
LEGACY: tuple[ProfileName, ...] = ("g9", "g11_2", "g11", "g12")
UNIFIED: tuple[ProfileName, ...] = ("g13_0", "g13")
NEWER: tuple[ProfileName, ...] = ("g11", "g12", "g13_0", "g13")
NESTED: tuple[ProfileName, ...] = ("g11_2", *NEWER)


@pytest.fixture
def grafana(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    with StandIn(request.param) as grafana:
        yield grafana


def of(*profiles: ProfileName) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("grafana", profiles, indirect=True)


@contextmanager
def each(profiles: tuple[ProfileName, ...]) -> Iterator[list[StandIn]]:
    servers = [StandIn(profile) for profile in profiles]
    for server in servers:
        server.__enter__()
    yield servers
    for server in servers:
        server.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("profile", "refusal"),
    [(name, (412, "version-mismatch")) for name in PROFILES if name != "g13"] + [("g13", (409, None))],
)
def test_a_conflict_is_412_and_of_late_409(profile: ProfileName, refusal: tuple[int, str | None]) -> None:
    with StandIn(profile) as grafana:
        save(grafana, "page")
        status, body = save(grafana, "page", 7, model={"n": 1})
        assert (status, body.get("status")) == refusal


@of(*LEGACY)
def test_the_same_content_makes_a_version(grafana: StandIn) -> None:
    save(grafana, "page")
    assert save(grafana, "page", 1, message="again")[1]["version"] == 2
    stored = grafana.page("page")
    assert stored
    assert [entry.message for entry in stored.history] == ["", "again"]


@of(*UNIFIED)
def test_the_same_content_makes_no_version_but_another_folder_does(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    save(grafana, "page")
    before = grafana.page("page")
    assert save(grafana, "page", 1, message="again")[1]["version"] == 1
    assert save(grafana, "page", overwrite=True)[1]["version"] == 1
    assert grafana.page("page") == before
    assert save(grafana, "page", 1, folderUid="team")[1]["version"] == 2


@of(*LEGACY)
def test_a_save_that_slips_in_is_overwritten_and_the_version_tells(grafana: StandIn) -> None:
    save(grafana, "page")
    grafana.edit_during_save("page", lambda model: model.update(by="hand"))
    assert save(grafana, "page", 1, model={"by": "push"})[1]["version"] == 3
    stored = grafana.page("page")
    assert stored
    assert [entry.data.get("by") for entry in stored.history] == [None, "hand", "push"]


@of(*UNIFIED)
def test_no_save_slips_into_the_unified_storage(grafana: StandIn) -> None:
    save(grafana, "page")
    grafana.edit_during_save("page", lambda model: model.update(by="hand"))
    assert save(grafana, "page", 1, model={"by": "push"})[0] in (409, 412)
    assert get(grafana, "page")["dashboard"]["by"] == "hand"


@of(*OLD)
def test_a_title_is_unique_in_its_folder(grafana: StandIn) -> None:
    save(grafana, "one", model={"title": "Same"})
    status, body = save(grafana, "two", model={"title": "same"})
    assert (status, body["status"]) == (412, "name-exists")
    assert save(grafana, "two", model={"title": "Same"}, overwrite=True)[1]["uid"] == "one"


@of(*NEWER)
def test_equal_titles_are_allowed(grafana: StandIn) -> None:
    for uid in ("one", "two"):
        status, body = save(grafana, uid, model={"title": "Same"})
        assert (status, body["folderUid"]) == (200, "")


@of("g11_2")
def test_a_folders_title_is_unique_only_at_its_level(grafana: StandIn) -> None:
    assert make_folder(grafana, "a", "")[0] == 200
    assert make_folder(grafana, "b", "a")[0] == 200
    assert make_folder(grafana, "c", "a")[0] == 409


@of(*NESTED)
def test_folders_nest(grafana: StandIn) -> None:
    for uid, parent in (("a", ""), ("b", "a"), ("c", "b"), ("d", "c")):
        assert make_folder(grafana, uid, parent)[0] == 200
    status, body = make_folder(grafana, "e", "d")
    assert (status, body["messageId"]) == (400, "folder.maximum-depth-reached")
    assert make_folder(grafana, "e", "nowhere")[0] == 404
    shown = ask(grafana, "GET", "/api/folders/c")[1]
    assert (shown["parentUid"], [one["uid"] for one in shown["parents"]]) == ("b", ["a", "b"])
    assert [one["uid"] for one in ask(grafana, "GET", "/api/folders")[1]] == ["a"]
    assert [one["uid"] for one in ask(grafana, "GET", "/api/folders?parentUid=b")[1]] == ["c"]
    status, body = ask(grafana, "POST", "/api/folders/a/move", {"parentUid": "c"})
    assert (status, body["messageId"]) == (400, "folder.circular-reference")
    make_folder(grafana, "tall", "", "Tall")
    make_folder(grafana, "high", "tall")
    status, body = ask(grafana, "POST", "/api/folders/tall/move", {"parentUid": "c"})
    assert (status, body["messageId"]) == (400, "folder.maximum-depth-reached")
    assert ask(grafana, "POST", "/api/folders/tall/move", {"parentUid": "b"})[0] == 200
    assert ask(grafana, "DELETE", "/api/folders/tall")[0] == 200
    save(grafana, "page", folderUid="d")
    assert ask(grafana, "GET", "/api/folders/c/counts")[1] == {
        "folder": 1,
        "dashboard": 1,
        "library_elements": 0,
        "alertrule": 0,
    }
    assert ask(grafana, "POST", "/api/folders/b/move", {"parentUid": ""})[1].get("parentUid") is None
    assert ask(grafana, "DELETE", "/api/folders/b")[1] == {"message": "Folder deleted"}
    assert [page.uid for page in grafana.pages if not page.provisioned] == ["a"]


def make_folder(grafana: StandIn, uid: str, parent: str, title: str = "Folder") -> tuple[int, Any]:
    return ask(grafana, "POST", "/api/folders", {"uid": uid, "title": title, "parentUid": parent})


@of(*PROFILES)
def test_a_folder_that_exists_is_a_conflict_of_versions(grafana: StandIn) -> None:
    ask(grafana, "POST", "/api/folders", {"uid": "a", "title": "A"})
    status, body = ask(grafana, "POST", "/api/folders", {"uid": "a", "title": "B"})
    assert (status, body["status"]) == (412, "version-mismatch")


def test_the_list_of_versions_has_two_shapes() -> None:
    with each(tuple(PROFILES)) as servers:
        shapes = []
        for grafana in servers:
            save(grafana, "page")
            said = ask(grafana, "GET", VERSIONS)[1]
            row = (said["versions"] if isinstance(said, dict) else said)[0]
            shapes.append((type(said), type(row["createdBy"]), "data" in row))
    assert shapes == [(list, int, True), (list, str, True), *3 * [(dict, str, True)], (dict, str, False)]


@of("g12", *UNIFIED)
def test_a_list_of_versions_that_was_cut_goes_on_with_a_token(grafana: StandIn) -> None:
    for version in range(3):
        save(grafana, "page", version, model={"n": version})
    first = ask(grafana, "GET", f"{VERSIONS}?limit=2")[1]
    assert [entry["version"] for entry in first["versions"]] == [3, 2]
    rest = ask(grafana, "GET", f"{VERSIONS}?limit=2&continueToken={first['continueToken']}")[1]
    assert ([entry["version"] for entry in rest["versions"]], rest["continueToken"]) == ([1], "")


@of(*NESTED)
def test_a_version_can_be_restored(grafana: StandIn) -> None:
    save(grafana, "page", model={"number": 1})
    save(grafana, "page", 1, model={"number": 2})
    status, body = ask(grafana, "POST", RESTORE, {"version": 1})
    assert (status, body["version"]) == (200, 3)
    said = ask(grafana, "GET", VERSIONS)[1]
    listed = said["versions"] if isinstance(said, dict) else said
    assert [entry["message"] for entry in listed] == ["Restored from version 1", "", "Initial save"]
    assert get(grafana, "page")["dashboard"]["number"] == 1


@of("g12", *UNIFIED)
def test_restoring_what_is_there_is_refused(grafana: StandIn) -> None:
    save(grafana, "page", model={"number": 1})
    assert ask(grafana, "POST", RESTORE, {"version": 1})[0] == 400


def test_a_version_that_is_gone_is_500_and_of_late_404() -> None:
    with each(tuple(PROFILES)) as servers:
        for grafana in servers:
            save(grafana, "page")
        assert [ask(grafana, "GET", f"{VERSIONS}/9")[0] for grafana in servers] == [500] * 4 + [404] * 2


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"model": {"title": "T" * 5001}}, "title cannot contain more than"),
        ({"isFolder": True}, "Use folders endpoint"),
    ],
)
@of(*NESTED)
def test_newer_ones_refuse_what_the_older_takes(grafana: StandIn, more: dict[str, Any], message: str) -> None:
    status, body = save(grafana, "page", **more)
    assert status == 400
    assert message in body["message"]


@of(*NEWER)
def test_of_late_a_message_has_an_end(grafana: StandIn) -> None:
    assert save(grafana, "page", message="m" * 500)[0] == 200
    status, body = save(grafana, "page", 1, message="m" * 501)
    assert (status, body["message"]) == (400, "message too long, max 500 characters")


@pytest.mark.parametrize("model", [{"tags": ["t" * 51]}, {"refresh": "1s"}, {"title": " "}])
@of("g13")
def test_the_newest_refuses_in_its_own_words(grafana: StandIn, model: dict[str, Any]) -> None:
    assert save(grafana, "page", model=model)[0] == 400
    assert grafana.page("page") is None


@of("g9", "g11_2", "g11", "g12", "g13_0")
def test_the_others_raise_a_refresh_to_the_minimum(grafana: StandIn) -> None:
    grafana.require_refresh("10s")
    save(grafana, "page", model={"refresh": "6s"})
    assert get(grafana, "page")["dashboard"]["refresh"] == "10s"
    assert ask(grafana, "GET", "/api/frontend/settings")[1]["minRefreshInterval"] == "10s"


def test_a_title_is_trimmed_but_not_by_the_unified_storage() -> None:
    with each(tuple(PROFILES)) as servers:
        for grafana in servers:
            save(grafana, "page", model={"title": " Mine "})
        titles = [get(grafana, "page")["dashboard"]["title"] for grafana in servers]
    assert titles == ["Mine"] * 4 + [" Mine "] * 2


@of("g13")
def test_an_unknown_id_beside_a_uid_does_not_matter(grafana: StandIn) -> None:
    assert save(grafana, "page", model={"id": 999})[0] == 200


@of(*LEGACY)
def test_a_search_finds_at_once(grafana: StandIn) -> None:
    save(grafana, "page")
    assert found(grafana) == ["page"]


@of(*UNIFIED)
def test_a_search_is_late_until_the_index_has_caught_up(grafana: StandIn) -> None:
    save(grafana, "page")
    assert found(grafana) == []
    grafana.flush()
    assert found(grafana) == ["page"]
    grafana.edit("page", lambda model: model.update(title="Page two"))
    grafana.delete("page")
    assert found(grafana) == ["page"]
    grafana.flush()
    assert found(grafana) == []


@of(*UNIFIED)
def test_the_lag_of_the_index_can_be_a_time_of_the_clock(grafana: StandIn) -> None:
    grafana.index_lag = 30.0
    save(grafana, "page")
    assert found(grafana) == []
    grafana.clock.turn(31)
    assert found(grafana) == ["page"]


def found(grafana: StandIn) -> list[str]:
    return [hit["uid"] for hit in ask(grafana, "GET", "/api/search?query=page")[1]]


@of(*NESTED)
def test_only_an_admin_may_look_for_what_was_deleted(grafana: StandIn) -> None:
    path = "/api/search?deleted=true"
    assert ask(grafana, "GET", path, token=grafana.token("Editor"))[0] == 401
    save(grafana, "page")
    grafana.delete("page")
    remembers = ask(grafana, "GET", "/api/health")[1]["version"].startswith("13")
    assert [hit["uid"] for hit in ask(grafana, "GET", path)[1]] == (["page"] if remembers else [])


@pytest.mark.parametrize("profile", PROFILES)
def test_answers_have_the_keys_of_their_time(profile: ProfileName) -> None:
    newer = profile != "g9"
    with StandIn(profile) as grafana:
        grafana.make_folder("team", "Team")
        saved = save(grafana, "page", folderUid="team")[1]
        meta = get(grafana, "page")["meta"]
        deleted = ask(grafana, "DELETE", "/api/dashboards/uid/page")[1]
        gone = ask(grafana, "DELETE", "/api/folders/team")[1]
        permissions = ask(grafana, "GET", "/api/access-control/user/permissions")[1]
    assert saved.get("folderUid") == ("team" if newer else None)
    assert ("uid" in deleted, "id" in deleted) == (newer, not newer)
    assert gone == ({"message": "Folder deleted"} if newer else None)
    assert ("hasPublicDashboard" in meta) is not newer
    assert ("library.panels:create" in permissions) is newer


@pytest.mark.parametrize("profile", PROFILES)
def test_refusals_have_the_words_of_their_time(profile: ProfileName) -> None:
    with StandIn(profile) as grafana:
        grafana.make_folder("team", "Team")
        grafana.add_alert_rule("slow", "team")
        unknown = save(grafana, "page", folderUid="nowhere")
        reserved = ask(grafana, "POST", "/api/folders", {"uid": "general", "title": "General two"})
        ruled = ask(grafana, "DELETE", "/api/folders/team")
        bad = ask(grafana, "GET", "/api/org", None, "glsa_wrong")
        org = ask(grafana, "GET", "/api/org?targetOrgId=7", None, grafana.token())
        passwords = [
            json.loads(urlopen_error(f"{grafana.url}/api/org", header)) for header in ("", "Basic YWRtaW46d3Jvbmc=")
        ]
    newer = profile != "g9"
    assert unknown[1]["message"] == ("folder not found" if newer else "Folder not found")
    assert (unknown[0], "traceID" in unknown[1]) == (400, not newer)
    assert reserved[0] == (400 if newer else 500)
    assert (ruled[0], ruled[1].get("messageId")) == (400, "folder.not-empty" if newer else None)
    ids = ["api-key.invalid", "auth.unauthorized", "password-auth.failed"]
    assert [one.get("messageId") for one in (bad[1], *passwords)] == (ids if newer else [None] * 3)
    assert org[0] == (401 if newer else 200)


def urlopen_error(url: str, authorization: str) -> str:
    headers = {"Authorization": authorization} if authorization else {}
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(url, headers=headers), timeout=10)  # noqa: S310 - the test's own
    with refused.value as answer:
        return answer.read().decode()


@of(*NESTED)
def test_a_search_knows_folders_by_uid(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    for uid, folder in (("page-in", "team"), ("page-out", "")):
        save(grafana, uid, folderUid=folder)
    grafana.flush()
    paths = (f"/api/search?query=page&folderUIDs={folder}" for folder in ("team", "general"))
    assert [[hit["uid"] for hit in ask(grafana, "GET", path)[1]] for path in paths] == [["page-in"], ["page-out"]]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_refresh_may_be_automatic_but_not_in_9(profile: ProfileName) -> None:
    with StandIn(profile) as grafana:
        save(grafana, "page", model={"refresh": "auto"})
        assert get(grafana, "page")["dashboard"]["refresh"] == ("5s" if profile == "g9" else "auto")


@pytest.mark.parametrize("profile", PROFILES)
def test_of_late_an_annotation_says_nothing_of_alerts(profile: ProfileName) -> None:
    with StandIn(profile) as grafana:
        ask(grafana, "POST", "/api/annotations", {"text": "push"})
        row = ask(grafana, "GET", "/api/annotations")[1][0]
    assert ("alertId" in row, "newState" in row) == (profile not in UNIFIED, profile not in UNIFIED)


@of("g12", "g13_0", "g13")
def test_a_page_says_in_which_version_it_is_stored(grafana: StandIn) -> None:
    save(grafana, "page")
    assert get(grafana, "page")["meta"]["apiVersion"] == "v0alpha1"
