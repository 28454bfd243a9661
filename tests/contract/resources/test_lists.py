"""Deleting, lists, the history and folders."""

import http.client
import json
from typing import Any
from urllib.parse import quote, urlsplit

from tests.contract.resources.objects import FOLDERS, RAW, folder_of, make, page, reason
from tests.stand_in import StandIn, ask
from tests.stand_in import post_page as save


def test_only_what_was_seen_is_deleted(grafana: StandIn) -> None:
    seen = make(grafana, "page")["metadata"]
    grafana.edit("page", lambda model: model.update(by="hand"))
    for wanted in ({"resourceVersion": seen["resourceVersion"]}, {"uid": "another"}):
        body = {"preconditions": wanted}
        assert reason(ask(grafana, "DELETE", f"{RAW}/page", body)) == (409, "Conflict")
    now = ask(grafana, "GET", f"{RAW}/page")[1]["metadata"]["resourceVersion"]
    body = {"preconditions": {"resourceVersion": now, "uid": seen["uid"]}}
    status, said = ask(grafana, "DELETE", f"{RAW}/page", body)
    assert (status, said["status"], said["details"]["name"]) == (200, "Success", "page")
    assert reason(ask(grafana, "DELETE", f"{RAW}/page", body)) == (404, "NotFound")


def test_the_trash_is_kept_by_the_unified_storage(legacy: StandIn, unified: StandIn) -> None:
    path = f"{RAW}?labelSelector={quote('grafana.app/get-trash=true')}"
    for grafana, kept in ((legacy, []), (unified, ["page"])):
        save(grafana, "page")
        ask(grafana, "DELETE", "/api/dashboards/uid/page")
        assert names(ask(grafana, "GET", path)[1]) == kept
        assert names(ask(grafana, "GET", f"{path}&fieldSelector=metadata.name%3Dother")[1]) == []
        save(grafana, "page")
        assert names(ask(grafana, "GET", path)[1]) == []


def names(said: Any) -> list[str]:
    return [item["metadata"]["name"] for item in said["items"]]


def test_a_list_is_whole_and_not_late(grafana: StandIn) -> None:
    for uid in ("b", "a", "c"):
        make(grafana, uid)
    said = ask(grafana, "GET", RAW)[1]
    assert (said["kind"], names(said)) == ("DashboardList", ["a", "b", "c", "prov-locked", "prov-open"])
    assert "continue" not in said["metadata"]
    assert said["items"][0] == ask(grafana, "GET", f"{RAW}/a")[1]


def test_a_list_goes_on_where_it_ended_whatever_came_and_went(grafana: StandIn) -> None:
    for uid in ("a", "b", "c", "d"):
        make(grafana, uid)
    first = ask(grafana, "GET", f"{RAW}?limit=2")[1]
    grafana.delete("a")
    make(grafana, "bb")
    token = quote(first["metadata"]["continue"])
    rest = ask(grafana, "GET", f"{RAW}?limit=9&continue={token}")[1]
    assert names(first) + names(rest) == ["a", "b", "bb", "c", "d", "prov-locked", "prov-open"]
    assert reason(ask(grafana, "GET", f"{RAW}?continue=x")) == (400, "BadRequest")


