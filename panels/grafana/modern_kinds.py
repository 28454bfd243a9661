"""What each of grafanalib's classes writes where today's Grafana does not read it, put where it does."""

from collections.abc import Callable, Mapping
from typing import Any

from panels.grafana.modern_fields import legend, number, words
from panels.grafana.notes import Notes

Json = dict[str, Any]
Mend = Callable[[Json, Any, Notes], None]
_CELLS: Mapping[str, Json] = {
    "auto": {"type": "auto"},
    "basic": {"mode": "basic", "type": "gauge"},
    "color-background": {"mode": "gradient", "type": "color-background"},
    "color-background-solid": {"mode": "basic", "type": "color-background"},
    "color-text": {"type": "color-text"},
    "gradient-gauge": {"mode": "gradient", "type": "gauge"},
    "image": {"type": "image"},
    "json-view": {"type": "json-view"},
    "lcd-gauge": {"mode": "lcd", "type": "gauge"},
}
REDUCERS = {"avg": "mean", "count": "count", "current": "lastNotNull", "max": "max", "min": "min", "total": "sum"}
_BUCKETS = ("xBucketNumber", "xBucketSize", "yBucketNumber", "yBucketSize")
_ALERT_STATES = {
    "alerting": "firing",
    "execution_error": "error",
    "no_data": "noData",
    "ok": "normal",
    "pending": "pending",
}


def mend(made: Json, panel: Any, notes: Notes) -> None:
    """Puts a panel's settings where they are read, in its own JSON."""
    made.setdefault("options", {})
    if not isinstance(made["options"], dict):
        made["options"] = {}
    _MENDS.get(made["type"], _nothing)(made, panel, notes)
    legend(made["options"], notes, where(made))
    for override in made.get("fieldConfig", {}).get("overrides", ()):
        for one in override.get("properties", ()):
            if one.get("id") == "custom.displayMode":
                one.update(id="custom.cellOptions", value=_CELLS.get(str(one.get("value")), {"type": "auto"}))


def where(made: Mapping[str, Any]) -> str:
    """How a sentence calls the panel."""
    return f"panel {made.get('title', '')!r}"


def _nothing(made: Json, panel: Any, notes: Notes) -> None:
    del made, panel, notes


def _stat(made: Json, panel: Any, notes: Notes) -> None:
    del panel, notes
    defaults = made["fieldConfig"]["defaults"]
    # grafanalib's own word for no value, which nobody wrote
    if defaults.get("noValue") == "none":
        del defaults["noValue"]


def _gauge(made: Json, panel: Any, notes: Notes) -> None:
    del notes
    fields = made["fieldConfig"]
    defaults: Json = fields["defaults"]
    for key in ("showThresholdLabels", "showThresholdMarkers"):
        if key in fields:
            made["options"][key] = fields.pop(key)
    reduce = made["options"].setdefault("reduceOptions", {})
    for old in ("calcs", "values", "limit"):
        if old in defaults:
            reduce[old] = defaults.pop(old)
    defaults.pop("override", None)
    if "title" in defaults:
        defaults["displayName"] = defaults.pop("title")
    defaults["mappings"] = words(defaults.get("mappings", ()), _spans(panel))


def _bargauge(made: Json, panel: Any, notes: Notes) -> None:
    options, defaults = made["options"], made["fieldConfig"]["defaults"]
    old: Json = options.pop("fieldOptions", {})
    defaults |= old.get("defaults", {})
    if "title" in defaults:
        defaults["displayName"] = defaults.pop("title")
    defaults["mappings"] = words([*defaults.get("mappings", ()), *old.get("mappings", ())], _spans(panel))
    reduce = {key: old[key] for key in ("calcs", "values", "limit") if key in old}
    options["reduceOptions"] = {**reduce, **options.get("reduceOptions", {})}
    if options.pop("showThresholdLabels", False):
        notes.say(f"{where(made)}: a bar gauge has no labels for its thresholds")
    if not options.pop("showThresholdMarkers", True):
        notes.say(f"{where(made)}: a bar gauge has no markers for its thresholds")


def _spans(panel: Any) -> list[Any]:
    # both gauges take them and write them nowhere
    return [one.to_json_data() for one in getattr(panel, "rangeMaps", None) or ()]


def _table(made: Json, panel: Any, notes: Notes) -> None:
    del panel
    defaults = made["fieldConfig"]["defaults"]
    for key in ("mappings", "color"):
        if key in made:
            defaults.setdefault(key, made.pop(key))
    if made.pop("fontSize", "100%") != "100%":
        notes.say(f"{where(made)}: a table has no fontSize today; options.cellHeight is its size")
    custom = defaults.setdefault("custom", {})
    if "displayMode" in custom:
        custom.setdefault("cellOptions", _CELLS.get(custom.pop("displayMode"), {"type": "auto"}))
    columns = [one.get("value", "avg") for one in made.pop("columns", ())]
    if columns:
        reduce = {"reducers": [REDUCERS.get(one, one) for one in columns]}
        made.setdefault("transformations", []).append({"id": "reduce", "options": reduce})
        notes.say(f"{where(made)}: its columns became a transformation, reduce")
    _instant(made, notes)


def _instant(made: Json, notes: Notes) -> None:
    """An instant query has Time and __name__ in front, and cuts its value off."""
    targets = made.get("targets", ())
    instant = targets and all(one.get("instant") and one.get("format") == "table" for one in targets)
    if made.get("transformations") or not instant:
        return
    organize: Json = {"excludeByName": {"Time": True, "__name__": True}, "indexByName": {}, "renameByName": {}}
    if len(targets) == 1 and made.get("title"):
        organize["renameByName"] = {"Value": made["title"]}
    made["transformations"] = [{"id": "organize", "options": organize}]
    notes.say(f"{where(made)}: Time and __name__ are hidden, and its value is called as the panel")


