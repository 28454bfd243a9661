"""A page written with grafanalib comes out as today's Grafana would save it, and the one that was given stays."""

import copy

import grafanalib.core as lib
import pytest

from panels.grafana import modernise
from tests.panels.grafana_schemas import complaints
from tests.panels.grafanalib_pages import PANELS, page, panel, whole_page
from tests.panels.modern import first, modern


@pytest.mark.parametrize("name", PANELS)
def test_grafanas_schemas_have_nothing_against_any_class(name: str) -> None:
    assert complaints(modern(PANELS[name])) == []


def test_an_instant_query_asks_for_no_range() -> None:
    made = first(PANELS["Table"])["targets"][0]
    assert (made["instant"], made["range"]) == (True, False)


def test_grafanas_schemas_have_nothing_against_a_whole_page() -> None:
    assert complaints(modernise(whole_page())) == []


def test_the_callers_objects_stay_as_they_are() -> None:
    said = whole_page()
    before = copy.deepcopy(said)
    modernise(said)
    assert said == before
    stacking = {"mode": "normal"}
    modernise(
        page(
            panel(
                lib.TimeSeries,
                stacking=stacking,
                extraJson={"fieldConfig": {"defaults": {"custom": {"stacking": {"mode": "percent"}}}}},
            )
        )
    )
    assert stacking == {"mode": "normal"}


def test_a_page_that_is_json_already_is_brought_up_to_date_too() -> None:
    said = {
        "title": "Page",
        "uid": "page",
        "panels": [
            {"type": "row", "title": "Row", "panels": [{"type": "stat", "title": "Inside"}]},
            {"type": "graph", "title": "Graph", "targets": [{"expr": "up"}], "datasource": "Prom"},
        ],
    }
    made = modernise(said)
    assert complaints(made) == []
    assert [one["type"] for one in made["panels"]] == ["row", "stat", "timeseries"]
    row = {"title": "R", "showTitle": True, "panels": [{"type": "text"}]}
    assert [one["type"] for one in modernise({**said, "rows": [row]})["panels"]][:2] == ["row", "text"]


def test_it_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    modernise(page(PANELS["PieChart"], PANELS["Graph"], rows=[lib.Row(panels=[])]))
    assert capsys.readouterr().out == ""


def test_the_same_page_is_the_same_json() -> None:
    assert modernise(whole_page()) == modernise(whole_page())
