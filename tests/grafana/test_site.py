"""What `/api` says of the Grafana itself, also where it says it in another way or not at all."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep
from typing import Any

import pytest

from cli.errors import Refused, Unreachable
from cli.grafana.answer import Answer
from cli.grafana.legacy import Legacy
from cli.grafana.model import DataSource
from tests.grafana.conftest import Connect
from tests.grafana.scripted import WHERE, Scripted, answer
from tests.stand_in import StandIn

WELL = {"GET /api/health": answer({"database": "ok", "version": "9.4.0"}), "GET /api/search.*": answer([])}
RULES = "GET /api/v1/provisioning/alert-rules"
FULL = {"folder": 0, "dashboard": 0, "librarypanel": 0, "alertrule": 0}


def _legacy(answers: Mapping[str, Answer], organisation: int = 0) -> Legacy:
    return Legacy(Scripted(answers, replace(WHERE, organisation=organisation)))


@pytest.mark.parametrize(("organisation", "id_"), [(0, 3), (3, 3)])
def test_the_organisation_that_is_meant(organisation: int, id_: int) -> None:
    assert _legacy({**WELL, "GET /api/org": answer({"id": id_})}, organisation).hello().release == (9, 4)


def test_a_token_of_another_organisation_that_9_overlooks() -> None:
    with pytest.raises(Refused, match="does not belong to the organisation 4"):
        _legacy({**WELL, "GET /api/org": answer({"id": 3})}, 4).hello()


def test_a_token_of_another_organisation_that_10_refuses() -> None:
    said = {"message": "API key does not belong to the requested organization", "statusCode": 401}
    with pytest.raises(Refused, match="does not belong to the organisation 4"):
        _legacy({**WELL, "GET /api/search.*": answer(said, 401)}, 4).hello()


def test_who_may_not_know_the_organisation_is_believed() -> None:
    _legacy({**WELL, "GET /api/org": answer({"message": "no"}, 403)}, 4).hello()


@pytest.mark.parametrize(
    ("version", "release"),
    [("9.4.0-pre", (9, 4)), ("13.1.1+security-01", (13, 1)), ("", None), (None, None), ("main", None)],
)
def test_the_release_is_read_where_it_is_told(version: Any, release: tuple[int, int] | None) -> None:
    health = answer({"database": "ok", "version": version})

    assert _legacy({**WELL, "GET /api/health": health}).hello().release == release


def test_the_edition_is_asked_for_only_where_it_is_wanted() -> None:
    wire = Scripted({**WELL, "GET /api/frontend/settings": answer({"buildInfo": {"edition": "Enterprise"}})})
    assert Legacy(wire).hello().edition == ""
    assert "GET /api/frontend/settings" not in wire.asked

    assert Legacy(wire).hello(edition=True).edition == "Enterprise"


@pytest.mark.parametrize("told", [{"buildInfo": None}, {"buildInfo": []}, {}, []])
def test_an_edition_that_is_not_told(told: Any) -> None:
    assert _legacy({**WELL, "GET /api/frontend/settings": answer(told)}).hello(edition=True).edition == ""


def test_the_shortest_refresh_is_the_servers_and_asked_once() -> None:
    wire = Scripted({"GET /api/frontend/settings": answer({"minRefreshInterval": "1m"})})
    grafana = Legacy(wire)

    assert [grafana.minimum_refresh(), grafana.minimum_refresh()] == ["1m", "1m"]
    assert len(wire.asked) == 1
    assert _legacy({}).minimum_refresh() == "5s"


def test_many_at_a_time_who_need_to_know_wait_for_one_answer() -> None:
    class Slow(Scripted):
        def _ask(self, *asked: Any, **headers: Any) -> Answer:
            sleep(0.02)
            return super()._ask(*asked, **headers)

    wire = Slow({"GET /api/frontend/settings": answer({"minRefreshInterval": "1m"})})
    grafana = Legacy(wire)

    with ThreadPoolExecutor(4) as pool:
        assert {one.result() for one in [pool.submit(grafana.minimum_refresh) for _ in range(4)]} == {"1m"}
    assert len(wire.asked) == 1


def test_data_sources(connect: Connect) -> None:
    with StandIn() as server:
        server.add_data_source("prom", "Prometheus", "prometheus", isDefault=True)
        server.add_data_source("loki", "Loki", "loki")

        assert connect(server).data_sources() == (
            DataSource("loki", "Loki", "loki"),
            DataSource("prom", "Prometheus", "prometheus", is_default=True),
        )


def test_rights_that_are_not_told() -> None:
    assert _legacy({}).permissions() is None


def test_rights_are_each_scope_once_and_may_have_none() -> None:
    said = {"a:read": ["x:*", "x:*", "y:1"], "b:write": [""], "c:write": None}
    rights = _legacy({"GET /api/access-control/user/permissions": answer(said)}).permissions()

    assert rights == {"a:read": ("x:*", "y:1"), "b:write": ("",), "c:write": ()}


@pytest.mark.parametrize("body", [[1], {"a": 1}, "x"])
def test_an_answer_of_another_shape_is_half_an_answer(body: Any) -> None:
    with pytest.raises(Unreachable, match="half an answer"):
        _legacy({"GET /api/access-control/user/permissions": answer(body)}).permissions()
    with pytest.raises(Unreachable, match="half an answer"):
        _legacy({"GET /api/datasources": answer({"a": 1} if body == "x" else [body])}).data_sources()


def test_a_library_panel_of_a_release_that_tells_its_folder_elsewhere() -> None:
    said = {"uid": "l", "name": "L", "model": {}, "version": 2, "meta": {"folderUid": "f"}}
    panel = _legacy({"GET /api/library-elements/l": answer({"result": said})}).library_panel("l")

    assert panel
    assert panel.folder == "f"


@pytest.mark.parametrize("kind", FULL)
def test_a_folder_with_anything_in_it_is_not_empty(kind: str) -> None:
    counts = "GET /api/folders/f/counts"

    assert _legacy({counts: answer(FULL)}).is_empty("f")
    assert not _legacy({counts: answer({**FULL, kind: 1})}).is_empty("f")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("GET /api/search.*", [{"uid": "p", "folderUid": "f"}]),
        ("GET /api/library-elements.*", {"result": {"elements": [{"folderUid": "f"}]}}),
        (RULES, [{"folderUID": "f"}]),
    ],
)
def test_where_nobody_counts_everything_is_looked_at(path: str, found: Any) -> None:
    nothing = {
        "GET /api/search.*": answer([{"uid": "p", "folderUid": "g"}, {"uid": "f"}]),
        "GET /api/library-elements.*": answer({"result": {"elements": [{"folderUid": "g"}]}}),
        RULES: answer([{"folderUID": "g"}]),
    }

    assert _legacy(nothing).is_empty("f")
    assert not _legacy({**nothing, path: answer(found)}).is_empty("f")
    assert not _legacy({**nothing, path: answer({"message": "no"}, 500)}).is_empty("f")
    assert _legacy({**nothing, path: answer({"message": "no"}, 403)}).is_empty("f") == (path == RULES)
    partly = answer({"folder": 0, "dashboard": 0})
    assert not _legacy({**nothing, path: answer(found), "GET /api/folders/f/counts": partly}).is_empty("f")


def test_a_search_of_more_than_one_page() -> None:
    first = [{"uid": f"p{number}", "title": "T"} for number in range(1000)]
    wire = Scripted(
        {
            r"GET /api/search\?.*&page=1": answer(first),
            r"GET /api/search\?.*&page=2": answer([{"uid": "last", "title": "T"}]),
        }
    )

    assert [one.uid for one in Legacy(wire).search(tag="a b&c")][-2:] == ["p999", "last"]
    assert wire.asked[0] == "GET /api/search?limit=1000&type=dash-db&tag=a+b%26c&page=1"
    assert len(wire.asked) == 2


def test_a_server_that_does_not_know_pages_is_not_asked_for_ever() -> None:
    same = [{"uid": f"p{number}", "title": "T"} for number in range(1000)]
    wire = Scripted({"GET /api/search.*": answer(same)})

    assert len(list(Legacy(wire).search())) == 1000
    assert len(wire.asked) == 2


def test_a_page_is_written_over_by_its_number_before_12() -> None:
    saved = answer({"version": 4})
    live = {"dashboard": {"id": 7, "uid": "p", "version": 3, "title": "P"}, "meta": {}}
    for version, number in (("9.4.0", 7), ("11.6.1", 7), ("12.0.0", None), ("", None)):
        health = answer({"database": "ok", "version": version})
        wire = Scripted(
            {**WELL, "GET /api/health": health, "GET /api/dashboards/uid/p": answer(live), "POST .*": saved}
        )
        grafana = Legacy(wire)
        grafana.hello()
        over = grafana.page("p")
        grafana.save({"uid": "p", "id": 99, "version": 99}, over=over, folder="", message="")

        assert wire.told[-1]["dashboard"].get("id") == number
        assert wire.told[-1]["dashboard"]["version"] == 3