def _alertlist(made: Json, panel: Any, notes: Notes) -> None:
    del panel
    options = made["options"]
    name = made.pop("nameFilter", "")
    options["alertName"] = options.get("alertName") or name
    options["dashboardAlerts"] = made.pop("onlyAlertsOnDashboard", False)
    options["maxItems"] = made.pop("limit", 20)
    options["sortOrder"] = made.pop("sortOrder", 1)
    said = made.pop("stateFilter", [])
    if "paused" in said:
        notes.say(f"{where(made)}: no alert is paused today; that state is left out")
    options["stateFilter"] = {new: not said or old in said for old, new in sorted(_ALERT_STATES.items())}
    if made.pop("show", "current") != "current":
        notes.say(f"{where(made)}: an alert list shows what is, not what changed")
    if made.pop("dashboardTags", []):
        notes.say(f"{where(made)}: an alert list has no filter by the tags of pages; options.alertInstanceLabelFilter")


def _dashlist(made: Json, panel: Any, notes: Notes) -> None:
    del panel, notes
    names = {
        "headings": "showHeadings",
        "limit": "maxItems",
        "query": "query",
        "recent": "showRecentlyViewed",
        "search": "showSearch",
        "starred": "showStarred",
        "tags": "tags",
    }
    for old, new in names.items():
        if old in made:
            made["options"].setdefault(new, made.pop(old))


def _text(made: Json, panel: Any, notes: Notes) -> None:
    del panel
    if made["options"].get("mode") == "text":
        made["options"]["mode"] = "markdown"
        notes.say(f"{where(made)}: the mode text is markdown today")


def _news(made: Json, panel: Any, notes: Notes) -> None:
    del panel
    if made["options"].pop("useProxy", False):
        notes.say(f"{where(made)}: a news panel has no proxy today")


def _barchart(made: Json, panel: Any, notes: Notes) -> None:
    del panel, notes
    color = made["fieldConfig"]["defaults"].get("color", {})
    if color.get("fixedColor") == "none":
        del color["fixedColor"]


def _timeseries(made: Json, panel: Any, notes: Notes) -> None:
    del panel, notes
    scale = made["fieldConfig"]["defaults"].get("custom", {}).get("scaleDistribution", {})
    if scale.get("type") == "linear":
        scale.pop("log", None)


def _heatmap(made: Json, panel: Any, notes: Notes) -> None:
    del panel
    options = made["options"]
    axis, color, cards = made.pop("yAxis", {}), made.pop("color", {}), made.pop("cards", {})
    calculate = made.pop("dataFormat", "timeseries") == "timeseries"
    bound = made.pop("yBucketBound", "auto")
    old: Json = {
        "calculate": calculate,
        "cellGap": number(cards.get("cardPadding")) or 1,
        "color": _heat(color),
        "legend": {"show": made.pop("legend", {}).get("show", False)},
        "rowsFrame": {"layout": {"lower": "ge", "middle": "unknown", "upper": "le"}.get(bound, "auto")},
        "yAxis": _axis(axis, reverse=made.pop("reverseYBuckets", False)),
    }
    if calculate:
        old["calculation"] = _calculation(made, axis)
    if number(cards.get("cardRound")):
        old["cellRadius"] = number(cards["cardRound"])
    made["options"] = {**old, **options}
    if not made.pop("highlightCards", True):
        notes.say(f"{where(made)}: a heatmap highlights the cell under the pointer, always")
    # empty cells are hidden, always: nobody can tell a `hideZeroBuckets=False` from grafanalib's own
    for key in ("heatmap", "hideZeroBuckets", "tooltip", "xAxis", *_BUCKETS):
        made.pop(key, None)


def _heat(said: Json) -> Json:
    made: Json = {"fill": said.get("cardColor", "dark-orange"), "exponent": said.get("exponent", 0.5)}
    made["mode"] = "opacity" if said.get("mode") == "opacity" else "scheme"
    made["scale"] = "linear" if said.get("colorScale") == "linear" else "exponential"
    made["scheme"] = str(said.get("colorScheme", "Oranges")).removeprefix("interpolate")
    return made | {key: number(said[key]) for key in ("min", "max") if number(said.get(key)) is not None}


def _axis(said: Json, *, reverse: bool) -> Json:
    made: Json = {"axisPlacement": "left" if said.get("show", True) else "hidden", "reverse": reverse}
    for old, new in (("format", "unit"), ("label", "axisLabel")):
        if said.get(old):
            made[new] = said[old]
    for key in ("decimals", "min", "max"):
        if number(said.get(key)) is not None:
            made[key] = number(said[key])
    return made


def _calculation(made: Json, axis: Json) -> Json:
    found: Json = {}
    for name in ("x", "y"):
        for mode, suffix in (("size", "BucketSize"), ("count", "BucketNumber")):
            value = made.get(f"{name}{suffix}")
            if value is not None:
                found[f"{name}Buckets"] = {"mode": mode, "value": str(value)}
    base = number(axis.get("logBase", 1)) or 1
    if base > 1:
        found.setdefault("yBuckets", {})["scale"] = {"log": base, "type": "log"}
    return found


_MENDS: Mapping[str, Mend] = {
    "alertlist": _alertlist,
    "barchart": _barchart,
    "bargauge": _bargauge,
    "dashlist": _dashlist,
    "gauge": _gauge,
    "heatmap": _heatmap,
    "news": _news,
    "stat": _stat,
    "table": _table,
    "text": _text,
    "timeseries": _timeseries,
}
