"""What is served, and that both APIs show one state."""

import pytest

from tests.contract.resources.objects import BETA, RAW, make, page, reason
from tests.stand_in import ProfileName, StandIn, ask, send
from tests.stand_in import post_page as save
from tests.stand_in import read_page as get


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
