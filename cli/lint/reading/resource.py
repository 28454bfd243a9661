"""A dashboard of Grafana 13 (`dashboard.grafana.app/v2`, also its alpha and beta), shown as a classic one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cli.lint.reading.document import Placed
from cli.lint.reading.language import Sources
from cli.lint.reading.members import mapping, objects, text
from cli.lint.reading.panel import named, panel, target
from cli.lint.reading.variable import asked, stands_for
from cli.lint.spot import Path, Spot
from cli.lint.subject import Page, PageVariable, Panel, Target

REFRESH = {"never": 0, "onDashboardLoad": 1, "onTimeRangeChanged": 2}
KINDS = {"text": "textbox"}


def is_resource(value: Mapping[str, Any]) -> bool:
    """Whether an object is the specification of such a dashboard."""
    return "elements" in value and ("layout" in value or "variables" in value)


def page(document: Placed, spec: Mapping[str, Any], path: Path, *, uid: str = "", wrapped: bool = False) -> Page:
    """The dashboard; `uid` is what its manifest calls it."""
    title = text(spec, "title")
    spot = Spot(document, path, f'page "{title}"' if title else "page without a title")
    known = _sources(spec)
    panels = tuple(_panels(spec, spot, known))
    variables = tuple(
        _variable(one, spot.below("variables", index, "spec"), known) for index, one in objects(spec, "variables")
    )
    times = mapping(spec, "timeSettings")
    classic = {
        **{key: spec[key] for key in ("title", "description", "tags", "links", "editable", "liveNow") if key in spec},
        "time": {"from": text(times, "from"), "to": text(times, "to")},
        "timezone": text(times, "timezone"),
        "refresh": text(times, "autoRefresh"),
        "templating": {"list": [one.json for one in variables]},
        "panels": [one.json for one in panels],
    }
    return Page(
        spot=spot,
        uid=uid,
        title=title,
        variables=variables,
        panels_in=lambda: panels,
        wrapped=wrapped,
        annotations=tuple(_annotations(spec, spot, known)),
        json=classic,
    )


def _sources(spec: Mapping[str, Any]) -> Sources:
    variables = [mapping(one, "spec") for _, one in objects(spec, "variables") if _kind(one) == "datasource"]
    return Sources({text(one, "name"): stands_for(one).lower() for one in variables if stands_for(one)})


def _kind(one: Mapping[str, Any]) -> str:
    kind = text(one, "kind").removesuffix("Variable").lower()
    return KINDS.get(kind, kind)


def _panels(spec: Mapping[str, Any], spot: Spot, known: Sources) -> Iterator[Panel]:
    elements = mapping(spec, "elements")
    places = dict(_places(spec.get("layout")))
    is_grid = text(mapping(spec, "layout"), "kind") == "GridLayout"
    for name in dict.fromkeys((*places, *elements)):
        body = mapping(elements, name, "spec")
        if not body:
            continue
        json = _classic(body)
        if is_grid and name in places:  # inside rows and tabs the numbers count from each one's own corner
            place = places[name]
            json["gridPos"] = {
                "x": place.get("x"),
                "y": place.get("y"),
                "w": place.get("width"),
                "h": place.get("height"),
            }
        below = spot.below("elements", name, "spec", where=named(json))
        targets = tuple(_targets(body, below, known))
        json["targets"] = [mapping(one, "spec", "query", "spec") for _, one in objects(body, "data", "spec", "queries")]
        yield panel(json, below, known, targets=targets)


def _places(layout: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The elements in the order in which the layout shows them, however it nests its rows and tabs."""
    left, seen = [layout], set()
    while left:
        one = left.pop()
        if isinstance(one, list):
            left.extend(reversed(one))
        elif isinstance(one, Mapping):
            name = text(mapping(one, "element"), "name")
            if name and name not in seen:
                seen.add(name)
                yield name, one
            elif not name:
                left.extend(reversed(list(one.values())))


def _classic(body: Mapping[str, Any]) -> dict[str, Any]:
    """The panel as a classic dashboard would hold it."""
    shown, group = mapping(body, "vizConfig"), mapping(body, "data", "spec")
    json: dict[str, Any] = {key: value for key, value in body.items() if key not in ("data", "vizConfig")}
    json |= mapping(group, "queryOptions")
    json |= {key: value for key, value in mapping(shown, "spec").items() if key != "pluginVersion"}
    json["type"] = text(shown, "group") or text(shown, "kind")
    json["transformations"] = [
        {"id": text(one, "group") or text(one, "kind"), **mapping(one, "spec")}
        for _, one in objects(group, "transformations")
    ]
    return json


def _targets(body: Mapping[str, Any], spot: Spot, known: Sources) -> Iterator[Target]:
    for index, one in objects(body, "data", "spec", "queries"):
        said = mapping(one, "spec")
        query = mapping(said, "query")
        flat = {**mapping(query, "spec"), "refId": said.get("refId"), "hide": said.get("hidden")}
        path = ("data", "spec", "queries", index, "spec", "query", "spec")
        yield target(flat, spot.below(*path), known, _reference(said))


def _annotations(spec: Mapping[str, Any], spot: Spot, known: Sources) -> Iterator[Target]:
    for index, one in objects(spec, "annotations"):
        said = mapping(one, "spec")
        query = mapping(said, "query", "spec")
        if text(query, "expr"):
            below = spot.below("annotations", index, "spec", "query", "spec", where=f"annotation {text(said, 'name')}")
            yield target(query, below, known, _reference(said))


def _reference(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data source of a query: v2 calls its type `group`, the alpha `kind`."""
    query = mapping(said, "query")
    source = mapping(query, "datasource") or mapping(said, "datasource")
    kind = text(query, "group") or text(source, "type")
    if not kind and text(query, "kind") != "DataQuery":
        kind = text(query, "kind")
    return {"type": kind, "uid": text(source, "name") or text(source, "uid")}


def _variable(one: Mapping[str, Any], spot: Spot, known: Sources) -> PageVariable:
    said, kind = mapping(one, "spec"), _kind(one)
    query, path = asked(said)
    if kind == "query":
        inner = mapping(said, "query", "spec")
        for key in ("query", "__legacyStringValue"):
            if text(inner, key):
                query, path = text(inner, key), ("query", "spec", key)
                break
    refresh = said.get("refresh")
    return PageVariable(
        spot=Spot(spot.document, spot.path, f"variable {text(said, 'name')}"),
        name=text(said, "name"),
        kind=kind,
        multi=said.get("multi") is True,
        all=said.get("includeAll") is True,
        all_value=text(said, "allValue"),
        query=stands_for(said) if kind == "datasource" else query,
        language=known.language(query, _reference(said)) if kind == "query" else "",
        refresh=REFRESH.get(refresh, 0) if isinstance(refresh, str) else 0,
        query_path=("pluginId",) if kind == "datasource" else path,
        json={**said, "type": kind},
    )
