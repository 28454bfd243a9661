"""Which adapter speaks: what the server offers, or what a person asks for."""

from dataclasses import replace
from typing import Any

import pytest

from cli.errors import Refused
from cli.grafana.connect import connected
from cli.grafana.legacy import Legacy
from cli.grafana.offer import Offer, offered
from cli.grafana.resources import Resources
from tests.grafana.conftest import Connect, at
from tests.grafana.scripted import WHERE, Scripted, answer
from tests.stand_in import PROFILES, ProfileName, StandIn

WRONG = "glsa_wrong"


def _group(*versions: str) -> Any:
    return answer({"versions": [{"version": version} for version in versions]})


def _wire(dashboards: tuple[str, ...], folders: tuple[str, ...], namespace: str = "") -> Scripted:
    return Scripted(
        {
            "GET /apis/dashboard.grafana.app": _group(*dashboards),
            "GET /apis/folder.grafana.app": _group(*folders),
            "GET /api/frontend/settings": answer({"namespace": namespace}),
        }
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_the_newer_api_is_taken_where_it_is_offered(profile: ProfileName, connect: Connect) -> None:
    with StandIn(profile) as server:
        assert type(connect(server)) is (Resources if PROFILES[profile].apis else Legacy)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_old_api_can_be_asked_for(profile: ProfileName, connect: Connect) -> None:
    with StandIn(profile) as server:
        assert type(connect(server, "legacy")) is Legacy
        assert not server.requests


def test_the_new_api_can_be_asked_for_and_is_not_there(connect: Connect) -> None:
    with StandIn("g9") as server, pytest.raises(Refused, match="has no /apis") as ended:
        connect(server, "apis")

    assert "--api auto" in str(ended.value)


def test_who_may_not_ask_is_not_told_that_there_is_nothing() -> None:
    with StandIn("g13") as server, pytest.raises(Refused, match="does not accept this token"):
        connected(at(server, token=WRONG), api="apis").__enter__()


@pytest.mark.parametrize(
    ("dashboards", "folders", "found"),
    [
        (("v1", "v1beta1", "v0alpha1", "v2"), ("v1", "v1beta1"), Offer("v0alpha1", "v1", "default")),
        (("v1beta1", "v0alpha1", "v2alpha1"), ("v1beta1",), Offer("v0alpha1", "v1beta1", "default")),
        (("v1", "v2"), ("v1",), Offer("v1", "v1", "default")),
        (("v2", "v1beta1"), ("v0alpha1",), Offer("v1beta1", "v0alpha1", "default")),
        (("v0alpha1",), ("v0alpha1",), None),
        (("v2", "v2beta1"), ("v1",), None),
        (("v1",), (), None),
        (("v1",), ("v9",), None),
        ((), (), None),
    ],
)
def test_which_versions_are_spoken(dashboards: tuple[str, ...], folders: tuple[str, ...], found: Offer | None) -> None:
    assert offered(_wire(dashboards, folders)) == found


@pytest.mark.parametrize(
    "body", [{}, {"versions": None}, {"versions": "v1"}, {"versions": [1, None, {}]}, [], "x", {"database": "ok"}]
)
def test_what_is_no_offer(body: Any) -> None:
    assert offered(Scripted({"GET /apis/.*": answer(body)})) is None


def test_the_namespace_is_the_one_that_the_server_tells() -> None:
    found = offered(_wire(("v1",), ("v1",), "stacks-123"))

    assert found
    assert found.page_path == "/apis/dashboard.grafana.app/v1/namespaces/stacks-123/dashboards"
    assert found.folder_path == "/apis/folder.grafana.app/v1/namespaces/stacks-123/folders"


@pytest.mark.parametrize(
    ("organisation", "told", "namespace"),
    [(0, 1, "default"), (0, 5, "org-5"), (1, 5, "default"), (7, 1, "org-7"), (0, None, "default")],
)
def test_the_namespace_of_an_organisation(organisation: int, told: int | None, namespace: str) -> None:
    wire = _wire(("v1",), ("v1",))
    wire.where = replace(WHERE, organisation=organisation)
    own = answer({"id": told}) if told else answer({"message": "no"}, 403)
    wire = Scripted({**wire.answers, "GET /api/org": own}, wire.where)
    found = offered(wire)

    assert found
    assert found.namespace == namespace


def test_a_hiccup_does_not_change_the_adapter() -> None:
    with StandIn("g13") as server:
        server.faults.add("GET", "/apis/", times=2, status=503)
        with connected(at(server)) as grafana:
            assert isinstance(grafana, Resources)


def test_a_proxy_that_drops_the_new_api_leaves_the_old_one(connect: Connect) -> None:
    with StandIn("g13") as server:
        server.faults.add("GET", "^/apis/", times=99, status=502, body="<html>Bad Gateway</html>")

        assert type(connect(server)) is Legacy
