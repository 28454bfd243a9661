"""Where grafanalib's panels stand: old rows with spans become row panels on the grid, and every panel gets an id."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from panels.grafana.ids import panel_id
from panels.grafana.modern_panel import modern_panel
from panels.grafana.modern_sources import Sources
from panels.grafana.notes import Notes
from panels.grafana.plain import plain
from panels.theme import COLUMNS

Json = dict[str, Any]
#: Angular's grid had twelve columns; a panel of which nothing is said has four of them.
_SPAN = 2
_USUAL_SPAN = 4
#: A cell of today's grid, with its margin, in pixels.
_CELL = 38
_LEAST_HEIGHT = 3
_USUAL = {"h": 8, "w": 12}
_HEIGHT = re.compile(r"(\d+)(?:px)?")


def of_rows(rows: Sequence[Any], sources: Sources, notes: Notes) -> list[Json]:
    """Old rows, each with a row panel above its panels where any of them shows a title, is collapsed or repeats."""
    said = [(_row_json(one), _inside(one)) for one in rows]
    titled = any(one.get("showTitle") or one.get("collapse") or one.get("repeat") for one, _ in said)
    made: list[Json] = []
    y = 0
    for row, panels in said:
        inside, below = _flow(row, panels, y + titled, sources, notes)
        if titled:
            made.append(_row(row, y))
        collapsed = bool(row.get("collapse"))
        if titled and collapsed:
            made[-1]["panels"] = inside
        else:
            made += inside
        y = y + 1 if titled and collapsed else below
    if rows:
        notes.say(f"{len(rows)} rows are panels on the grid now")
    return made


def of_panels(panels: Sequence[Any], top: int, sources: Sources, notes: Notes) -> list[Json]:
    """Panels on the grid; row panels among them."""
    made: list[Json] = []
    for one in panels:
        if not _is_row(one):
            made.append(_placed(modern_panel(one, sources, notes), made, top, notes))
            continue
        row = _row_panel(one, made, top, notes)
        inside: list[Json] = []
        for panel in _inside(one):
            inside.append(_placed(modern_panel(panel, sources, notes), [row, *inside], top, notes))
        made.append(row)
        if row["collapsed"]:
            row["panels"] = inside
        elif inside:
            notes.say(f"row {row['title']!r} is open, so its panels stand below it, not in it")
            made += inside
    return made


def _inside(row: Any) -> list[Any]:
    return list(row.get("panels", []) if isinstance(row, Mapping) else getattr(row, "panels", []))


def _row_json(row: Any) -> Json:
    """The row without what it holds."""
    whole = row if isinstance(row, Mapping) else row.to_json_data()
    found: Json = plain({key: value for key, value in whole.items() if key != "panels"})
    return found


def with_ids(panels: Sequence[Json], uid: str, notes: Notes) -> None:
    """An id for each panel: its own where it is alone to have it, else one from its title."""
    everyone = list(_all(panels))
    taken: set[int] = set()
    for one in everyone:
        own = one.get("id")
        if isinstance(own, int) and own > 0 and own not in taken:
            taken.add(own)
        elif own is not None:
            notes.say(f"panel {one.get('title', '')!r}: another panel has its id {own}, so it got a new one")
            del one["id"]
    for one in everyone:
        if "id" not in one:
            one["id"] = _free(uid, one, taken)
            taken.add(one["id"])


def _free(uid: str, one: Json, taken: set[int]) -> int:
    key = ("row:" if one["type"] == "row" else "") + one.get("title", "")
    count = 1
    while (found := panel_id(uid, key if count == 1 else f"{key}#{count}")) in taken:
        count += 1
    return found


def _all(panels: Sequence[Json]) -> Iterator[Json]:
    for one in panels:
        yield one
        yield from one.get("panels", ())


def _row(said: Json, y: int) -> Json:
    made: Json = {
        "collapsed": bool(said.get("collapse")),
        "gridPos": {"h": 1, "w": COLUMNS, "x": 0, "y": y},
        "panels": [],
        "title": said.get("title", ""),
        "type": "row",
    }
    if said.get("repeat"):
        made["repeat"] = said["repeat"]
    return made


def _row_panel(one: Any, before: Sequence[Json], top: int, notes: Notes) -> Json:
    said = _row_json(one)
    made = _row({"collapse": said.get("collapsed"), **said}, 0)
    for key in ("id", "gridPos"):
        if key in said:
            made[key] = said[key]
    if "gridPos" not in said:
        del made["gridPos"]
        made["gridPos"] = {"h": 1, "w": COLUMNS, "x": 0, "y": _below(before, top)}
        return made
    return _placed(made, before, top, notes)


def _flow(row: Json, panels: Sequence[Any], y: int, sources: Sources, notes: Notes) -> tuple[list[Json], int]:
    """Panels side by side by their spans, a new line where there is no room; and where the next row begins."""
    made: list[Json] = []
    x = tall = 0
    for one in panels:
        width = min(COLUMNS, max(1, math.floor(_of(one, "span") or _USUAL_SPAN)) * _SPAN)
        height = _rows_of(plain(_of(one, "height")) or row.get("height"))
        if x + width > COLUMNS:
            x, y, tall = 0, y + tall, 0
        panel = modern_panel(one, sources, notes)
        panel["gridPos"] = {"h": height, "w": width, "x": x, "y": y}
        made.append(panel)
        x, tall = x + width, max(tall, height)
    return made, y + tall


def _of(panel: Any, name: str) -> Any:
    return panel.get(name) if isinstance(panel, Mapping) else getattr(panel, name, None)


def _is_row(panel: Any) -> bool:
    """Whether it is a row panel: a class with panels inside, or JSON that says so."""
    return panel.get("type") == "row" if isinstance(panel, Mapping) else hasattr(panel, "panels")


def _rows_of(height: Any) -> int:
    found = _HEIGHT.fullmatch(str(height or "").strip())
    pixels = int(found.group(1)) if found else 250
    return max(_LEAST_HEIGHT, math.ceil(pixels / _CELL))


def _placed(made: Json, before: Sequence[Json], top: int, notes: Notes) -> Json:
    where = f"panel {made.get('title', '')!r}"
    said = made.get("gridPos")
    if said is None:
        made["gridPos"] = {**_USUAL, "x": 0, "y": _below(before, top)}
        notes.say(f"{where} had no place; it stands below those before it")
        return made
    place = {key: said.get(key, 0) for key in ("h", "w", "x", "y")}
    whole = all(isinstance(value, int) and not isinstance(value, bool) for value in place.values())
    if not whole or min(place["x"], place["y"]) < 0 or min(place["h"], place["w"]) < 1:
        raise notes.wrong(f"{where} stands at {said}", "whole numbers: GridPos(h=8, w=12, x=0, y=0)", made_by="GridPos")
    if place["x"] + place["w"] > COLUMNS:
        what = f"{where} is {place['w']} columns wide at column {place['x']}: the grid has {COLUMNS}"
        raise notes.wrong(what, made_by="GridPos")
    made["gridPos"] = {**place, "y": place["y"] + top}
    return made


def _below(before: Sequence[Json], top: int) -> int:
    return max((one["gridPos"]["y"] + one["gridPos"]["h"] for one in before), default=top)
