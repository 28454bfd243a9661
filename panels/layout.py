"""Where panels go on Grafana's grid of 24 columns: rows fill themselves, nothing overlaps or leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from panels.dashboard import Dashboard, Row
from panels.kinds import SIZES
from panels.panel import Panel
from panels.theme import COLUMNS
from queries import Mistake

#: Of a kind that somebody made for a plugin of their own.
UNKNOWN = (8, 8)


class Box(NamedTuple):
    """A panel's place, in columns and grid rows; `y` counts from the top."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of a page with the places of its title and its panels."""

    row: Row
    box: Box
    panels: tuple[tuple[Panel, Box], ...]


def place(dashboard: Dashboard) -> tuple[Placed, ...]:
    """The whole page, top to bottom. The panels of a collapsed row lie where opening it would show them."""
    placed = []
    y = 0
    for row in dashboard.rows:
        title = Box(0, y, COLUMNS, 1)
        panels, below = _place_row(row, y + 1)
        placed.append(Placed(row, title, panels))
        y = y + 1 if row.collapsed else below
    return tuple(placed)


def _place_row(row: Row, y: int) -> tuple[tuple[tuple[Panel, Box], ...], int]:
    placed: list[tuple[Panel, Box]] = []
    for line in _lines(row.panels):
        widths = _widths(line)
        height = max(map(_height, line))
        x = 0
        for panel, width in zip(line, widths, strict=True):
            placed.append((panel, Box(x, y, width, panel.look.get("height", height))))
            x += width
        y += height
    return tuple(placed), y


def _lines(panels: Sequence[Panel]) -> list[list[Panel]]:
    """The panels cut where the next one has no room left."""
    lines: list[list[Panel]] = []
    room = 0
    for panel in panels:
        width = _natural_width(panel)
        if width > room:
            lines.append([])
            room = COLUMNS
        lines[-1].append(panel)
        room -= width
    return _balanced(panels, len(lines)) if len(lines) > 1 and _alike(panels) else lines


def _alike(panels: Sequence[Panel]) -> bool:
    """Whether nothing was said of any width and all would be equally wide."""
    width = _natural_width(panels[0])
    return all("width" not in panel.look and _natural_width(panel) == width for panel in panels)


def _balanced(panels: Sequence[Panel], count: int) -> list[list[Panel]]:
    """As many lines, with as many panels each: four graphs are two and two, not three and a wide one."""
    each, rest = divmod(len(panels), count)
    lines, begin = [], 0
    for index in range(count):
        end = begin + each + (index < rest)
        lines.append(list(panels[begin:end]))
        begin = end
    return lines


def _widths(line: Sequence[Panel]) -> list[int]:
    """What was said, and the rest shared out among those of whom nothing was said; the last get the odd columns."""
    said = [panel.look.get("width") for panel in line]
    free = said.count(None)
    rest = COLUMNS - sum(width or 0 for width in said)
    widths = []
    for width in said:
        if width is None:
            width = rest // free  # noqa: PLW2901 - the same width, now known
            rest, free = rest - width, free - 1
        widths.append(width)
    return widths


def _natural_width(panel: Panel) -> int:
    width = panel.look.get("width")
    if width is None:
        return SIZES.get(panel.kind, UNKNOWN)[0]
    if not 1 <= width <= COLUMNS:
        raise Mistake(f"panel {panel.title!r} is {width} columns wide", fix=f"1 to {COLUMNS}", where=panel.source)
    return width


def _height(panel: Panel) -> int:
    height = panel.look.get("height", SIZES.get(panel.kind, UNKNOWN)[1])
    if height < 1:
        raise Mistake(f"panel {panel.title!r} is {height} high", fix="at least 1", where=panel.source)
    return height
