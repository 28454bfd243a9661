"""A data source that is missing: a word before the push, asked for once."""

import pytest

from cli.commands import _order
from cli.deploy.decide import OnConflict
from tests.push.building import Build, Push, page
from tests.push.sources.naming import OLD, naming, with_variable
from tests.stand_in import StandIn


def _asked(grafana: StandIn) -> int:
    return sum(one.path == "/api/datasources" for one in grafana.requests)


def test_a_missing_data_source_is_told_before_the_push_which_goes_on(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.add_data_source("prom-eu")
    build.put(naming(OLD))

    said = push()

    assert said.code == 0
    assert said.results == {"api": "created"}
    assert said.err == (
        "warning: no data source has the uid or name 'old', for api; "
        "dash push --datasource old=UID, one of: prom-eu (prometheus)\n"
    )
    methods = [one.method for one in grafana.requests if one.path == "/api/datasources" or one.method == "POST"]
    assert methods == ["GET", "POST"]


def test_a_page_that_is_overwritten_after_a_question_is_looked_at_too(
    build: Build, push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.put(page("api"))
    push()
    grafana.edit("api", lambda model: model.update(title="Mine"))
    build.put(naming(OLD))
    monkeypatch.setattr(_order, "_asked", lambda _: {"api": OnConflict.OVERWRITE})

    said = push("--on-conflict", "ask")

    assert said.results == {"api": "updated"}
    assert "warning: no data source has the uid or name 'old', for api" in said.err


def test_a_type_that_nobody_has_is_told(build: Build, push: Push) -> None:
    build.put(with_variable(query="tempo"))

    assert "warning: there is no data source of the type tempo, for api; make one" in push().err


def test_who_may_not_list_data_sources_is_told_once(build: Build, dash: Push, grafana: StandIn) -> None:
    build.put(naming(OLD))
    build.put({**naming(OLD), "uid": "app", "title": "App"})

    said = dash(url=grafana.url, token=grafana.token("Editor", without=("datasources:read",)))

    assert said.code == 0
    assert said.total == "2 pages: 2 created"
    assert said.err.count("data sources") == 2  # of the page, and of the permission
    assert said.err.startswith("note: whether the pages' data sources are there cannot be told: no permission to list")
    assert said.err.count("\n") == 1


def test_a_grafana_that_fails_to_list_them_is_no_reason_not_to_push_unless_pages_are_pinned(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.faults.add("GET", "^/api/datasources$", times=100, status=500, body={"message": "oh"})
    build.put(naming(OLD))

    pins = push("--datasource", "old=new")
    said = push()

    assert (said.code, said.total) == (0, "1 page: 1 created")
    assert "cannot be told" in said.err
    assert (pins.code, pins.out) == (4, "")


def test_data_sources_are_asked_for_once_and_only_where_it_matters(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("free"))
    push()
    assert _asked(grafana) == 0

    for number in range(5):
        build.put({**naming(OLD), "uid": f"page-{number}", "title": f"Page {number}"})
    push()
    assert _asked(grafana) == 1

    push()
    assert _asked(grafana) == 1


def test_they_are_asked_for_once_also_where_pages_are_pinned(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_data_source("new")
    build.put(naming({"type": "prometheus", "uid": "other"}))

    assert "'other'" in push("--datasource", "old=new").err
    assert _asked(grafana) == 1
