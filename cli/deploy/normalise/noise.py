"""The one table of what a server, a UI save or a migration writes into a page by itself, each by name, with its source.

What plugins fill in of their own options is in `plugins.py`; nothing else is left out of a comparison, but for a null
and an empty object, which say as much as a key that is not there (Grafana's JSON.stringify and omitempty drop them).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from cli.deploy.normalise import plugins
from cli.deploy.normalise.plugins import Either

#: The part of a page that a name belongs to.
PAGE, PANEL, ROW, TARGET, VARIABLE, ANNOTATION, LINK = (
    "page",
    "panel",
    "row",
    "target",
    "variable",
    "annotation",
    "link",
)
Names = tuple[str, ...]
SAVES = "ui_saves/README.md"
MODEL = "grafana_api.md 16"
EXCHANGES = "exchanges.jsonl"
#: Read in Grafana's own code, 9.4: what `getSaveModel` leaves out because it equals the model's default.
SAVE_MODEL = "PanelModel.ts, DashboardModel.ts: getSaveModel"
MIGRATOR = "DashboardMigrator.ts"
QUERY_EDITOR = "plugins/datasource/prometheus: the query editor"
VARIABLE_EDITOR = "features/variables: the editors and the picker"


class Written(NamedTuple):
    """Written on every save, or by one version and not by another: nothing that a person says."""

    part: str
    name: str
    source: str


class Default(NamedTuple):
    """What may be there with one of these values, or not be there: it says the same."""

    part: str
    path: Names
    values: tuple[Any, ...]
    source: str


WRITTEN = (
    Written(PAGE, "id", "exchanges.jsonl save 1: the server's"),
    Written(PAGE, "version", "exchanges.jsonl save 1: the server's"),
    Written(PAGE, "schemaVersion", f"{SAVES}: set to the version's own, also downwards"),
    Written(PAGE, "style", f"{SAVES}; {MODEL}.2: removed since"),
    Written(PAGE, "revision", f"{SAVES}; {MODEL}.2: of plugins only"),
    Written(PAGE, "iteration", f"{MODEL}.2: the time of the last save, until 8"),
    Written(PANEL, "id", "an id is how a panel is found, and Grafana deals out new ones to panels without"),
    Written(PANEL, "pluginVersion", SAVES),
    Written(PANEL, "repeatIteration", f"{SAVE_MODEL}: of a repeated panel's copies"),
    Written(PANEL, "scopedVars", f"{SAVE_MODEL}: of a repeated panel's copies"),
    Written(ROW, "datasource", f"{MIGRATOR}: the default one on everything without; a row asks nothing"),
    Written(ROW, "targets", f"{MIGRATOR}: as its data source"),
    Written(TARGET, "key", QUERY_EDITOR),
    Written(TARGET, "requestId", QUERY_EDITOR),
    Written(TARGET, "utcOffsetSec", QUERY_EDITOR),
    Written(VARIABLE, "error", VARIABLE_EDITOR),
    Written(VARIABLE, "id", VARIABLE_EDITOR),
    Written(VARIABLE, "index", VARIABLE_EDITOR),
    Written(VARIABLE, "global", VARIABLE_EDITOR),
    Written(VARIABLE, "rootStateKey", VARIABLE_EDITOR),
    Written(VARIABLE, "state", VARIABLE_EDITOR),
)
_PICKED = ["5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "1d"]
_TIMES = ["5m", "15m", "1h", "6h", "12h", "24h", "2d", "7d", "30d"]
DEFAULTS = (
    Default(PAGE, ("annotations", "list"), ([],), SAVE_MODEL),
    Default(PAGE, ("description",), ("",), SAVE_MODEL),
    Default(PAGE, ("editable",), (True,), SAVE_MODEL),
    Default(PAGE, ("fiscalYearStartMonth",), (0,), SAVE_MODEL),
    Default(PAGE, ("graphTooltip",), (0,), SAVE_MODEL),
    Default(PAGE, ("hideControls",), (False,), f"{MODEL}.2: removed since"),
    Default(PAGE, ("links",), ([],), SAVE_MODEL),
    Default(PAGE, ("liveNow",), (False,), SAVE_MODEL),
    Default(PAGE, ("panels",), ([],), SAVE_MODEL),
    Default(PAGE, ("preload",), (False,), f"{MODEL}.2: since 12"),
    Default(PAGE, ("refresh",), ("", False), f"{MODEL}.2: false in old pages"),
    Default(PAGE, ("tags",), ([],), SAVE_MODEL),
    Default(PAGE, ("templating", "list"), ([],), SAVE_MODEL),
    Default(PAGE, ("time", "from"), ("now-6h",), SAVE_MODEL),
    Default(PAGE, ("time", "to"), ("now",), SAVE_MODEL),
    Default(PAGE, ("timepicker", "hidden"), (False,), SAVE_MODEL),
    Default(PAGE, ("timepicker", "refresh_intervals"), (_PICKED,), SAVE_MODEL),
    Default(PAGE, ("timepicker", "time_options"), (_TIMES,), f"{MODEL}.2: removed since"),
    Default(PAGE, ("timezone",), ("",), SAVE_MODEL),
    Default(PAGE, ("weekStart",), ("",), SAVE_MODEL),
    Default(PANEL, ("description",), ("",), SAVE_MODEL),
    Default(PANEL, ("fieldConfig", "defaults", "links"), ([],), SAVE_MODEL),
    Default(PANEL, ("fieldConfig", "defaults", "mappings"), ([],), "ui_saves/panel_defaults.json"),
    Default(PANEL, ("fieldConfig", "overrides"), ([],), "ui_saves/panel_defaults.json"),
    Default(PANEL, ("hideTimeOverride",), (False,), SAVE_MODEL),
    Default(PANEL, ("interval",), ("",), SAVE_MODEL),
    Default(PANEL, ("links",), ([],), SAVE_MODEL),
    Default(PANEL, ("repeat",), ("",), SAVE_MODEL),
    Default(PANEL, ("repeatDirection",), ("h",), SAVE_MODEL),
    Default(PANEL, ("targets",), ([],), SAVE_MODEL),
    Default(PANEL, ("title",), ("",), SAVE_MODEL),
    Default(PANEL, ("transformations",), ([],), SAVE_MODEL),
    Default(PANEL, ("transparent",), (False,), SAVE_MODEL),
    Default(ROW, ("collapsed",), (False,), SAVE_MODEL),
    Default(ROW, ("repeat",), ("",), SAVE_MODEL),
    Default(ROW, ("title",), ("",), SAVE_MODEL),
    Default(TARGET, ("disableTextWrap",), (False,), f"{QUERY_EDITOR}, 10"),
    Default(TARGET, ("editorMode",), ("code", "builder"), QUERY_EDITOR),
    Default(TARGET, ("exemplar",), (False,), QUERY_EDITOR),
    Default(TARGET, ("format",), ("time_series",), QUERY_EDITOR),
    Default(TARGET, ("fullMetaSearch",), (False,), f"{QUERY_EDITOR}, 10"),
    Default(TARGET, ("hide",), (False,), QUERY_EDITOR),
    Default(TARGET, ("includeNullMetadata",), (True,), f"{QUERY_EDITOR}, 10"),
    Default(TARGET, ("instant",), (False,), QUERY_EDITOR),
    Default(TARGET, ("interval",), ("",), QUERY_EDITOR),
    Default(TARGET, ("intervalFactor",), (1,), QUERY_EDITOR),
    Default(TARGET, ("legendFormat",), ("__auto", ""), QUERY_EDITOR),
    Default(TARGET, ("useBackend",), (False,), f"{QUERY_EDITOR}, 10"),
    Default(VARIABLE, ("allValue",), ("",), VARIABLE_EDITOR),
    Default(VARIABLE, ("allowCustomValue",), (True,), f"{VARIABLE_EDITOR}, 11.5"),
    Default(VARIABLE, ("auto",), (False,), VARIABLE_EDITOR),
    Default(VARIABLE, ("auto_count",), (30,), VARIABLE_EDITOR),
    Default(VARIABLE, ("auto_min",), ("10s",), VARIABLE_EDITOR),
    Default(VARIABLE, ("description",), ("",), VARIABLE_EDITOR),
    Default(VARIABLE, ("hide",), (0,), VARIABLE_EDITOR),
    Default(VARIABLE, ("includeAll",), (False,), VARIABLE_EDITOR),
    Default(VARIABLE, ("label",), ("",), VARIABLE_EDITOR),
    Default(VARIABLE, ("multi",), (False,), VARIABLE_EDITOR),
    Default(VARIABLE, ("options",), ([],), VARIABLE_EDITOR),
    Default(VARIABLE, ("query", "qryType"), (0, 1, 2, 3, 4, 5), f"{MODEL}.7: of the editor since 10"),
    Default(VARIABLE, ("regex",), ("",), VARIABLE_EDITOR),
    Default(VARIABLE, ("skipUrlSync",), (False,), SAVES),
    Default(VARIABLE, ("sort",), (0,), VARIABLE_EDITOR),
    Default(VARIABLE, ("tagValuesQuery",), ("",), VARIABLE_EDITOR),
    Default(VARIABLE, ("tagsQuery",), ("",), VARIABLE_EDITOR),
    Default(VARIABLE, ("useTags",), (False,), VARIABLE_EDITOR),
    Default(ANNOTATION, ("enable",), (True,), MODEL + ".8"),
    Default(ANNOTATION, ("hide",), (False,), MODEL + ".8"),
    Default(ANNOTATION, ("target", "limit"), (100,), SAVES),
    Default(ANNOTATION, ("target", "matchAny"), (False,), SAVES),
    Default(ANNOTATION, ("target", "tags"), ([],), SAVES),
    Default(ANNOTATION, ("target", "type"), ("dashboard",), SAVES),
    Default(LINK, ("asDropdown",), (False,), MODEL + ".8"),
    Default(LINK, ("icon",), ("external link",), MODEL + ".8"),
    Default(LINK, ("includeVars",), (False,), MODEL + ".8"),
    Default(LINK, ("keepTime",), (False,), MODEL + ".8"),
    Default(LINK, ("tags",), ([],), MODEL + ".8"),
    Default(LINK, ("targetBlank",), (False,), MODEL + ".8"),
    Default(LINK, ("tooltip",), ("",), MODEL + ".8"),
    Default(LINK, ("url",), ("",), MODEL + ".8"),
)
#: `ui_saves`: Grafana adds it to every page that has none.
BUILT_IN = {
    "builtIn": 1,
    "datasource": {"type": "grafana", "uid": "-- Grafana --"},
    "enable": True,
    "hide": True,
    "iconColor": "rgba(0, 211, 255, 1)",
    "name": "Annotations & Alerts",
    "type": "dashboard",
}
#: `DashboardMigrator.ts`, 33 and 36: how the built-in data source was and is referred to.
GRAFANA_ITSELF = ("-- Grafana --", {"type": "datasource", "uid": "grafana"}, {"uid": "-- Grafana --"})
#: Our own tag, which a push writes.
OURS = "dash:"

Rules = Mapping[Names, tuple[Any, ...]]


@cache
def written(part: str) -> frozenset[str]:
    """The members of a part that nobody says."""
    return frozenset(one.name for one in WRITTEN if one.part == part)


@cache
def defaults(part: str) -> Rules:
    """What may come and go in a part, by its path."""
    return {one.path: one.values for one in DEFAULTS if one.part == part}


@cache
def panel_defaults(plugin: str, unit: str = "") -> Rules:
    """Likewise in a panel of one plugin, whose values are of a unit."""
    rules = dict(defaults(PANEL))
    field = ("fieldConfig", "defaults")
    _add(rules, ("options",), plugins.OPTIONS.get(plugin, {}))
    _add(rules, (*field, "custom"), plugins.CUSTOM.get(plugin, {}))
    _add(rules, (*field, "color"), plugins.COLOR.get(plugin, {}))
    _add(rules, (*field, "thresholds"), plugins.THRESHOLDS)
    if plugin in plugins.WITH_ENDS and unit in plugins.ENDS:
        _add(rules, field, dict(zip(("min", "max"), plugins.ENDS[unit], strict=True)))
    return rules


def _add(rules: dict[Names, tuple[Any, ...]], path: Names, value: Any) -> None:
    """A plugin's defaults, one leaf after the other."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            _add(rules, (*path, name), one)
    else:
        rules[path] = value.values if isinstance(value, Either) else (value,)
