"""A person's words for places and for what happened there."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

import orjson

from cli.deploy.normalise.edit import Edit

ADDED, REMOVED, MOVED, RESIZED = "added", "removed", "moved", "resized"
COLLAPSED, EXPANDED = "collapsed", "expanded"
PLACED = (MOVED, RESIZED, f"{MOVED} and {RESIZED}")
#: Of which the words already say from what to what.
TELLING = frozenset({ADDED, REMOVED, COLLAPSED, EXPANDED, MOVED, "order"})
PAGE = {
    "graphTooltip": "tooltip",
    "liveNow": "live now",
    "time": "time range",
    "timepicker": "time picker",
    "weekStart": "start of the week",
    "fiscalYearStartMonth": "start of the fiscal year",
}
PANEL = {
    "type": "visualisation",
    "datasource": "data source",
    "fieldConfig.overrides": "overrides",
    "fieldConfig.defaults.min": "minimum",
    "fieldConfig.defaults.max": "maximum",
    "fieldConfig.defaults.color": "colour",
    "fieldConfig.defaults.displayName": "display name",
    "fieldConfig.defaults.noValue": "no value",
    "fieldConfig.defaults.links": "data links",
    "repeat": "repeated by",
    "timeFrom": "relative time",
    "timeShift": "time shift",
    "maxDataPoints": "max data points",
    "libraryPanel": "library panel",
}
TARGET = {
    "expr": "expression",
    "legendFormat": "legend",
    "refId": "name",
    "hide": "hidden",
    "instant": "type",
    "range": "type",
    "datasource": "data source",
    "interval": "min step",
}
VARIABLE = {
    "allValue": "value of All",
    "current": "default",
    "datasource": "data source",
    "hide": "hidden",
    "includeAll": "offers All",
    "multi": "several values",
}
ANNOTATION = {
    "datasource": "data source",
    "enable": "enabled",
    "expr": "expression",
    "hide": "hidden",
    "iconColor": "colour",
}
LINK = {"asDropdown": "as a dropdown", "targetBlank": "in a new tab", "includeVars": "keeps variables"}
#: How much of a value is shown.
LONGEST = 60
#: Words of PromQL, near enough to see what was changed.
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\w$:.]+|\s+|[^\w\s]')
#: How many unchanged tokens are shown on either side of a changed one.
AROUND = 6


def panel(key: str | int, said: Mapping[str, Any], titles: Mapping[str, int]) -> str:
    """A panel by its title, by its id where the title does not tell."""
    kind = "row" if said.get("type") == "row" else "panel"
    title = str(said.get("title") or "").strip()
    if not title:
        return f"{kind} {key}"
    return f'{kind} "{title}"' if titles.get(title, 0) <= 1 else f'{kind} "{title}" ({key})'


def query(where: str, name: str) -> str:
    """A query of a panel."""
    return f"query {name} of {where}" if name else f"queries of {where}"


def variable(name: str) -> str:
    """A variable."""
    return f"variable {name}" if name else "variables"


def annotation(name: str) -> str:
    """An annotation query."""
    return f'annotation "{name}"' if name else "annotations"


def link(name: str) -> str:
    """A link of the page."""
    return f'link "{name}"' if name else "links"


def placed(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """What happened to the place of a panel."""
    size = any(before[name] != after[name] for name in ("w", "h"))
    place = before["x"] != after["x"]
    return PLACED[2] if size and place else PLACED[1] if size else PLACED[0]


def said(edit: Edit) -> str:
    """An edit in one line."""
    start = f"{edit.where}: {edit.what}"
    if edit.what in TELLING:
        return start
    if edit.what == RESIZED:
        return f"{start} {_size(edit.from_)} -> {_size(edit.to)}"
    if edit.what in PLACED:
        return start
    if edit.path[-1] == "expr" and isinstance(edit.from_, str) and isinstance(edit.to, str):
        return f"{start} {promql(edit.from_, edit.to)}"
    return f"{start} {_value(edit.from_)} -> {_value(edit.to)}"


def promql(before: str, after: str) -> str:
    """What changed in an expression: `rate(a[-[5m]-]{+[1m]+})`, the unchanged beside it in short."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    parts = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    made = []
    for at, (tag, i1, i2, j1, j2) in enumerate(parts):
        if tag == "equal":
            made.append(_shortened(old[i1:i2], first=at == 0, last=at == len(parts) - 1))
        else:
            gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
            made.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return "".join(made)


def _shortened(tokens: list[str], *, first: bool, last: bool) -> str:
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if len(tokens) <= before + after + 1:
        return "".join(tokens)
    return "".join(tokens[:before]) + "…" + "".join(tokens[len(tokens) - after :])


def _size(place: Any) -> str:
    return f"{place.get('w')}x{place.get('h')}" if isinstance(place, Mapping) else "?"


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    text = orjson.dumps(value).decode()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
