"""The ids and the places of grafanalib's panels: each its own, and all of them on the grid."""

import grafanalib.core as lib
import pytest

from queries import Mistake
from tests.panels.grafana_schemas import panels
from tests.panels.grafanalib_pages import panel
from tests.panels.modern import changes, modern


def test_ids_are_kept_where_they_are_alone_and_stable_where_not() -> None:
    said = [panel(lib.TimeSeries, id=5), panel(lib.Stat, id=5), panel(lib.Stat), panel(lib.Stat), panel(lib.Stat, id=9)]
    made = [one["id"] for one in modern(*said)["panels"]]
    assert made[0] == 5
    assert made[4] == 9
    assert len(set(made)) == 5
    assert min(made) > 0
    assert modern(*said[2:])["panels"][0]["id"] in made
    assert "another panel has its id 5" in changes(*said)


def test_ids_are_unique_also_in_rows() -> None:
    inside = [panel(lib.TimeSeries, id=1), panel(lib.TimeSeries, id=1)]
    said = lib.RowPanel(title="Row", collapsed=True, panels=inside, gridPos=lib.GridPos(1, 24, 0, 0), id=1)
    made = [one["id"] for one in panels(modern(said))]
    assert len(set(made)) == 3


def test_a_panel_without_a_place_stands_below_the_others() -> None:
    made = modern(panel(lib.Stat), panel(lib.Stat, gridPos=None))["panels"]
    assert made[1]["gridPos"] == {"h": 8, "w": 12, "x": 0, "y": 8}
    assert "had no place" in changes(panel(lib.Stat, gridPos=None))


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (lib.GridPos(h="8", w=12, x=0, y=0), "whole numbers"),
        (lib.GridPos(h=8, w=12, x=-1, y=0), "whole numbers"),
        (lib.GridPos(h=8, w=99, x=0, y=0), "99 columns wide at column 0: the grid has 24"),
        (lib.GridPos(h=8, w=12, x=13, y=0), "12 columns wide at column 13"),
    ],
)
def test_a_place_outside_the_grid_is_a_mistake(place: lib.GridPos, message: str) -> None:
    with pytest.raises(Mistake, match=message):
        modern(panel(lib.Stat, gridPos=place))
