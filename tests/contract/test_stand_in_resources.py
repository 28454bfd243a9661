"""The stand-in's `/apis`: the same pages as the legacy API has, under Kubernetes' rules.

Long because every rule has its own test.
"""

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.stand_in import ProfileName, StandIn, ask, send
from tests.stand_in import post_page as save
from tests.stand_in import read_page as get

RAW = "/apis/dashboard.grafana.app/v0alpha1/namespaces/default/dashboards"
BETA = "/apis/dashboard.grafana.app/v1beta1/namespaces/default/dashboards"
FOLDERS = "/apis/folder.grafana.app/v1beta1/namespaces/default/folders"
UNIFIED: tuple[ProfileName, ...] = ("g13_0", "g13")


@pytest.fixture(params=["g12", *UNIFIED])
def grafana(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    with StandIn(request.param) as grafana:
        yield grafana


@pytest.fixture(params=UNIFIED)
def unified(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    with StandIn(request.param) as grafana:
        yield grafana


@pytest.fixture
def legacy() -> Iterator[StandIn]:
    with StandIn("g12") as grafana:
        yield grafana


def page(uid: str, *, rv: str = "", version: str = "v0alpha1", folder: str = "", **spec: Any) -> dict[str, Any]:
    annotations = {"grafana.app/folder": folder} if folder else {}
    metadata = {"name": uid, "annotations": annotations, **({"resourceVersion": rv} if rv else {})}
    body = {"apiVersion": f"dashboard.grafana.app/{version}", "kind": "Dashboard", "metadata": metadata}
    return {**body, "spec": {"title": uid.title(), **spec}}


def folder_of(uid: str, parent: str = "", rv: str = "", **spec: Any) -> dict[str, Any]:
    annotations = {"grafana.app/folder": parent} if parent else {}
    metadata = {"name": uid, "annotations": annotations, **({"resourceVersion": rv} if rv else {})}
    body = {"apiVersion": "folder.grafana.app/v1beta1", "kind": "Folder", "metadata": metadata}
    return {**body, "spec": {"title": uid.title(), **spec}}


def make(grafana: StandIn, uid: str, **more: Any) -> Any:
    status, said = ask(grafana, "POST", RAW, page(uid, **more))
    assert status == 201
    return said


def reason(answer: tuple[int, Any]) -> tuple[int, str]:
    status, said = answer
    assert (said["kind"], said["status"], said["code"]) == ("Status", "Failure", status)
    return status, said["reason"]


# what there is


@pytest.mark.parametrize("profile", ["g9", "g11_2", "g11"])
def test_older_ones_have_no_apis(profile: ProfileName) -> None:
    with StandIn(profile) as grafana:
        for path in ("/apis", "/apis/dashboard.grafana.app", RAW):
            assert ask(grafana, "GET", path) == (404, {"message": "Not found"})


def test_what_is_served_can_be_asked(grafana: StandIn) -> None:
    group = ask(grafana, "GET", "/apis/dashboard.grafana.app")[1]
    versions = [one["version"] for one in group["versions"]]
    assert (group["kind"], group["name"]) == ("APIGroup", "dashboard.grafana.app")
    assert group["preferredVersion"] == group["versions"][0]
    assert {"v0alpha1", "v1beta1"} < set(versions)
    assert [one["name"] for one in ask(grafana, "GET", "/apis")[1]["groups"]] == [group["name"], "folder.grafana.app"]
    assert ask(grafana, "GET", "/apis/folder.grafana.app")[1]["name"] == "folder.grafana.app"
    assert ask(grafana, "GET", "/apis/folder.grafana.app/v1beta1")[1]["resources"][0]["name"] == "folders"


def test_v1_came_with_13(legacy: StandIn, unified: StandIn) -> None:
    path = BETA.replace("v1beta1", "v1")
    assert send(legacy, "GET", path)[0] == 404
    assert ask(unified, "GET", path)[0] == 200
    assert ask(unified, "GET", "/apis/dashboard.grafana.app")[1]["preferredVersion"]["version"] == "v1"


@pytest.mark.parametrize(
    "path",
    [
        "/apis/nobody.grafana.app",
        "/apis/dashboard.grafana.app/v9",
        RAW.replace("v0alpha1", "v9"),
        RAW.replace("/dashboards", "/folders"),
        "/apis/a/b/c",
    ],
)
def test_what_is_not_served_is_no_page(grafana: StandIn, path: str) -> None:
    assert send(grafana, "GET", path)[::2] == (404, "404 page not found\n")


def test_refusals_are_statuses(grafana: StandIn) -> None:
    assert reason(ask(grafana, "GET", f"{RAW}/nope")) == (404, "NotFound")
    assert reason(ask(grafana, "GET", RAW, None, "glsa_wrong")) == (401, "Unauthorized")
    assert reason(ask(grafana, "GET", RAW.replace("default", "org-7"))) == (403, "Forbidden")
    assert reason(ask(grafana, "PATCH", f"{RAW}/nope", {})) == (405, "MethodNotAllowed")
    assert ask(grafana, "GET", f"{RAW}/nope")[1]["details"] == {
        "name": "nope",
        "group": "dashboard.grafana.app",
        "kind": "dashboards",
    }


# one state


def test_both_apis_show_the_same_page(grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")
    save(grafana, "page", folderUid="team", message="first", model={"n": 1})
    shown = ask(grafana, "GET", f"{RAW}/page")[1]
    assert shown["spec"] == {"n": 1, "panels": [], "title": "Page"}
    metadata = shown["metadata"]
    assert (metadata["name"], metadata["namespace"], metadata["generation"]) == ("page", "default", 1)
    annotations = metadata["annotations"]
    assert annotations["grafana.app/folder"] == "team"
    assert annotations["grafana.app/message"] == "first"
    assert annotations["grafana.app/createdBy"] == annotations["grafana.app/updatedBy"] == "user:u00000001"
    shown["spec"]["n"] = 2
    assert ask(grafana, "PUT", f"{RAW}/page", shown)[0] == 200
    page_now = get(grafana, "page")
    assert (page_now["dashboard"]["n"], page_now["meta"]["version"], page_now["meta"]["folderUid"]) == (2, 2, "team")


def test_a_page_made_here_is_the_legacy_apis_too(grafana: StandIn) -> None:
    said = make(grafana, "page", n=1)
    assert said["metadata"]["generation"] == 1
    model = get(grafana, "page")["dashboard"]
    assert (model["uid"], model["n"], model["version"]) == ("page", 1, 1)
    assert save(grafana, "page", 1, model={"n": 2})[1]["version"] == 2
    assert ask(grafana, "GET", f"{RAW}/page")[1]["metadata"]["generation"] == 2


def test_a_service_account_is_named_by_its_uid(grafana: StandIn) -> None:
    said = ask(grafana, "POST", RAW, page("page"), grafana.token("Editor"))[1]
    assert said["metadata"]["annotations"]["grafana.app/createdBy"].startswith("service-account:u")


def test_a_save_by_the_legacy_api_forgets_the_manager(grafana: StandIn) -> None:
    body = page("page")
    manager = {"grafana.app/managedBy": "kubectl", "grafana.app/managerAllowsEdits": "true"}
    body["metadata"]["annotations"] |= manager
    ask(grafana, "POST", RAW, body)
    assert manager.items() <= ask(grafana, "GET", f"{RAW}/page")[1]["metadata"]["annotations"].items()
    assert save(grafana, "page", 1, model={"n": 1})[0] == 200
    assert not manager.keys() & ask(grafana, "GET", f"{RAW}/page")[1]["metadata"]["annotations"].keys()


def test_a_managed_page_that_allows_no_edits_refuses_the_legacy_api(grafana: StandIn) -> None:
    body = page("page")
    body["metadata"]["annotations"]["grafana.app/managedBy"] = "kubectl"
    ask(grafana, "POST", RAW, body)
    assert save(grafana, "page", 1, model={"n": 1})[1] == {"message": "Cannot save provisioned dashboard"}
    assert reason(ask(grafana, "PUT", f"{RAW}/page", page("page", n=1))) == (403, "Forbidden")
    body["spec"]["n"] = 1
    assert ask(grafana, "PUT", f"{RAW}/page", body)[0] == 200


def test_a_page_from_a_file_says_so_and_stays(grafana: StandIn) -> None:
    shown = ask(grafana, "GET", f"{RAW}/prov-locked")[1]
    assert shown["metadata"]["annotations"]["grafana.app/managedBy"] == "classic-file-provisioning"
    assert reason(ask(grafana, "PUT", f"{RAW}/prov-locked", shown)) == (400, "BadRequest")
    assert reason(ask(grafana, "DELETE", f"{RAW}/prov-locked")) == (400, "BadRequest")


# writing


def test_a_page_that_exists_is_not_made_again(grafana: StandIn) -> None:
    make(grafana, "page")
    assert reason(ask(grafana, "POST", RAW, page("page", n=1))) == (409, "AlreadyExists")
    assert "n" not in get(grafana, "page")["dashboard"]


def test_only_what_was_seen_is_written_over(grafana: StandIn) -> None:
    seen = make(grafana, "page")["metadata"]["resourceVersion"]
    grafana.edit("page", lambda model: model.update(by="hand"))
    status, said = ask(grafana, "PUT", f"{RAW}/page", page("page", rv=seen))
    assert reason((status, said)) == (409, "Conflict")
    assert "please apply your changes to the latest version and try again" in said["message"]
    assert get(grafana, "page")["dashboard"]["by"] == "hand"
    now = ask(grafana, "GET", f"{RAW}/page")[1]["metadata"]["resourceVersion"]
    assert ask(grafana, "PUT", f"{RAW}/page", page("page", rv=now))[0] == 200
    assert "by" not in get(grafana, "page")["dashboard"]


def test_without_a_resource_version_anything_is_written_over(grafana: StandIn) -> None:
    assert ask(grafana, "PUT", f"{RAW}/page", page("page"))[0] == 201
    assert ask(grafana, "PUT", f"{RAW}/page", page("page", n=1))[0] == 200


def test_a_page_that_is_gone_or_another_one_is_a_conflict(grafana: StandIn) -> None:
    first = make(grafana, "page")
    grafana.delete("page")
    assert reason(ask(grafana, "PUT", f"{RAW}/page", first)) == (409, "Conflict")
    assert reason(ask(grafana, "PUT", f"{RAW}/page", page("page", rv="7"))) == (409, "Conflict")
    make(grafana, "page")
    del first["metadata"]["resourceVersion"]
    assert reason(ask(grafana, "PUT", f"{RAW}/page", first)) == (409, "Conflict")


def test_the_same_content_has_the_same_generation(unified: StandIn) -> None:
    first = make(unified, "page", n=1)
    again = ask(unified, "PUT", f"{RAW}/page", first)[1]
    assert again == first
    first["metadata"]["annotations"]["grafana.app/managedBy"] = "kubectl"
    managed = ask(unified, "PUT", f"{RAW}/page", first)[1]["metadata"]
    assert managed["generation"] == 1
    assert managed["resourceVersion"] > first["metadata"]["resourceVersion"]
    unified.make_folder("team", "Team")
    moved = page("page", folder="team", n=1)
    moved["metadata"]["annotations"]["grafana.app/managedBy"] = "kubectl"
    assert ask(unified, "PUT", f"{RAW}/page", moved)[1]["metadata"]["generation"] == 2


def test_in_the_legacy_storage_every_write_counts(legacy: StandIn) -> None:
    first = make(legacy, "page", n=1)
    assert ask(legacy, "PUT", f"{RAW}/page", first)[1]["metadata"]["generation"] == 2


def test_a_save_slips_in_only_where_the_storage_is_the_old_one(legacy: StandIn, unified: StandIn) -> None:
    statuses = []
    for grafana in (legacy, unified):
        seen = make(grafana, "page")
        grafana.edit_during_save("page", lambda model: model.update(by="hand"))
        seen["spec"]["n"] = 1
        status, said = ask(grafana, "PUT", f"{RAW}/page", seen)
        statuses.append((status, said.get("metadata", {}).get("generation")))
    assert statuses == [(200, 3), (409, None)]


def test_a_dry_run_says_everything_and_does_nothing(grafana: StandIn) -> None:
    make(grafana, "page")
    before = (grafana.pages, ask(grafana, "GET", RAW)[1])
    assert ask(grafana, "POST", f"{RAW}?dryRun=All", page("other"))[0] == 201
    status, said = ask(grafana, "PUT", f"{RAW}/page?dryRun=All", page("page", n=1))
    assert (status, said["metadata"]["generation"], said["spec"]["n"]) == (200, 2, 1)
    assert reason(ask(grafana, "POST", f"{RAW}?dryRun=All", page("page"))) == (409, "AlreadyExists")
    assert reason(ask(grafana, "POST", f"{RAW}?dryRun=All", page("bad", refresh="1s"))) == (400, "BadRequest")
    assert ask(grafana, "DELETE", f"{RAW}/page?dryRun=All")[0] == 200
    assert (grafana.pages, ask(grafana, "GET", RAW)[1]) == before
    assert reason(ask(grafana, "DELETE", f"{RAW}/page?dryRun=Some")) == (400, "BadRequest")


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (page("page", title=" "), (400, "BadRequest")),
        (page("page", title="T" * 5001), (400, "BadRequest")),
        (page("page", refresh="1s"), (400, "BadRequest")),
        (page("a b"), (400, "BadRequest")),
        (page("u" * 41), (400, "BadRequest")),
        (page("page", folder="nowhere"), (404, "NotFound")),
        (page("page", rv="7"), (400, "BadRequest")),
        (page(""), (422, "Invalid")),
        ({**page("page"), "kind": "Folder"}, (400, "BadRequest")),
        ({**page("page"), "apiVersion": "dashboard.grafana.app/v1"}, (400, "BadRequest")),
        ({**page("page"), "metadata": {"name": "page", "namespace": "other"}}, (400, "BadRequest")),
    ],
)
def test_what_cannot_be_is_refused(grafana: StandIn, body: dict[str, Any], refusal: tuple[int, str]) -> None:
    before = grafana.pages
    assert reason(ask(grafana, "POST", RAW, body)) == refusal
    assert grafana.pages == before


def test_v1_is_strict_and_brings_the_page_up_to_date(grafana: StandIn) -> None:
    body = page("page", version="v1beta1", schemaVersion=39)
    assert ask(grafana, "POST", BETA, body)[1]["spec"]["schemaVersion"] == 42
    assert ask(grafana, "GET", f"{RAW}/page")[1]["spec"]["schemaVersion"] == 42
    for wrong in ({"n": 1}, {"refresh": False}, {"editable": 1}, {"schemaVersion": True}):
        odd = page("odd", version="v1beta1", **wrong)
        assert reason(ask(grafana, "POST", BETA, odd)) == (422, "Invalid")
        assert ask(grafana, "PUT", f"{BETA}/odd?fieldValidation=Ignore", odd)[0] in (200, 201)


def test_an_older_page_is_only_shown_up_to_date(grafana: StandIn) -> None:
    make(grafana, "page", schemaVersion=39)
    assert ask(grafana, "GET", f"{BETA}/page")[1]["spec"]["schemaVersion"] == 42
    assert ask(grafana, "GET", f"{RAW}/page")[1]["spec"]["schemaVersion"] == 39


def test_a_role_decides_who_may_write(grafana: StandIn) -> None:
    make(grafana, "page")
    token = grafana.token("Viewer")
    assert reason(ask(grafana, "POST", RAW, page("other"), token)) == (403, "Forbidden")
    assert reason(ask(grafana, "DELETE", f"{RAW}/page", token=token)) == (403, "Forbidden")
    assert reason(ask(grafana, "POST", FOLDERS, folder_of("team"), token)) == (403, "Forbidden")


# deleting


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


# lists


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


# folders


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
