"""The graph of Angular's times as a time series, with all its settings."""

from collections.abc import Mapping, Sequence
from typing import Any

from panels.grafana.modern_fields import number
from panels.grafana.notes import Notes

Json = dict[str, Any]
_SORTS = {0: "none", 1: "asc", 2: "desc"}
_CALCS = {"min": "min", "max": "max", "avg": "mean", "current": "lastNotNull", "total": "sum"}
#: What the legend's columns are called, by which it is sorted.
_COLUMNS = {"min": "Min", "max": "Max", "avg": "Mean", "current": "Last *", "total": "Total"}
_COLORS = {"ok": "green", "warning": "orange", "critical": "red"}
#: What a series override is where nobody says anything.
_SAME = {"bars": False, "lines": True, "yaxis": 1, "fill": 1, "zindex": 0, "dashes": False}
#: Of the canvas that Angular drew on.
_DEAD = ("alertThreshold", "grid", "isNew", "renderer", "yaxis")


def timeseries_of(made: Json, made_by: str, notes: Notes) -> Json:
    """A time series in the graph's place."""
    where = f"panel {made.get('title', '')!r}"
    axis = made.pop("xaxis", {})
    if axis.get("mode", "time") != "time":
        what = f"{where}: a graph over its series is a bar chart today"
        raise notes.wrong(what, "BarChart", made_by=made_by, title=made.get("title", ""))
    if not axis.get("show", True):
        notes.say(f"{where}: the time axis of a time series is always shown")
    left, right = [*made.pop("yaxes", []), {}, {}][:2]
    fields: Json = made.pop("fieldConfig", {})
    said: Json = fields.get("defaults", {})
    style, steps = _limits(made.pop("thresholds", []), notes, where)
    custom: Json = {**_drawn(made, notes, where), **_axis(left), "thresholdsStyle": {"mode": style}}
    defaults: Json = {**_values(left), **{k: v for k, v in said.items() if v and k != "thresholds"}}
    defaults["custom"] = {**custom, **said.get("custom", {})}
    defaults["thresholds"] = {"mode": "absolute", "steps": steps}
    own_options: Json = made.pop("options", None) or {}
    if own_options.get("dataLinks"):
        defaults["links"] = own_options["dataLinks"]
    options = {key: value for key, value in own_options.items() if key not in ("dataLinks", "alertThreshold")}
    options.setdefault("legend", _legend(made.pop("legend", {}), notes, where))
    options.setdefault("tooltip", _tooltip(made.pop("tooltip", {})))
    overrides = [
        *(painted_by_name(name, color) for name, color in made.pop("aliasColors", {}).items()),
        *(_override(one, right, notes, where) for one in made.pop("seriesOverrides", [])),
        *fields.get("overrides", []),
    ]
    for key in _DEAD:
        made.pop(key, None)
    notes.say(f"{where}: Graph is a time series today")
    kept = [one for one in overrides if one["properties"]]
    return {**made, "type": "timeseries", "options": options, "fieldConfig": {"defaults": defaults, "overrides": kept}}


def _drawn(made: Json, notes: Notes, where: str) -> Json:
    bars, lines, points = made.pop("bars", False), made.pop("lines", True), made.pop("points", False)
    fill, width, radius = made.pop("fill", 1), made.pop("linewidth", 1), made.pop("pointradius", 5)
    stack, share = made.pop("stack", False), made.pop("percentage", False)
    nulls = made.pop("nullPointMode", "null")
    if nulls == "null as zero":
        notes.say(f"{where}: a gap is a gap; a value of 0 in its place is `or vector(0)` in the query")
    style = "bars" if bars else "line" if lines or not points else "points"
    return {
        "drawStyle": style,
        "fillOpacity": 100 if bars else min(int(fill) * 10, 100) if lines else 0,
        "lineInterpolation": "stepAfter" if made.pop("steppedLine", False) else "linear",
        "lineWidth": width if lines and not bars else 1,
        "pointSize": max(1, int(radius) * 2),
        "showPoints": "always" if points else "never",
        "spanNulls": nulls == "connected",
        "stacking": {"group": "A", "mode": ("percent" if share else "normal") if stack else "none"},
    }


