"""A panel of grafanalib's as today's Grafana would save it: complete, and with nothing that it does not read."""

from collections.abc import Mapping
from typing import Any

from panels.grafana.modern_fields import links_of_values, page_links, steps, words
from panels.grafana.modern_kinds import mend, where
from panels.grafana.modern_sources import Sources
from panels.grafana.modern_targets import modern_targets
from panels.grafana.notes import Notes
from panels.grafana.plain import plain
from panels.grafana.successors import refused, successor
from panels.grafana.template import PLUGIN_VERSION, merged
from panels.kinds import KINDS
from panels.kinds.kind import Kind

Json = dict[str, Any]
#: All that a panel of today has.
_KEYS = frozenset(
    (
        "cacheTimeout",
        "datasource",
        "description",
        "fieldConfig",
        "gridPos",
        "hideTimeOverride",
        "id",
        "interval",
        "libraryPanel",
        "links",
        "maxDataPoints",
        "maxPerRow",
        "options",
        "pluginVersion",
        "queryCachingTTL",
        "repeat",
        "repeatDirection",
        "targets",
        "timeCompare",
        "timeFrom",
        "timeShift",
        "title",
        "transformations",
        "transparent",
        "type",
    )
)
_FIELD_KEYS = frozenset(
    (
        "actions",
        "color",
        "custom",
        "decimals",
        "description",
        "displayName",
        "displayNameFromDS",
        "fieldMinMax",
        "filterable",
        "links",
        "mappings",
        "max",
        "min",
        "noValue",
        "path",
        "thresholds",
        "unit",
        "writeable",
    )
)
#: What grafanalib writes on every panel and no Grafana of today reads.
_NOISE = frozenset({"editable", "error", "height", "minSpan", "span", "tags"})
#: Values that mean nothing, and grafanalib's own 100 points a graph, which nobody wrote and which smooth gaps away.
_EMPTY: Mapping[str, Any] = {
    "description": "",
    "hideTimeOverride": False,
    "links": [],
    "maxDataPoints": 100,
    "targets": [],
    "transformations": [],
    "transparent": False,
}


def modern_panel(panel: Any, sources: Sources | None = None, notes: Notes | None = None) -> Json:
    """The panel's JSON; `notes` hears what is not as it was written."""
    sources, notes = sources or Sources(), notes or Notes()
    made: Json = plain(panel)
    name = type(panel).__name__
    if not made.get("type"):
        raise notes.wrong(f"{where(made)}: a {name} has no type", made_by=name, title=made.get("title", ""))
    refused(made, name, notes)
    modern_targets(panel, made, sources, notes)
    made = successor(made, name, notes)
    fields = made.setdefault("fieldConfig", {})
    fields["defaults"] = fields.get("defaults") or {}
    fields["overrides"] = fields.get("overrides") or []
    kind = KINDS.get(made["type"])
    mend(made, panel, notes)
    _fields(made, kind, notes)
    if kind is not None:
        made["options"] = merged(kind.options, made["options"])
    made["pluginVersion"] = made.get("pluginVersion") or PLUGIN_VERSION
    if made.get("links"):
        made["links"] = page_links(made["links"])
    return _known(made, notes)


def _fields(made: Json, kind: Kind | None, notes: Notes) -> None:
    fields: Json = made["fieldConfig"]
    defaults: Json = fields["defaults"]
    place = where(made)
    said = defaults.pop("thresholds", None) or {}
    base = kind.steps if kind is not None else ()
    found = steps(said.get("steps"), base, said.get("mode", "absolute"), notes, place)
    if found is not None and (base or kind is None):
        defaults["thresholds"] = found
    elif said.get("steps"):
        notes.say(f"{place}: a {made['type']} has no thresholds; they are left out")
    if kind is not None:
        custom = merged(kind.custom, defaults.get("custom") or {})
        if custom:
            defaults["custom"] = custom
        else:
            defaults.pop("custom", None)
        _standard(defaults, kind)
    if "mappings" in defaults:
        defaults["mappings"] = words(defaults["mappings"])
    if defaults.get("links"):
        defaults["links"] = links_of_values(defaults["links"])
    for key in ("links", "unit"):
        if not defaults.get(key, True):
            del defaults[key]
    for key in sorted(defaults.keys() - _FIELD_KEYS):
        notes.say(f"{place}: fieldConfig.defaults.{key} is nothing that Grafana reads today; left out")
        del defaults[key]
    made["fieldConfig"] = {"defaults": defaults, "overrides": fields["overrides"]}


def _standard(defaults: Json, kind: Kind) -> None:
    """What every kind has that shows numbers, and what those have not that do not."""
    if kind.color:
        defaults.setdefault("color", kind.color)
    if kind.mappings:
        defaults.setdefault("mappings", [])
        return
    for key in ("color", "mappings", "thresholds", "unit"):
        defaults.pop(key, None)


def _known(made: Json, notes: Notes) -> Json:
    for key in sorted(made.keys() - _KEYS - _NOISE):
        notes.say(f"{where(made)}: {key} is nothing that Grafana reads today; left out")
    kept = {key: value for key, value in made.items() if key in _KEYS}
    for key, value in _EMPTY.items():
        if kept.get(key) == value:
            del kept[key]
    return kept
