"""Writing: only what was seen is written over, and what cannot be is refused."""

from typing import Any

import pytest

from tests.contract.resources.objects import BETA, FOLDERS, RAW, folder_of, make, page, reason
from tests.stand_in import StandIn, ask
from tests.stand_in import read_page as get


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
