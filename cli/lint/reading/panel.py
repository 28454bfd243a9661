"""A panel of a classic dashboard, also as Grafana 4 to 7 wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.lint.reading.language import Sources
from cli.lint.reading.members import items, mapping, number, objects, text, whole
from cli.lint.spot import Spot
from cli.lint.subject import Panel, Target

#: Mappings that give a word to a value that is not there: the others are drawn as they are.
NO_VALUE = frozenset({"null", "nan", "null+nan", "empty"})


def panel(
    json: Mapping[str, Any],
    spot: Spot,
    sources: Sources,
    *,
    targets: tuple[Target, ...] | None = None,
    folded: bool = False,
) -> Panel:
    """The panel.

    Args:
        json: of the panel.
        spot: where it stands; named here.
        sources: what the page's data source variables stand for.
        targets: its queries, where they do not stand in `targets`.
        folded: whether it stands in a collapsed row.
    """
    where = named(json)
    spot = Spot(spot.document, spot.path, where)
    if targets is None:
        source = json.get("datasource")
        found = objects(json, "targets")
        targets = tuple(target(one, spot.below("targets", index), sources, source) for index, one in found)
    defaults = mapping(json, "fieldConfig", "defaults") or mapping(json, "options", "fieldOptions", "defaults")
    steps, absolute = _steps(json, defaults)
    axis = next((one for _, one in objects(json, "yaxes")), {})
    low, high = number(defaults, "min"), number(defaults, "max")
    properties = [
        text(one, "id")
        for _, rule in objects(json, "fieldConfig", "overrides")
        for _, one in objects(rule, "properties")
    ]
    return Panel(
        spot=spot,
        id=whole(json, "id"),
        title=text(json, "title"),
        description=text(json, "description"),
        kind=text(json, "type"),
        unit=text(defaults, "unit") or _old_unit(json, axis),
        steps=steps,
        absolute=absolute,
        low=number(axis, "min") if low is None else low,
        high=number(axis, "max") if high is None else high,
        overridden="unit" in properties or any(one.get("yaxis") == 2 for _, one in objects(json, "seriesOverrides")),  # noqa: PLR2004 - Grafana's right axis
        transformed=any(one.get("disabled") is not True for _, one in objects(json, "transformations")),
        mapped="mappings" in properties or any(_gives_words(one) for _, one in objects(defaults, "mappings")),
        interval=text(json, "interval"),
        grid=_grid(json.get("gridPos")),
        library="libraryPanel" in json,
        folded=folded,
        targets=targets,
        json=json,
    )


def target(json: Mapping[str, Any], spot: Spot, sources: Sources, source: Any) -> Target:
    """A query of a panel whose data source is `source` unless it says its own."""
    expr, ref = text(json, "expr"), text(json, "refId")
    return Target(
        spot=Spot(spot.document, spot.path, f"{spot.where}, query {ref}" if ref else spot.where),
        ref=ref,
        expr=expr,
        language=sources.language(expr, json.get("datasource"), source),
        legend=text(json, "legendFormat"),
        format=text(json, "format") or "time_series",
        instant=json.get("instant") is True and json.get("range") is not True,
        interval=text(json, "interval"),
        hidden=json.get("hide") is True,
    )


def named(json: Mapping[str, Any]) -> str:
    """How a person would call it."""
    title, number_ = text(json, "title").strip(), whole(json, "id")
    if title:
        return f'panel "{title}"'
    return "panel without a title" if number_ is None else f"panel {number_}"


def _grid(value: Any) -> tuple[int, int, int, int] | None:
    if not value:
        return None
    x, y, w, h = whole(value, "x"), whole(value, "y"), whole(value, "w"), whole(value, "h")
    return None if x is None or y is None or w is None or h is None else (x, y, w, h)


def _old_unit(json: Mapping[str, Any], axis: Mapping[str, Any]) -> str:
    """As graph, singlestat and heatmap say it."""
    first = next((one for one in items(json, "y_formats") if isinstance(one, str)), "")
    return (
        text(axis, "format")
        or (text(json, "format") if "stat" in text(json, "type") else "")
        or text(mapping(json, "yAxis"), "format")
        or text(mapping(json, "options", "yAxis"), "unit")
        or first
    )


def _steps(json: Mapping[str, Any], defaults: Mapping[str, Any]) -> tuple[tuple[tuple[float | None, str], ...], bool]:
    """The thresholds, and whether they are values."""
    thresholds = defaults.get("thresholds")
    listed = objects(thresholds, "steps")
    said = json.get("thresholds")
    if isinstance(said, str):  # singlestat: "70,90", and one colour more
        colors = [one if isinstance(one, str) else "" for one in items(json, "colors")]
        colors += [""] * (said.count(",") + 2 - len(colors))
        values = [number({"": part}, "") for part in said.split(",")] if said.strip() else []
        both = zip(values, colors[1:], strict=False)
        steps = [(value, color) for value, color in both if value is not None]
        return (((None, colors[0]), *steps) if steps else ()), True
    if not listed:
        for holder in (defaults, json, mapping(json, "options")):
            listed = listed or objects(holder, "thresholds")
    steps_ = tuple((number(one, "value"), text(one, "color") or text(one, "colorMode")) for _, one in listed)
    return steps_, text(thresholds, "mode") != "percentage"


def _gives_words(one: Mapping[str, Any]) -> bool:
    return not (text(one, "type") == "special" and text(mapping(one, "options"), "match") in NO_VALUE)
