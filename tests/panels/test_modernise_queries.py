"""The queries of grafanalib's panels: their letters, their words and the data source they ask."""

from typing import Any

import grafanalib.core as lib
import pytest

from tests.panels.grafanalib_pages import PANELS, TEMPLATES, panel, target
from tests.panels.modern import changes, first, modern


def test_queries_get_letters_and_references() -> None:
    made = first(panel(lib.TimeSeries, targets=[target(), target(refId="B"), target(), target(refId="A")]))
    assert [one["refId"] for one in made["targets"]] == ["C", "B", "D", "A"]
    assert made["datasource"] == {"type": "prometheus", "uid": "${DS}"}
    assert all(one["datasource"] == made["datasource"] for one in made["targets"])
    assert made["targets"][0] == {
        "datasource": {"type": "prometheus", "uid": "${DS}"},
        "editorMode": "code",
        "exemplar": False,
        "expr": "rate(http_requests_total[5m])",
        "format": "time_series",
        "instant": False,
        "legendFormat": "{{handler}}",
        "range": True,
        "refId": "C",
    }


def test_a_letter_twice_is_mended_and_said() -> None:
    said = panel(lib.TimeSeries, targets=[target(refId="A"), target(refId="A")])
    assert [one["refId"] for one in first(said)["targets"]] == ["A", "B"]
    assert "two queries are called A" in changes(said)


def test_a_hidden_query_stays_hidden_and_a_step_is_said() -> None:
    said = panel(lib.TimeSeries, targets=[target(hide=True, step=30, intervalFactor=4, interval="1m")])
    made = first(said)["targets"][0]
    assert (made["hide"], made["intervalFactor"], made["interval"]) == (True, 4, "1m")
    assert "step" not in made
    assert "step=30 means nothing today" in changes(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Prom", {"type": "prometheus", "uid": "Prom"}),
        ("$DS", {"type": "prometheus", "uid": "$DS"}),
        ("${LOGS}", {"type": "loki", "uid": "${LOGS}"}),
        ({"uid": "x"}, {"type": "prometheus", "uid": "x"}),
        ({"type": "loki", "uid": "x"}, {"type": "loki", "uid": "x"}),
        ("-- Dashboard --", {"type": "datasource", "uid": "-- Dashboard --"}),
        (None, None),
        ("default", None),
    ],
)
def test_a_data_source_by_name_becomes_a_reference(said: Any, expected: Any) -> None:
    made = modern(panel(lib.TimeSeries, dataSource=said), templating=lib.Templating(list=TEMPLATES))
    assert made["panels"][0].get("datasource") == expected


def test_a_panel_of_several_data_sources_is_mixed() -> None:
    said = panel(lib.TimeSeries, dataSource=None, targets=[target(datasource="A"), target(datasource="B")])
    made = first(said)
    assert made["datasource"] == {"type": "datasource", "uid": "-- Mixed --"}
    assert [one["datasource"]["uid"] for one in made["targets"]] == ["A", "B"]
    said = panel(lib.TimeSeries, dataSource="-- Mixed --", targets=[target(), target(datasource="B")])
    assert first(said)["datasource"]["uid"] == "-- Mixed --"
    assert "datasource" not in first(said)["targets"][0]
    said = panel(lib.TimeSeries, dataSource=None, targets=[target(datasource="A"), target(datasource="A")])
    assert first(said)["datasource"] == {"type": "prometheus", "uid": "A"}


@pytest.mark.parametrize(
    ("name", "plugin", "key"),
    [
        ("cloudwatch", "cloudwatch", "namespace"),
        ("elasticsearch", "elasticsearch", "query"),
        ("influxdb", "influxdb", "query"),
        ("sql", "mysql", "rawSql"),
        ("graphite", "graphite", "target"),
        ("Logs", "loki", "expr"),
    ],
)
def test_a_query_of_another_language_keeps_its_words(name: str, plugin: str, key: str) -> None:
    made = first(PANELS[name])["targets"][0]
    assert made["datasource"]["type"] == plugin
    assert made[key]
    assert "range" not in made
