"""Data sources: pages pinned to those of a Grafana, and a word before the push where one is missing."""

from pathlib import Path
from typing import Any

import pytest

from cli.commands import _order
from cli.deploy.decide import OnConflict
from cli.deploy.sources import Reference, lacking, named, pinned
from cli.grafana.model import DataSource
from tests.push.building import Build, Push, page
from tests.stand_in import StandIn

PROMETHEUS = DataSource("prom-eu", "Prometheus EU", "prometheus")
OLD = {"type": "prometheus", "uid": "old"}
VARIABLE = {"name": "ds", "type": "datasource", "query": "prometheus", "current": {"text": "default"}}


def _panel(source: object, number: int = 1) -> dict[str, Any]:
    return {"id": number, "type": "stat", "title": "Up", "datasource": source, "targets": [{"refId": "A"}]}


def _with(source: object) -> dict[str, Any]:
    return page("api", panels=[_panel(source)])


def _with_variable(**more: Any) -> dict[str, Any]:
    return page("api", templating={"list": [{**VARIABLE, **more}]})


def _live(grafana: StandIn) -> dict[str, Any]:
    stored = grafana.page("api")
    assert stored
    data: dict[str, Any] = stored.data
    return data


def _asked(grafana: StandIn) -> int:
    return sum(one.path == "/api/datasources" for one in grafana.requests)


@pytest.mark.parametrize(
    "made",
    [
        {"panels": [{"datasource": OLD}]},
        {"panels": [{"targets": [{"datasource": OLD}]}]},
        {"panels": [{"type": "row", "panels": [{"targets": [{"datasource": OLD}]}]}]},
        {"rows": [{"panels": [{"datasource": OLD}]}]},
        {"templating": {"list": [{"type": "query", "datasource": OLD}]}},
        {"annotations": {"list": [{"name": "Deploys", "datasource": OLD}]}},
        {"panels": [{"datasource": {"type": "datasource", "uid": "-- Mixed --"}, "targets": [{"datasource": OLD}]}]},
    ],
)
def test_a_data_source_is_found_and_replaced_wherever_a_page_names_it(made: dict[str, Any]) -> None:
    assert named(made) == {Reference("old", "prometheus")}
    assert named(pinned(made, {"old": DataSource("new", "New", "mimir")})) == {Reference("new", "mimir")}


def test_an_old_page_names_it_in_one_word() -> None:
    made = {"panels": [{"datasource": "old"}]}

    assert named(made) == {Reference("old")}
    assert pinned(made, {"old": PROMETHEUS}) == {"panels": [{"datasource": "prom-eu"}]}


@pytest.mark.parametrize(
    "source",
    [
        "-- Grafana --",
        "-- Mixed --",
        "-- Dashboard --",
        "__expr__",
        "grafana",
        "default",
        "$ds",
        "${ds}",
        "[[ds]]",
        None,
    ],
)
def test_what_is_left_to_grafana_or_to_a_variable_is_not_named_and_stays(source: object) -> None:
    made = {"panels": [{"datasource": source, "targets": [{"datasource": {"type": "prometheus", "uid": source}}]}]}

    assert not named(made)
    assert pinned(made, {str(source): PROMETHEUS, "prometheus": PROMETHEUS}) == made


def test_pinning_changes_nothing_else_and_not_the_page_that_it_was_given() -> None:
    made = {"uid": "a", "panels": [{"datasource": OLD, "options": {"x": [1]}, "targets": []}], "templating": None}
    before = repr(made)

    after = pinned(made, {"old": PROMETHEUS})

    assert repr(made) == before
    assert repr(after) == before.replace("'old'", "'prom-eu'")


def test_a_variable_of_several_shows_one() -> None:
    made = pinned(_with_variable(multi=True), {"prometheus": PROMETHEUS})

    assert made["templating"]["list"][0]["current"] == {"text": ["Prometheus EU"], "value": ["prom-eu"]}


def test_a_variable_of_another_type_is_left_alone() -> None:
    made = _with_variable(query="loki")

    assert pinned(made, {"prometheus": PROMETHEUS, "loki": PROMETHEUS}) == made


def test_many_pages_are_counted() -> None:
    pages = {f"p{number}": _with(OLD) for number in range(5)}

    [lack] = lacking(pages, [PROMETHEUS], {})

    assert lack.what == "no data source has the uid or name 'old', for p0, p1, p2 and 2 more"


