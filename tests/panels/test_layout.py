"""The grid: nothing overlaps, nothing leaves it, the order of the page is the order of reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels import Dashboard, Panel, Row, row, stat, text, timeseries
from panels.kinds import KINDS
from panels.layout import Box, place
from panels.panel import Look
from panels.theme import COLUMNS
from queries import Mistake
from tests.panels.catalog import requests


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """Sizes, said or not."""
    look = Look()
    if draw(st.booleans()):
        look["width"] = draw(st.integers(1, COLUMNS))
    if draw(st.booleans()):
        look["height"] = draw(st.integers(1, 30))
    return look


@st.composite
def pages(draw: st.DrawFn) -> Dashboard:
    """Any page: any kinds, any sizes, any rows open or collapsed."""
    rows = []
    for number in range(draw(st.integers(0, 5))):
        said = draw(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), looks()), max_size=12))
        inside = [Panel(kind=kind, title=f"{number}.{i}", look=look) for i, (kind, look) in enumerate(said)]
        rows.append(Row(f"row {number}", tuple(inside), collapsed=draw(st.booleans())))
    return Dashboard(uid="page", title="Page", rows=rows)


def cells(box: Box) -> set[tuple[int, int]]:
    """Every cell of the grid that a panel covers."""
    return {(x, y) for x in range(box.x, box.x + box.w) for y in range(box.y, box.y + box.h)}


@given(pages())
def test_nothing_overlaps_or_leaves_the_grid(page: Dashboard) -> None:
    open_boxes: list[Box] = []
    for placed in place(page):
        inside = [box for _, box in placed.panels]
        boxes = [placed.box, *inside]
        for box in boxes:
            assert box.w >= 1
            assert box.h >= 1
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.w <= COLUMNS
        assert sum(len(cells(box)) for box in boxes) == len(set().union(*(cells(box) for box in boxes)))
        open_boxes += [placed.box] if placed.row.collapsed else boxes
    assert sum(len(cells(box)) for box in open_boxes) == len(set().union(*(cells(box) for box in open_boxes)))


@given(pages())
def test_reading_order_is_the_order_of_the_page(page: Dashboard) -> None:
    for placed in place(page):
        assert [panel for panel, _ in placed.panels] == list(placed.row.panels)
        places = [(box.y, box.x) for _, box in placed.panels]
        assert places == sorted(places)
        assert all(box.y > placed.box.y for _, box in placed.panels)


@given(pages())
def test_a_line_with_a_free_panel_fills_the_grid(page: Dashboard) -> None:
    for placed in place(page):
        lines: dict[int, list[tuple[Panel, Box]]] = {}
        for panel, box in placed.panels:
            lines.setdefault(box.y, []).append((panel, box))
        for line in lines.values():
            if any("width" not in panel.look for panel, _ in line):
                assert sum(box.w for _, box in line) == COLUMNS


@given(pages())
def test_what_is_said_is_what_one_gets(page: Dashboard) -> None:
    for placed in place(page):
        for panel, box in placed.panels:
            assert box.w == panel.look.get("width", box.w)
            assert box.h == panel.look.get("height", box.h)


def widths(*panels: Panel) -> list[list[int]]:
    """The widths of a row's panels, line by line."""
    placed = place(Dashboard(uid="page", title="Page", rows=[row("Row", *panels)]))[0]
    tops = sorted({box.y for _, box in placed.panels})
    return [[box.w for _, box in placed.panels if box.y == top] for top in tops]


def stats(count: int) -> list[Panel]:
    """So many big numbers."""
    return [stat(f"Requests {number}", requests()) for number in range(count)]


def test_big_numbers_share_a_row_and_the_last_get_the_odd_columns() -> None:
    assert widths(*stats(6)) == [[4, 4, 4, 4, 4, 4]]
    assert widths(*stats(5)) == [[4, 5, 5, 5, 5]]


def test_what_needs_two_lines_is_shared_out_evenly() -> None:
    assert widths(*stats(7)) == [[6, 6, 6, 6], [8, 8, 8]]
    assert widths(*(timeseries(f"Graph {n}", requests()) for n in range(4))) == [[12, 12], [12, 12]]


def test_said_widths_stay_and_the_others_share_the_rest() -> None:
    assert widths(stat("One", requests(), width=3), *stats(5)) == [[3, 4, 4, 4, 4, 5]]


def test_panels_of_a_line_are_equally_high() -> None:
    page = Dashboard(uid="page", title="Page", rows=[row("Row", stat("A", requests()), timeseries("B", requests()))])
    assert {box.h for _, box in place(page)[0].panels} == {8}


def test_a_collapsed_row_takes_one_line_of_the_page() -> None:
    rows = [row("Down", *stats(3), collapsed=True), row("Up", text("About", "x"))]
    first, second = place(Dashboard(uid="page", title="Page", rows=rows))
    assert (first.box.y, second.box.y) == (0, 1)
    assert first.panels[0][1].y == 1


@pytest.mark.parametrize(("said", "message"), [({"width": 25}, "25 columns wide"), ({"width": 0}, "0 columns wide")])
def test_a_panel_wider_than_the_grid_is_a_mistake_at_its_line(said: Look, message: str) -> None:
    page = Dashboard(uid="page", title="Page", rows=[row("Row", Panel(kind="stat", title="Wide", look=said))])
    with pytest.raises(Mistake, match=message) as caught:
        place(page)
    assert caught.value.where == page.rows[0].panels[0].source
    assert "1 to 24" in caught.value.fix


def test_a_panel_without_height_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="0 high"):
        widths(stat("Flat", requests(), height=0))


def test_a_kind_that_nobody_knows_has_a_usual_size() -> None:
    placed = place(Dashboard(uid="page", title="Page", rows=[row("Row", Panel(kind="their-plugin", title="Own"))]))
    assert placed[0].panels[0][1] == Box(0, 1, 24, 8)