def _axis(said: Json) -> Json:
    made: Json = {"axisPlacement": "auto" if said.get("show", True) else "hidden"}
    if said.get("label"):
        made["axisLabel"] = said["label"]
    base = number(said.get("logBase", 1)) or 1
    if base > 1:
        made["scaleDistribution"] = {"log": base, "type": "log"}
    return made


def _values(said: Json) -> Json:
    made: Json = {"unit": said.get("format") or "short"}
    return made | {key: number(said[key]) for key in ("min", "max", "decimals") if number(said.get(key)) is not None}


def _legend(said: Json, notes: Notes, where: str) -> Json:
    made: Json = {
        "calcs": [calc for old, calc in _CALCS.items() if said.get(old)] if said.get("values") else [],
        "displayMode": "table" if said.get("alignAsTable") else "list",
        "placement": "right" if said.get("rightSide") else "bottom",
        "showLegend": said.get("show", True),
    }
    if number(said.get("sideWidth")):
        made["width"] = number(said["sideWidth"])
    if said.get("sort") in _COLUMNS:
        made |= {"sortBy": _COLUMNS[said["sort"]], "sortDesc": bool(said.get("sortDesc"))}
    for key in ("hideEmpty", "hideZero"):
        if said.get(key):
            notes.say(f"{where}: a legend lists every series; {key} is left out")
    return made


def _tooltip(said: Json) -> Json:
    return {"mode": "multi" if said.get("shared", True) else "single", "sort": _SORTS.get(said.get("sort", 0), "none")}


def _limits(said: Sequence[Json], notes: Notes, where: str) -> tuple[str, list[Json]]:
    """Lines and areas above or below a value, as colours from values on."""
    if not said or not isinstance(said, list):
        return "off", []
    lines, areas = any(one.get("line") for one in said), any(one.get("fill") for one in said)
    style = "line+area" if lines and areas else "line" if lines else "area" if areas else "off"
    found: dict[float, str] = {}
    base = "transparent"
    for one in sorted(said, key=lambda one: number(one.get("value")) or 0):
        value, color = number(one.get("value")), _color(one)
        if value is None:
            continue
        if one.get("op", "gt") == "lt":
            found, base = dict.fromkeys(found, color), color
            found[value] = "transparent"
        else:
            found[value] = color
        if one.get("yaxis", "left") != "left":
            notes.say(f"{where}: a threshold of the right axis is drawn on the left one")
    return style, [{"color": base}, *({"color": color, "value": value} for value, color in sorted(found.items()))]


def _color(one: Mapping[str, Any]) -> str:
    if "color" in one and "colorMode" not in one:
        return str(one["color"])
    custom = one.get("lineColor") if one.get("line") else one.get("fillColor")
    return _COLORS.get(one.get("colorMode", "critical"), str(custom or "red"))


def _override(said: Json, right: Json, notes: Notes, where: str) -> Json:
    alias = said.get("alias", "")
    matcher = "byRegexp" if alias.startswith("/") and alias.endswith("/") else "byName"
    found: Json = {}
    if said.get("color"):
        found["color"] = {"fixedColor": str(said["color"]), "mode": "fixed"}
    changed = {key for key, value in _SAME.items() if said.get(key, value) != value}
    if "bars" in changed:
        found["custom.drawStyle"] = "bars"
    if "lines" in changed:
        found["custom.lineWidth"] = 0
    if "fill" in changed:
        found["custom.fillOpacity"] = min(int(said["fill"]) * 10, 100)
    if said.get("fillBelowTo"):
        found["custom.fillBelowTo"] = said["fillBelowTo"]
    if "dashes" in changed:
        dash = [said.get("dashLength") or 10, said.get("spaceLength") or 10]
        found["custom.lineStyle"] = {"dash": dash, "fill": "dash"}
    if "zindex" in changed:
        notes.say(f"{where}: series lie in the order of its queries; zindex of {alias!r} is left out")
    if "yaxis" in changed:
        found["custom.axisPlacement"] = "right"
        found |= _values(right)
        if right.get("label"):
            found["custom.axisLabel"] = right["label"]
    properties = [{"id": key, "value": value} for key, value in sorted(found.items())]
    return {"matcher": {"id": matcher, "options": alias}, "properties": properties}


def painted_by_name(name: str, color: Any) -> Json:
    """An override that gives a series its colour."""
    value = {"fixedColor": str(color), "mode": "fixed"}
    return {"matcher": {"id": "byName", "options": name}, "properties": [{"id": "color", "value": value}]}