def test_a_variable_is_pinned_by_the_name_that_9_looks_for_and_the_uid_that_10_does(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.add_data_source("prom-eu", "Prometheus EU")
    build.put(_with_variable())

    said = push("--datasource", "prometheus=prom-eu")

    assert said.results == {"api": "created"}
    assert _live(grafana)["templating"]["list"][0]["current"] == {"text": "Prometheus EU", "value": "prom-eu"}
    assert said.err == ""
    assert push("--datasource", "prometheus=prom-eu").total == "1 page: 1 unchanged"


def test_a_uid_that_a_page_names_is_pinned_to_another(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_data_source("prom-eu")
    build.put(_with(OLD))

    said = push("--datasource", "old=prom-eu")

    assert _live(grafana)["panels"][0]["datasource"] == {"type": "prometheus", "uid": "prom-eu"}
    assert "not what dash build wrote" not in said.err


def test_another_pin_is_an_update_and_an_edit_by_hand_stays_a_conflict(
    build: Build, push: Push, grafana: StandIn
) -> None:
    for uid in ("prom-eu", "prom-us"):
        grafana.add_data_source(uid)
    build.put(_with(OLD))
    push("--datasource", "old=prom-eu")

    assert push("--datasource", "old=prom-us").results == {"api": "updated"}
    grafana.edit("api", lambda model: model.update(title="Mine"))
    said = push("--datasource", "old=prom-eu")

    assert said.code == 5
    assert 'page: title "Api" -> "Mine"' in said.out
    assert "prom-us" not in said.out


def test_the_context_pins_too_and_the_command_line_beats_it(
    build: Build, dash: Push, grafana: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for uid in ("prom-eu", "prom-us"):
        grafana.add_data_source(uid)
    text = f'[contexts.a]\nurl = "{grafana.url}"\ndatasources = {{prometheus = "prom-eu"}}\n'
    (tmp_path / "dash.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    build.put(_with_variable())

    dash("--context", "a", "--token", grafana.token())
    first = _live(grafana)["templating"]["list"][0]["current"]["value"]
    dash("--context", "a", "--token", grafana.token(), "--datasource", "prometheus=prom-us")

    assert (first, _live(grafana)["templating"]["list"][0]["current"]["value"]) == ("prom-eu", "prom-us")


def test_a_pin_to_a_data_source_that_is_not_there_is_an_error_before_anything_is_written(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.add_data_source("prom-eu")
    build.put(_with_variable())

    said = push("--datasource", "prometheus=prom")

    assert said.code == 2
    assert "pages cannot be pinned for 'prometheus': no data source has the uid 'prom'" in said.err
    assert "one of: prom-eu (prometheus)" in said.err
    assert grafana.page("api") is None
    assert not [one for one in grafana.requests if one.method != "GET"]


def test_a_missing_data_source_is_told_before_the_push_which_goes_on(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.add_data_source("prom-eu")
    build.put(_with(OLD))

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
    build.put(_with(OLD))
    monkeypatch.setattr(_order, "_asked", lambda _: {"api": OnConflict.OVERWRITE})

    said = push("--on-conflict", "ask")

    assert said.results == {"api": "updated"}
    assert "warning: no data source has the uid or name 'old', for api" in said.err


def test_a_type_that_nobody_has_is_told(build: Build, push: Push) -> None:
    build.put(_with_variable(query="tempo"))

    assert "warning: there is no data source of the type tempo, for api; make one" in push().err


def test_a_pin_to_a_data_source_of_another_type_is_told(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_data_source("logs", kind="loki")
    build.put(_with_variable())

    said = push("--datasource", "prometheus=logs")

    assert "warning: the data source 'logs' is no prometheus, and a variable shows no other, for api" in said.err


def test_who_may_not_list_data_sources_is_told_once(build: Build, dash: Push, grafana: StandIn) -> None:
    build.put(_with(OLD))
    build.put({**_with(OLD), "uid": "app", "title": "App"})

    said = dash(url=grafana.url, token=grafana.token("Editor", without=("datasources:read",)))

    assert said.code == 0
    assert said.total == "2 pages: 2 created"
    assert said.err.count("data sources") == 2  # of the page, and of the permission
    assert said.err.startswith("note: whether the pages' data sources are there cannot be told: no permission to list")
    assert said.err.count("\n") == 1


def test_who_may_not_list_data_sources_pins_all_the_same(build: Build, dash: Push, grafana: StandIn) -> None:
    build.put({**_with(OLD), **_with_variable(), "panels": [_panel(OLD)]})

    said = dash(
        "--datasource",
        "old=new",
        "--datasource",
        "prometheus=new",
        url=grafana.url,
        token=grafana.token("Editor", without=("datasources:read",)),
    )

    assert said.code == 0
    assert _live(grafana)["panels"][0]["datasource"] == {"type": "prometheus", "uid": "new"}
    assert _live(grafana)["templating"]["list"][0]["current"] == {"text": "new", "value": "new"}
    assert "a Grafana before 10.1 knows the data source of a pinned variable only by its name" in said.err


def test_a_grafana_that_fails_to_list_them_is_no_reason_not_to_push_unless_pages_are_pinned(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.faults.add("GET", "^/api/datasources$", times=100, status=500, body={"message": "oh"})
    build.put(_with(OLD))

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
        build.put({**_with(OLD), "uid": f"page-{number}", "title": f"Page {number}"})
    push()
    assert _asked(grafana) == 1

    push()
    assert _asked(grafana) == 1


def test_they_are_asked_for_once_also_where_pages_are_pinned(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_data_source("new")
    build.put(_with({"type": "prometheus", "uid": "other"}))

    assert "'other'" in push("--datasource", "old=new").err
    assert _asked(grafana) == 1
