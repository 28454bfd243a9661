"""A classic dashboard, also with the rows of Grafana 4, and a library panel on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from cli.lint.reading.document import Placed
from cli.lint.reading.language import Sources, sources
from cli.lint.reading.members import mapping, objects, text
from cli.lint.reading.panel import panel, target
from cli.lint.reading.variable import variable
from cli.lint.spot import Path, Spot
from cli.lint.subject import Page, Panel, Target

#: What a dashboard has besides its panels; one of them makes an object with panels one.
MARKS = ("title", "schemaVersion", "templating", "annotations", "uid", "time", "tags", "links")


def is_dashboard(value: Mapping[str, Any]) -> bool:
    """Whether an object is a classic dashboard, or was meant to be."""
    if "panels" in value or "rows" in value:
        return text(value, "type") != "row" and any(mark in value for mark in MARKS)
    return "schemaVersion" in value and any(mark in value for mark in ("title", "templating", "annotations"))


def is_panel(value: Mapping[str, Any]) -> bool:
    """Whether an object is a panel, as a library keeps it and the panel's inspector shows it."""
    shape = "targets" in value or "fieldConfig" in value or "gridPos" in value
    return bool(text(value, "type")) and shape and "panels" not in value


def page(document: Placed, json: Mapping[str, Any], path: Path, *, uid: str = "", wrapped: bool = False) -> Page:
    """A classic dashboard; `uid` is what its manifest calls it."""
    title = text(json, "title")
    spot = Spot(document, path, f'page "{title}"' if title else "page without a title")
    known = sources(json)
    listed = objects(json, "templating", "list")
    return Page(
        spot=spot,
        uid=text(json, "uid") or uid,
        title=title,
        variables=tuple(variable(one, spot.below("templating", "list", index), known) for index, one in listed),
        panels_in=partial(_panels, json, spot, known),
        wrapped=wrapped,
        annotations=tuple(_annotations(json, spot, known)),
        json=json,
    )


def piece(document: Placed, json: Mapping[str, Any], path: Path, *, uid: str = "") -> Page:
    """A panel that no dashboard holds."""
    spot = Spot(document, path, "")
    one = panel(json, spot, Sources({}))
    return Page(one.spot, uid, one.title, panels_in=lambda: (one,), whole=False, json=json)


def _panels(json: Mapping[str, Any], spot: Spot, known: Sources) -> Iterator[Panel]:
    elements = _elements(json)
    for path, one, folded in _placed(json):
        uid = text(mapping(one, "libraryPanel"), "uid")
        kept, held = elements.get(uid, ((), None)) if uid else ((), None)
        if held is None:
            yield panel(one, spot.below(*path), known, folded=folded)
        else:
            whole = {**held, **{key: one[key] for key in ("id", "gridPos", "libraryPanel") if key in one}}
            yield panel(whole, spot.below(*kept), known, folded=folded)


def _placed(json: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any], bool]]:
    """Each panel, where it stands, and whether its row is collapsed."""
    for index, one in objects(json, "panels"):
        if text(one, "type") == "row":
            folded = one.get("collapsed") is True
            for inner, two in objects(one, "panels"):
                yield ("panels", index, "panels", inner), two, folded
        else:
            yield ("panels", index), one, False
    for index, row in objects(json, "rows"):
        for inner, one in objects(row, "panels"):
            yield ("rows", index, "panels", inner), one, row.get("collapse") is True


def _elements(json: Mapping[str, Any]) -> dict[str, tuple[Path, Mapping[str, Any]]]:
    """The library panels that an export carries along: in an object, in Grafana 9 in an array."""
    said = json.get("__elements")
    named: list[tuple[str | int, Any]] = list(said.items()) if isinstance(said, Mapping) else []
    named += enumerate(said) if isinstance(said, list) else ()
    return {
        text(one, "uid") or str(key): (("__elements", key, "model"), mapping(one, "model"))
        for key, one in named
        if mapping(one, "model")
    }


def _annotations(json: Mapping[str, Any], spot: Spot, known: Sources) -> Iterator[Target]:
    for index, one in objects(json, "annotations", "list"):
        where = f"annotation {text(one, 'name')}"
        below = spot.below("annotations", "list", index, where=where)
        if text(one, "expr"):
            yield target(one, below, known, one.get("datasource"))
        elif text(mapping(one, "target"), "expr"):
            yield target(mapping(one, "target"), below.below("target"), known, one.get("datasource"))
