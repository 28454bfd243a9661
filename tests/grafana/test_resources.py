"""What `/apis` alone asks for: what others noted stays, a list comes in pages, names are looked up once."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from cli.errors import Refused
from cli.grafana import resource_folders
from cli.grafana.failure import Clash
from cli.grafana.model import LivePage
from cli.grafana.offer import Offer
from cli.grafana.resources import Resources
from tests.grafana.conftest import Connect
from tests.grafana.scripted import Scripted, answer
from tests.stand_in import StandIn

PAGE = {"uid": "p", "title": "P", "schemaVersion": 41, "panels": [], "tags": ["x"]}
OFFER = Offer("v0alpha1", "v1", "default")
PATH = "/apis/dashboard.grafana.app/v0alpha1/namespaces/default/dashboards"


@pytest.fixture
def server() -> Iterator[StandIn]:
    """The newest Grafana."""
    with StandIn("g13") as one:
        yield one


@pytest.fixture
def grafana(server: StandIn, connect: Connect) -> Resources:
    """It, over `/apis`."""
    found = connect(server, "apis")
    assert isinstance(found, Resources)
    return found


def _object(**metadata: Any) -> dict[str, Any]:
    """A dashboard as the server shows it."""
    known = {"name": "p", "generation": 3, "resourceVersion": "77", "uid": "guid", "creationTimestamp": "2026-01-01"}
    return {"metadata": {**known, **metadata}, "spec": {"title": "P"}, "status": {}}


def _told(server: StandIn, verb: str) -> list[Any]:
    return [one.body for one in server.requests if one.method == verb]


def _asked(server: StandIn, part: str) -> int:
    return sum(part in one.path for one in server.requests)


def test_what_others_noted_on_a_page_stays() -> None:
    notes = {"grafana.app/managedBy": "terraform", "grafana.app/managerAllowsEdits": "true", "team": "a"}
    before = _object(annotations={**notes, "grafana.app/message": "old"}, labels={"team": "a"})
    wire = Scripted({f"GET {PATH}/p": answer(before), f"PUT {PATH}/p": answer(_object(generation=4))})
    grafana = Resources(wire, OFFER)
    live = grafana.page("p")

    assert grafana.save(PAGE, over=live, folder="f", message="new") == 4
    put = wire.told[-1]["metadata"]
    assert put["annotations"] == {**notes, "grafana.app/message": "new", "grafana.app/folder": "f"}
    assert put["labels"] == {"team": "a"}
    assert (put["resourceVersion"], put["uid"]) == ("77", "guid")


def test_a_save_of_ours_is_none_of_the_browser() -> None:
    before = _object(annotations={"grafana.app/saved-from-ui": "Grafana v13", "grafana.app/folder": "f"})
    wire = Scripted({f"GET {PATH}/p": answer(before), f"PUT {PATH}/p": answer(_object(generation=4))})
    grafana = Resources(wire, OFFER)
    grafana.save(PAGE, over=grafana.page("p"), folder="", message="")

    assert wire.told[-1]["metadata"]["annotations"] == {}


def test_a_page_is_sent_without_what_the_server_knows(grafana: Resources, server: StandIn) -> None:
    grafana.save({**PAGE, "id": 7, "version": 9}, over=None, folder="", message="")
    (body,) = _told(server, "POST")

    assert body["apiVersion"] == "dashboard.grafana.app/v0alpha1"
    assert body["metadata"] == {"name": "p", "annotations": {}}
    assert body["spec"] == {key: value for key, value in PAGE.items() if key != "uid"}


def test_what_was_read_is_not_read_again_before_it_is_written(grafana: Resources, server: StandIn) -> None:
    server.make(dict(PAGE))
    live = grafana.page("p")
    before = _asked(server, "/dashboards/p")
    grafana.save({**PAGE, "title": "Q"}, over=live, folder="", message="")

    assert _asked(server, "/dashboards/p") == before + 1


def test_a_page_that_was_read_in_another_run_or_over_the_other_api(server: StandIn, connect: Connect) -> None:
    server.make(dict(PAGE))
    old, new, later = connect(server, "legacy"), connect(server, "apis"), connect(server, "apis")
    over_legacy, over_apis = old.page("p"), new.page("p")
    assert over_legacy
    assert over_apis

    assert later.save({**PAGE, "title": "Q"}, over=over_apis, folder="", message="") == 2
    with pytest.raises(Clash, match="somebody saved it"):
        later.save({**PAGE, "title": "R"}, over=over_apis, folder="", message="")
    with pytest.raises(Clash, match="somebody saved it"):
        later.save({**PAGE, "title": "R"}, over=over_legacy, folder="", message="")
    with pytest.raises(Clash, match="somebody saved it"):
        later.delete("p", over=over_legacy)
    assert later.save({**PAGE, "title": "R"}, over=replace(over_legacy, version=2), folder="", message="") == 3
    later.delete("p", over=replace(over_legacy, version=3))
    assert later.page("p") is None


def test_a_page_that_was_saved_since_is_not_deleted(grafana: Resources, server: StandIn) -> None:
    server.make(dict(PAGE))
    live = grafana.page("p")
    assert live
    server.edit("p", lambda page: page.update(title="Theirs"))

    with pytest.raises(Clash, match="somebody saved it"):
        grafana.delete("p", over=live)
    assert server.page("p")


def test_the_first_of_two_that_is_gone(grafana: Resources) -> None:
    gone = LivePage(body=PAGE, version=1, folder="")

    with pytest.raises(Clash, match="deleted it"):
        grafana.save(PAGE, over=gone, folder="", message="")


def test_pages_are_listed_however_many_answers_it_takes(
    grafana: Resources, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource_folders, "AT_ONCE", 5)
    server.make_folder("f", "Team")
    for number in range(13):
        server.make({**PAGE, "uid": f"p{number}", "title": f"P{number}"}, "f" if number % 2 else "")
    wanted = {f"p{number}" for number in range(12)} | {"nope"}
    found = grafana.listed(wanted)

    assert found
    assert found.keys() == wanted - {"nope"}
    assert all(found[uid] == grafana.page(uid) for uid in found)
    assert _asked(server, "continue=") == 2


def test_a_few_pages_are_read_alone(grafana: Resources) -> None:
    assert grafana.listed(["p"]) is None


def test_a_few_pages_among_very_many_are_read_alone() -> None:
    wanted = [f"p{number}" for number in range(12)]
    for more, listed in (({"remainingItemCount": 35}, True), ({"remainingItemCount": 36}, False), ({}, True)):
        said = {"items": [_object(name="p1")], "metadata": more}
        found = Resources(Scripted({f"GET {PATH}\\?.*": answer(said)}), OFFER).listed(wanted)

        assert (found is not None) == listed
        assert not found or found.keys() == {"p1"}


def test_a_page_that_was_listed_is_written_at_once(grafana: Resources, server: StandIn) -> None:
    for number in range(12):
        server.make({**PAGE, "uid": f"p{number}", "title": f"P{number}"})
    found = grafana.listed([f"p{number}" for number in range(12)])
    assert found
    before = len(server.requests)

    assert grafana.save({**PAGE, "uid": "p3", "title": "Q"}, over=found["p3"], folder="", message="") == 2
    assert len(server.requests) == before + 1


def test_what_is_only_told_comes_without_the_pages(grafana: Resources, server: StandIn) -> None:
    server.make({**PAGE, "uid": "p0"})

    assert [one.number for one in grafana.versions("p0", 1)] == [1]
    assert grafana.was_deleted("p0") is False
    asked = [one.headers["accept"] for one in server.requests if "labelSelector" in one.path]
    assert ["as=PartialObjectMetadataList" in one for one in asked] == [True, True]


def test_names_are_looked_up_once(grafana: Resources, server: StandIn) -> None:
    server.make_folder("f", "Team")
    for number in range(20):
        server.make({**PAGE, "uid": f"p{number}", "title": f"P{number}"}, "f", by="alice" if number % 2 else "bob")
    pages = [grafana.page(f"p{number}") for number in range(20)]

    assert {page.updated_by for page in pages if page} == {"alice", "bob"}
    assert _asked(server, "/versions?") == 2
    assert _asked(server, "/folders/f") == 1


def test_who_may_not_read_the_history_sees_a_uid_for_a_name() -> None:
    before = _object(annotations={"grafana.app/updatedBy": "user:abc"})
    wire = Scripted({f"GET {PATH}/p": answer(before), "GET /api/.*": answer({"message": "no"}, 403)})
    live = Resources(wire, OFFER).page("p")

    assert live
    assert live.updated_by == "user:abc"


def test_nobody_is_named_after_the_last_who_was_nobody() -> None:
    entry = {"version": 3, "message": "m", "createdBy": "alice"}
    wire = Scripted({f"GET {PATH}/p": answer(_object()), "GET /api/.*": answer({"versions": [entry]})})
    live = Resources(wire, OFFER).page("p")

    assert live
    assert live.updated_by == ""


def test_who_may_not_list_is_told_what_it_takes() -> None:
    wire = Scripted({"GET /apis/.*": answer({"kind": "Status", "message": ""}, 403)})
    grafana = Resources(wire, OFFER)

    with pytest.raises(Refused, match="needs folders:read"):
        grafana.folders()
    with pytest.raises(Refused, match="needs dashboards:read"):
        grafana.listed([f"p{number}" for number in range(12)])


def test_a_history_that_apis_does_not_tell_is_told_by_api() -> None:
    entry = {"version": 3, "parentVersion": 2, "message": "m", "created": "then", "createdBy": "alice"}
    wire = Scripted(
        {
            f"GET {PATH}\\?.*get-history.*": answer({"items": [], "metadata": {}}),
            r"GET /api/dashboards/uid/p/versions\?.*": answer({"versions": [entry]}),
            "GET /api/dashboards/uid/p/versions/3": answer({**entry, "data": {"title": "P"}}),
        }
    )
    grafana = Resources(wire, OFFER)

    assert [(one.number, one.message, one.by) for one in grafana.versions("p", 5)] == [(3, "m", "alice")]
    assert grafana.body_of("p", 3) == {"title": "P"}
    assert grafana.body_of("p", 2) is None


def test_what_the_server_remembers_as_deleted(grafana: Resources, server: StandIn) -> None:
    server.make(dict(PAGE))
    assert grafana.was_deleted("p") is False

    server.delete("p")
    assert grafana.was_deleted("p") is True
    assert grafana.was_deleted("other") is False


def test_who_may_not_look_into_the_bin() -> None:
    wire = Scripted({f"GET {PATH}\\?.*": answer({"kind": "Status", "message": "forbidden", "code": 403}, 403)})

    assert Resources(wire, OFFER).was_deleted("p") is None


def test_a_page_of_the_new_model_is_not_taken_for_an_empty_one() -> None:
    broken = _object() | {"status": {"conversion": {"failed": True, "storedVersion": "v2"}}}
    wire = Scripted({f"GET {PATH}/p": answer(broken), f"GET {PATH}\\?.*": answer({"items": [broken]})})
    grafana = Resources(wire, OFFER)

    with pytest.raises(Refused, match=r"new model \(v2\)"):
        grafana.page("p")
    assert grafana.listed([f"p{number}" for number in range(12)] + ["p"]) == {}


def test_a_page_that_another_tool_keeps_is_as_good_as_provisioned() -> None:
    managed = {"grafana.app/managedBy": "repo", "grafana.app/managerId": "x"}
    for notes, kept in ((managed, True), ({**managed, "grafana.app/managerAllowsEdits": "true"}, False), ({}, False)):
        live = Resources(Scripted({f"GET {PATH}/p": answer(_object(annotations=notes))}), OFFER).page("p")
        assert live
        assert live.provisioned == kept


def test_the_settled_version_is_not_asked_to_judge_what_it_does_not_know() -> None:
    wire = Scripted({"POST .*": answer(_object(generation=1), 201)})
    Resources(wire, replace(OFFER, pages="v1")).save(PAGE, over=None, folder="", message="")
    Resources(wire, OFFER).save(PAGE, over=None, folder="", message="")

    path = PATH.replace("v0alpha1", "v1")
    assert wire.asked == [f"POST {path}?fieldValidation=Ignore", f"POST {PATH}"]


def test_a_folder_is_not_empty_because_an_index_is_late(grafana: Resources, server: StandIn) -> None:
    server.make_folder("f", "Team")
    server.make(dict(PAGE), "f")
    wire = Scripted(
        {
            "GET /api/folders/f/counts": answer({"folder": 0, "dashboard": 0, "librarypanel": 0, "alertrule": 0}),
            f"GET {PATH}\\?.*": answer({"items": [_object(annotations={"grafana.app/folder": "f"})]}),
        }
    )

    assert not Resources(wire, OFFER).is_empty("f")
    assert not grafana.is_empty("f")


def test_the_list_that_looks_for_pages_in_a_folder_does_not_ask_for_their_content(
    grafana: Resources, server: StandIn
) -> None:
    server.make_folder("f", "Team")
    assert grafana.is_empty("f")

    accepted = [one.headers["accept"] for one in server.requests if "/dashboards?" in one.path]
    assert accepted == [resource_folders.NAMES_ONLY]
