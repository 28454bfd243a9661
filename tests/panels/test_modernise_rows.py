"""The rows of grafanalib's pages, of before the grid and of today."""

from typing import Any

import grafanalib.core as lib

from tests.panels.grafana_schemas import complaints
from tests.panels.grafanalib_pages import panel
from tests.panels.modern import changes, modern


def test_panels_of_an_open_row_stand_below_it() -> None:
    said = lib.RowPanel(
        title="Row", panels=[panel(lib.Stat, gridPos=lib.GridPos(8, 12, 0, 1))], gridPos=lib.GridPos(1, 24, 0, 0)
    )
    made = modern(said)["panels"]
    assert [one["type"] for one in made] == ["row", "stat"]
    assert made[0]["panels"] == []
    assert "stand below it, not in it" in changes(said)


def test_a_row_panel_without_a_place_stands_below_the_others() -> None:
    made = modern(panel(lib.Stat), lib.RowPanel(title="Row"))["panels"]
    assert made[1]["gridPos"] == {"h": 1, "w": 24, "x": 0, "y": 8}


def old_row(*spans: int | None, **said: Any) -> lib.Row:
    """A row of before the grid."""
    return lib.Row(
        panels=[lib.Graph(title=f"{i}", dataSource="Prom", span=s, gridPos=None) for i, s in enumerate(spans)], **said
    )


def test_rows_become_panels_on_the_grid() -> None:
    made = modern(rows=[old_row(4, 8, title="First"), old_row(6, 6, 6, title="Second", repeat="job")])["panels"]
    assert [one["type"] for one in made] == ["row", "timeseries", "timeseries", "row", *["timeseries"] * 3]
    places = [tuple(one["gridPos"][key] for key in "xywh") for one in made]
    assert places == [
        (0, 0, 24, 1),
        (0, 1, 8, 7),
        (8, 1, 16, 7),
        (0, 8, 24, 1),
        (0, 9, 12, 7),
        (12, 9, 12, 7),
        (0, 16, 12, 7),
    ]
    assert made[3]["repeat"] == "job"
    assert complaints(modern(rows=[old_row(4, 8, title="First")])) == []


def test_a_collapsed_row_holds_its_panels() -> None:
    made = modern(rows=[old_row(12, title="Down", collapse=True), old_row(12, title="Up")])["panels"]
    assert [(one["type"], one["title"]) for one in made] == [("row", "Down"), ("row", "Up"), ("timeseries", "0")]
    assert made[0]["panels"][0]["title"] == "0"
    assert made[1]["gridPos"]["y"] == 1


def test_rows_without_a_title_leave_no_row_panel() -> None:
    made = modern(rows=[old_row(12), old_row(12, height=lib.Pixels(400))])["panels"]
    assert [one["gridPos"]["y"] for one in made] == [0, 7]
    assert [one["gridPos"]["h"] for one in made] == [7, 11]


def test_rows_and_panels_of_one_page_are_both_there() -> None:
    made = modern(panel(lib.Stat), rows=[old_row(12, title="Row")])["panels"]
    assert [one["type"] for one in made] == ["row", "timeseries", "stat"]
    assert made[2]["gridPos"]["y"] == 8