def test_a_list_can_be_of_metadata_alone(grafana: StandIn) -> None:
    make(grafana, "page")
    accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
    connection = http.client.HTTPConnection(urlsplit(grafana.url).netloc, timeout=10)
    connection.request("GET", RAW, headers={"Accept": accept, "Authorization": grafana.admin})
    said = json.loads(connection.getresponse().read())
    connection.close()
    assert (said["kind"], said["apiVersion"]) == ("PartialObjectMetadataList", "meta.k8s.io/v1")
    metadata = ask(grafana, "GET", f"{RAW}/page")[1]["metadata"]
    head = {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1"}
    assert said["items"][0] == {**head, "metadata": metadata}


def test_a_list_can_be_of_one_name_or_label(grafana: StandIn) -> None:
    body = page("page")
    body["metadata"]["labels"] = {"team": "a"}
    ask(grafana, "POST", RAW, body)
    assert names(ask(grafana, "GET", f"{RAW}?fieldSelector=metadata.name%3Dpage")[1]) == ["page"]
    assert names(ask(grafana, "GET", f"{RAW}?labelSelector=team%3Da")[1]) == ["page"]
    assert names(ask(grafana, "GET", f"{RAW}?labelSelector=team%3Db")[1]) == []
    assert reason(ask(grafana, "GET", f"{RAW}?fieldSelector=spec.title%3Dpage")) == (400, "BadRequest")


def test_the_history_has_every_version_whole(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    save(grafana, "page", message="one", model={"n": 1}, folderUid="team")
    save(grafana, "page", 1, message="two", model={"n": 2})
    path = f"{RAW}?labelSelector={quote('grafana.app/get-history=true')}"
    said = ask(grafana, "GET", f"{path}&fieldSelector=metadata.name%3Dpage")[1]
    shown = [
        (one["metadata"]["generation"], one["spec"]["n"], one["metadata"]["annotations"]["grafana.app/message"])
        for one in said["items"]
    ]
    assert shown == [(2, 2, "two"), (1, 1, "one")]
    places = [one["metadata"]["annotations"].get("grafana.app/folder") for one in said["items"]]
    assert places == [None, "team"]
    assert said["items"][0]["metadata"] == ask(grafana, "GET", f"{RAW}/page")[1]["metadata"]
    assert reason(ask(grafana, "GET", path)) == (400, "BadRequest")
    cut = ask(grafana, "GET", f"{path}&fieldSelector=metadata.name%3Dpage&limit=1")[1]
    token = quote(cut["metadata"]["continue"])
    rest = ask(grafana, "GET", f"{path}&fieldSelector=metadata.name%3Dpage&limit=1&continue={token}")[1]
    assert [one["metadata"]["generation"] for one in cut["items"] + rest["items"]] == [2, 1]


def test_folders_are_objects_too(grafana: StandIn) -> None:
    assert ask(grafana, "POST", FOLDERS, folder_of("team"))[0] == 201
    assert ask(grafana, "POST", FOLDERS, folder_of("inner", "team"))[0] == 201
    assert reason(ask(grafana, "POST", FOLDERS, folder_of("team"))) == (409, "AlreadyExists")
    assert reason(ask(grafana, "POST", FOLDERS, folder_of("lost", "nowhere"))) == (404, "NotFound")
    said = ask(grafana, "GET", FOLDERS)[1]
    assert (said["kind"], names(said)) == ("FolderList", ["inner", "team"])
    assert said["items"][0]["metadata"]["annotations"]["grafana.app/folder"] == "team"
    assert said["items"][0]["spec"] == {"title": "Inner"}
    assert ask(grafana, "GET", "/api/folders/inner")[1]["parentUid"] == "team"
    assert reason(ask(grafana, "GET", f"{RAW}/team")) == (404, "NotFound")


def test_a_folder_is_renamed_and_moved_by_a_write(grafana: StandIn) -> None:
    for uid, parent in (("a", ""), ("b", "a"), ("c", "b"), ("d", "c")):
        ask(grafana, "POST", FOLDERS, folder_of(uid, parent))
    assert reason(ask(grafana, "POST", FOLDERS, folder_of("e", "d"))) == (400, "BadRequest")
    assert reason(ask(grafana, "PUT", f"{FOLDERS}/a", folder_of("a", "c"))) == (400, "BadRequest")
    said = ask(grafana, "PUT", f"{FOLDERS}/c", folder_of("c", title="Other"))[1]
    assert (said["metadata"]["generation"], said["spec"]["title"]) == (2, "Other")
    assert ask(grafana, "GET", "/api/folders/d")[1]["parents"][0]["uid"] == "c"
    moved = ask(grafana, "POST", "/api/folders/d/move", {"parentUid": ""})[1]
    assert moved["version"] == ask(grafana, "GET", f"{FOLDERS}/d")[1]["metadata"]["generation"]
    assert moved["version"] == (1 if ask(grafana, "GET", "/api/health")[1]["version"].startswith("12") else 2)
    assert ask(grafana, "POST", "/api/folders/d/move", {"parentUid": "c"})[0] == 200
    make(grafana, "page", folder="d")
    assert ask(grafana, "DELETE", f"{FOLDERS}/c")[1]["status"] == "Success"
    assert grafana.page("page") is None
