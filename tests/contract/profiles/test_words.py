"""What is refused, found and answered, and in which words."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.contract.profiles.lines import LEGACY, NESTED, NEWER, UNIFIED, each, of
from tests.stand_in import PROFILES, ProfileName, StandIn, ask
from tests.stand_in import post_page as save
from tests.stand_in import read_page as get


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
        urlopen(Request(url, headers=headers), timeout=10)
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
