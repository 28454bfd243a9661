"""Panels that Grafana took away: each becomes its successor with its settings, or is refused."""

from collections.abc import Mapping
from typing import Any

from panels.grafana.modern_fields import number
from panels.grafana.notes import Notes
from panels.grafana.successor_of_graph import painted_by_name, timeseries_of

Json = dict[str, Any]
#: Plugins that no Grafana of today runs: what takes their place is another panel, and a person has to make it.
_REFUSED = {
    "ae3e-plotly-panel": "Ae3ePlotly is a plugin of its own, and was never brought up to date: TimeSeries or BarChart",
    "flant-statusmap-panel": "Statusmap was a plugin for Angular: panels.status_history is its successor",
    "grafana-worldmap-panel": "Worldmap was a plugin for Angular: Grafana's geomap is its successor",
    "larona-epict-panel": "ePict was a plugin for Angular: Grafana's canvas is its successor",
    "marcuscalidus-svg-panel": "Svg was a plugin for Angular: Grafana's canvas is its successor",
    "natel-discrete-panel": "Discrete was a plugin for Angular: StateTimeline is its successor",
}
_CALCS = {
    "avg": "mean",
    "current": "lastNotNull",
    "delta": "delta",
    "diff": "diff",
    "first": "firstNotNull",
    "max": "max",
    "min": "min",
    "name": "lastNotNull",
    "range": "range",
    "total": "sum",
}
_OLD_COLORS = ("rgba(50, 172, 45, 0.97)", "rgba(237, 129, 40, 0.89)", "rgba(245, 54, 54, 0.9)")
_PIE_PLACES = {"Under graph": "bottom", "Right side": "right"}


def refused(made: Mapping[str, Any], made_by: str, notes: Notes) -> None:
    """Mistake for a panel that nothing can show today."""
    title = made.get("title", "")
    why = _REFUSED.get(made["type"])
    if why:
        what, _, fix = why.partition(": ")
        raise notes.wrong(f"panel {title!r}: {what}", fix, made_by=made_by, title=title)
    if made.get("alert"):
        what = f"panel {title!r} has an alert: Grafana 11 took alerts off panels"
        raise notes.wrong(what, "a rule of Prometheus: queries.AlertRule", made_by=made_by, title=title)


def successor(made: Json, made_by: str, notes: Notes) -> Json:
    """The panel, or what took its place."""
    match made["type"]:
        case "graph":
            return timeseries_of(made, made_by, notes)
        case "singlestat":
            return _stat_of(made, notes)
        case "grafana-piechart-panel":
            return _piechart_of(made, notes)
        case _:
            return made


def _stat_of(made: Json, notes: Notes) -> Json:
    where = f"panel {made.get('title', '')!r}"
    gauge: Json = made.pop("gauge", {})
    as_gauge = gauge.get("show", False)
    calc = made.pop("valueName", "avg")
    options: Json = {"reduceOptions": {"calcs": [_CALCS.get(calc, "mean")], "fields": "", "values": False}}
    paints_cell, paints_value = made.pop("colorBackground", False), made.pop("colorValue", False)
    sparkline = made.pop("sparkline", {}).get("show", False)
    defaults: Json = {"unit": made.pop("format", "none"), "mappings": _words(made)}
    if as_gauge:
        options["showThresholdLabels"] = gauge.get("thresholdLabels", False)
        options["showThresholdMarkers"] = gauge.get("thresholdMarkers", True)
        defaults |= {"min": gauge.get("minValue", 0), "max": gauge.get("maxValue", 100)}
    else:
        options["colorMode"] = "background" if paints_cell else "value" if paints_value else "none"
        options["graphMode"] = "area" if sparkline else "none"
        options["textMode"] = "name" if calc == "name" else "auto"
    if "decimals" in made:
        defaults["decimals"] = made.pop("decimals")
    if made.get("nullText"):
        defaults["noValue"] = made.pop("nullText")
    colors = [str(one) for one in made.pop("colors", _OLD_COLORS)]
    defaults["thresholds"] = {"mode": "absolute", "steps": _steps(made.pop("thresholds", ""), colors, where, notes)}
    _affixes(made, defaults, where, notes)
    for key in ("mappingType", "mappingTypes", "nullPointMode", "nullText", "prefixFontSize", "postfixFontSize"):
        made.pop(key, None)
    if made.pop("valueFontSize", "80%") != "80%":
        notes.say(f"{where}: its value is as large as there is room; valueFontSize is left out")
    overrides = made.pop("fieldConfig", {}).get("overrides", [])
    kind = "gauge" if as_gauge else "stat"
    notes.say(f"{where}: SingleStat is a {kind} today")
    own_options: Json = made.pop("options", None) or {}
    fields = {"defaults": defaults, "overrides": overrides}
    return {**made, "type": kind, "options": {**options, **own_options}, "fieldConfig": fields}


def _words(made: Json) -> list[Any]:
    values = [{"type": 1, **one} for one in made.pop("valueMaps", ())]
    return [*values, *({"type": 2, **one} for one in made.pop("rangeMaps", ()))]


def _steps(said: Any, colors: list[str], where: str, notes: Notes) -> list[Json]:
    """Two limits are written "70,90", with three colours."""
    if isinstance(said, list):
        return said
    values = [number(one.strip()) for one in str(said).split(",") if one.strip()]
    if None in values:
        raise notes.wrong(f"{where}: thresholds of {said!r}", 'numbers: "70,90"')
    if not values:
        return []
    if len(values) >= len(colors):
        notes.say(f"{where}: it has {len(values)} limits and but {len(colors)} colours; the last is taken again")
    colors += colors[-1:] * (len(values) + 1 - len(colors))
    return [{"color": colors[0]}, *({"color": c, "value": v} for c, v in zip(colors[1:], values, strict=False))]


def _affixes(made: Json, defaults: Json, where: str, notes: Notes) -> None:
    """Words around the value stand in its unit, where it has none of its own."""
    for key, name in (("prefix", "prefix"), ("postfix", "suffix")):
        word = made.pop(key, "")
        if not word:
            continue
        if defaults["unit"] in ("none", "short", ""):
            defaults["unit"] = f"{name}:{word}"
        else:
            notes.say(f"{where}: it has a unit, {defaults['unit']}, so its {key} {word!r} is left out")


def _piechart_of(made: Json, notes: Notes) -> Json:
    where = f"panel {made.get('title', '')!r}"
    legend: Json = made.pop("legend", {})
    place = made.pop("legendType", "Right side")
    values = [name for name, key in (("value", "values"), ("percent", "percentage")) if legend.get(key)]
    options: Json = {
        "displayLabels": ["name"] if place == "On graph" else [],
        "legend": {
            "displayMode": "table" if values else "list",
            "placement": _PIE_PLACES.get(place, "right"),
            "showLegend": bool(legend.get("show", True)) and place != "On graph",
            "values": values,
        },
        "pieType": made.pop("pieType", "pie"),
    }
    fields = made.pop("fieldConfig", {})
    defaults: Json = {**fields.get("defaults", {}), "unit": made.pop("format", "none")}
    if legend.get("percentageDecimals"):
        defaults["decimals"] = legend["percentageDecimals"]
    painted = [painted_by_name(name, color) for name, color in made.pop("aliasColors", {}).items()]
    overrides = [*painted, *fields.get("overrides", [])]
    notes.say(f"{where}: PieChart is Grafana's own piechart today")
    own_options: Json = made.pop("options", None) or {}
    return {
        **made,
        "type": "piechart",
        "options": {**options, **own_options},
        "fieldConfig": {"defaults": defaults, "overrides": overrides},
    }
