"""Pages pinned to the data sources of a Grafana."""

from pathlib import Path
from typing import Any

import pytest

from tests.push.building import Build, Push
from tests.push.sources.naming import OLD, naming, panel_of, with_variable
from tests.stand_in import StandIn


def _live(grafana: StandIn) -> dict[str, Any]:
    stored = grafana.page("api")
    assert stored
    data: dict[str, Any] = stored.data
    return data


def test_a_variable_is_pinned_by_the_name_that_9_looks_for_and_the_uid_that_10_does(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.add_data_source("prom-eu", "Prometheus EU")
    build.put(with_variable())

    said = push("--datasource", "prometheus=prom-eu")

    assert said.results == {"api": "created"}
    assert _live(grafana)["templating"]["list"][0]["current"] == {"text": "Prometheus EU", "value": "prom-eu"}
    assert said.err == ""
    assert push("--datasource", "prometheus=prom-eu").total == "1 page: 1 unchanged"


def test_a_uid_that_a_page_names_is_pinned_to_another(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_data_source("prom-eu")
    build.put(naming(OLD))

    said = push("--datasource", "old=prom-eu")

    assert _live(grafana)["panels"][0]["datasource"] == {"type": "prometheus", "uid": "prom-eu"}
    assert "not what dash build wrote" not in said.err


def test_another_pin_is_an_update_and_an_edit_by_hand_stays_a_conflict(
    build: Build, push: Push, grafana: StandIn
) -> None:
    for uid in ("prom-eu", "prom-us"):
        grafana.add_data_source(uid)
    build.put(naming(OLD))
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
    build.put(with_variable())

    dash("--context", "a", "--token", grafana.token())
    first = _live(grafana)["templating"]["list"][0]["current"]["value"]
    dash("--context", "a", "--token", grafana.token(), "--datasource", "prometheus=prom-us")

    assert (first, _live(grafana)["templating"]["list"][0]["current"]["value"]) == ("prom-eu", "prom-us")


def test_a_pin_to_a_data_source_that_is_not_there_is_an_error_before_anything_is_written(
    build: Build, push: Push, grafana: StandIn
) -> None:
    grafana.add_data_source("prom-eu")
    build.put(with_variable())

    said = push("--datasource", "prometheus=prom")

    assert said.code == 2
    assert "pages cannot be pinned for 'prometheus': no data source has the uid 'prom'" in said.err
    assert "one of: prom-eu (prometheus)" in said.err
    assert grafana.page("api") is None
    assert not [one for one in grafana.requests if one.method != "GET"]


def test_a_pin_to_a_data_source_of_another_type_is_told(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_data_source("logs", kind="loki")
    build.put(with_variable())

    said = push("--datasource", "prometheus=logs")

    assert "warning: the data source 'logs' is no prometheus, and a variable shows no other, for api" in said.err


def test_who_may_not_list_data_sources_pins_all_the_same(build: Build, dash: Push, grafana: StandIn) -> None:
    build.put({**naming(OLD), **with_variable(), "panels": [panel_of(OLD)]})

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
