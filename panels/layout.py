"""Where panels go on Grafana's grid of 24 columns: rows fill themselves, nothing overlaps or leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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


class _Size(NamedTuple):
    """What decides where a panel goes: its kind, and the width and height that somebody gave it."""

    kind: str
    width: int | None
    height: int | None

    @property
    def natural_width(self) -> int:
        """As wide as was said, else as its kind."""
        return SIZES.get(self.kind, UNKNOWN)[0] if self.width is None else self.width

    @property
    def natural_height(self) -> int:
        """As high as was said, else as its kind."""
        return SIZES.get(self.kind, UNKNOWN)[1] if self.height is None else self.height


def _place_row(row: Row, y: int) -> tuple[tuple[tuple[Panel, Box], ...], int]:
    boxes, height = _boxes(tuple([_size(panel) for panel in row.panels]))
    places = [Box(x, y + below, w, h) for x, below, w, h in boxes]
    return tuple(zip(row.panels, places, strict=True)), y + height


def _size(panel: Panel) -> _Size:
    width, height = panel.look.get("width"), panel.look.get("height")
    if width is not None and not 1 <= width <= COLUMNS:
        raise Mistake(f"panel {panel.title!r} is {width} columns wide", fix=f"1 to {COLUMNS}", where=panel.source)
    if height is not None and height < 1:
        raise Mistake(f"panel {panel.title!r} is {height} high", fix="at least 1", where=panel.source)
    return _Size(panel.kind, width, height)


@lru_cache(1024)
def _boxes(panels: tuple[_Size, ...]) -> tuple[tuple[Box, ...], int]:
    """The places of a row's panels below its title, and how high all of it is; many rows of many pages are alike."""
    boxes: list[Box] = []
    y = 0
    for line in _lines(panels):
        height = max(one.natural_height for one in line)
        x = 0
        for one, width in zip(line, _widths(line), strict=True):
            boxes.append(Box(x, y, width, height if one.height is None else one.height))
            x += width
        y += height
    return tuple(boxes), y


def _lines(panels: Sequence[_Size]) -> list[list[_Size]]:
    """The panels cut where the next one has no room left."""
    lines: list[list[_Size]] = []
    room = 0
    for one in panels:
        width = one.natural_width
        if width > room:
            lines.append([])
            room = COLUMNS
        lines[-1].append(one)
        room -= width
    return _balanced(panels, len(lines)) if len(lines) > 1 and _alike(panels) else lines


def _alike(panels: Sequence[_Size]) -> bool:
    """Whether nothing was said of any width and all would be equally wide."""
    width = panels[0].natural_width
    return all(one.width is None and one.natural_width == width for one in panels)


def _balanced(panels: Sequence[_Size], count: int) -> list[list[_Size]]:
    """As many lines, with as many panels each: four graphs are two and two, not three and a wide one."""
    each, rest = divmod(len(panels), count)
    lines, begin = [], 0
    for index in range(count):
        end = begin + each + (index < rest)
        lines.append(list(panels[begin:end]))
        begin = end
    return lines


def _widths(line: Sequence[_Size]) -> list[int]:
    """What was said, and the rest shared out among those of whom nothing was said; the last get the odd columns."""
    said = [one.width for one in line]
    free = said.count(None)
    rest = COLUMNS - sum(width or 0 for width in said)
    widths = []
    for width in said:
        if width is None:
            width = rest // free  # noqa: PLW2901 - the same width, now known
            rest, free = rest - width, free - 1
        widths.append(width)
    return widths
