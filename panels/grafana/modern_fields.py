"""Thresholds, words for values and links of grafanalib as today's Grafana saves them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from panels import shape
from panels.grafana.notes import Notes
from panels.panel import DataLink, State, Step

Json = dict[str, Any]
_VALUE_TO_TEXT = 1
#: grafanalib's page link has them all; its data link and its external link have not.
_LINK = {
    "asDropdown": False,
    "icon": "external link",
    "includeVars": False,
    "keepTime": False,
    "tags": [],
    "targetBlank": False,
    "tooltip": "",
    "type": "link",
}


def steps(said: Any, base: Sequence[Step], mode: str, notes: Notes, where: str) -> Json | None:
    """Thresholds; where none were said, the kind's own, since Grafana's would judge the values."""
    if not said or not isinstance(said, Sequence) or isinstance(said, str):
        return shape.thresholds(base) if base else None
    made = [{"color": str(one["color"]), "value": _number(one.get("value"), notes, where)} for one in said]
    first = made[0]["value"]
    if first:
        below = base[0].color if base else "green"
        notes.say(f"{where}: its first threshold begins at {first:g}; below that it is {below} now")
        made.insert(0, {"color": below, "value": None})
    made[0]["value"] = None
    ordered = sorted(made[1:], key=lambda one: one["value"] or 0)
    if ordered != made[1:]:
        notes.say(f"{where}: its thresholds did not rise, and were put in order")
    return {"mode": mode, "steps": [made[0], *ordered]}


def words(said: Sequence[Any], spans: Sequence[Any] = ()) -> list[Json]:
    """Value mappings of every age: today's, those of Grafana 7, and those of the first gauges."""
    modern: list[Json] = []
    old: list[State] = []
    for one in said:
        if isinstance(one.get("type"), str):
            modern.append(_indexed(one, len(modern)))
        elif one.get("type", _VALUE_TO_TEXT) == _VALUE_TO_TEXT:
            old.append(State(str(one.get("value", "")), one.get("text", "")))
        else:
            old.append(_span(one))
    old += [_span(one) for one in spans]
    return [*modern, *shape.mappings(old)]


def links_of_values(said: Sequence[Any]) -> list[Json]:
    """Data links."""
    made = []
    for one in said:
        link = DataLink(one.get("title", ""), one.get("url", ""), one.get("targetBlank", False))
        made += [{**shape.links([link])[0], **one}]
    return made


def page_links(said: Sequence[Any]) -> list[Json]:
    """Links of a page or in a panel's head."""
    return [{**_LINK, **one} for one in said]


def legend(options: Json, notes: Notes, where: str) -> None:
    """A hidden legend is one that is not shown, and there are but two places for it."""
    said = options.get("legend")
    if not isinstance(said, dict):
        return
    if "displayMode" in said:
        said.setdefault("showLegend", said["displayMode"] != "hidden")
        if said["displayMode"] == "hidden":
            said["displayMode"] = "list"
    if said.get("placement") not in (None, "bottom", "right"):
        notes.say(f"{where}: a legend stands at the bottom or on the right, not at {said['placement']!r}")
        said["placement"] = "bottom"


def number(said: Any) -> float | None:
    """A number that may be written as text, as old axes have it."""
    if isinstance(said, bool) or said is None:
        return None
    try:
        value = float(said)
    except (TypeError, ValueError):
        return None
    return int(value) if value.is_integer() else value


def _number(said: Any, notes: Notes, where: str) -> float | None:
    if said in (None, "null", ""):
        return None
    value = number(said)
    if value is None:
        raise notes.wrong(f"{where}: a threshold at {said!r}", "a number")
    return value


def _indexed(one: Mapping[str, Any], index: int) -> Json:
    """A mapping of today, each result with its place and no empty colour."""
    options = dict(one.get("options", {}))
    if one["type"] == "value":
        for place, (key, result) in enumerate(options.items()):
            options[key] = _result(result, place)
    elif "result" in options:
        options["result"] = _result(options["result"], index)
        if one["type"] == "range":
            options = {"from": None, "to": None, **options}
    return {**one, "options": options}


def _result(said: Mapping[str, Any], index: int) -> Json:
    made = {key: value for key, value in said.items() if value != "" or key == "text"}
    made.setdefault("index", index)
    return made


def _span(one: Mapping[str, Any]) -> State:
    begin, end = number(one.get("from")), number(one.get("to"))
    if begin is None and end is None:
        return State(None, one.get("text", ""))
    return State(-math.inf if begin is None else begin, one.get("text", ""), up_to=math.inf if end is None else end)
