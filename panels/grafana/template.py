"""What is the same in every panel of a kind: made once with grafanalib's class, and brought up to today's Grafana."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from panels import shape
from panels.kinds import KINDS
from panels.kinds.kind import Kind

Json = dict[str, Any]
#: The Grafana whose defaults `panels.kinds` writes down. Without it Grafana migrates a panel as if it were of 6.1.
PLUGIN_VERSION = "12.0.0"
#: What grafanalib's classes made, modern, by the kind's plugin. It is the same whenever it is made, and JSON: a build
#: remembers it, so that only the first one imports grafanalib.
BARE: dict[str, Json] = {}


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of a panel that all panels of its kind share. Nobody writes into them.

    Attributes:
        panel: its type and version.
        options: every option. defaults: of `fieldConfig.defaults`, with custom. custom: the plugin's own of these.
    """

    panel: Json
    options: Json
    defaults: Json
    custom: Json


@cache
def template(plugin: str) -> Template:
    """The template of a kind; of a plugin that we do not know, an empty one."""
    kind = KINDS.get(plugin) or Kind(plugin=plugin, width=8, height=8, steps=(), mappings=False)
    made = _made(kind)
    custom = {**made["fieldConfig"]["defaults"].get("custom", {}), **kind.custom}
    return Template(
        panel={"type": made["type"], "pluginVersion": made["pluginVersion"]},
        options=merged(made["options"], kind.options),
        defaults=defaults_of(kind, custom),
        custom=custom,
    )


def defaults_of(kind: Kind, custom: Mapping[str, Any]) -> Json:
    """What Grafana saves in `fieldConfig.defaults` where nobody says anything."""
    defaults: Json = {}
    if kind.color:
        defaults["color"] = kind.color
    if custom:
        defaults["custom"] = custom
    if kind.mappings:
        defaults["mappings"] = []
    if kind.steps:
        defaults["thresholds"] = shape.thresholds(kind.steps)
    return defaults


def merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> Json:
    """Both, `more` winning, dicts in dicts likewise; a value of None takes the key away. Neither is written into."""
    both = dict(base)
    for key, value in more.items():
        if value is None:
            both.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(both.get(key), Mapping):
            both[key] = merged(both[key], value)
        else:
            both[key] = value
    return both


def _made(kind: Kind) -> Json:
    """A bare panel of grafanalib's class, modern; where it has no class, what it would be."""
    if not kind.grafanalib:
        fields: Json = {"defaults": {}, "overrides": []}
        options = dict(kind.options)
        return {"type": kind.plugin, "pluginVersion": PLUGIN_VERSION, "options": options, "fieldConfig": fields}
    if kind.plugin not in BARE:
        BARE[kind.plugin] = _of_grafanalib(kind)
    return BARE[kind.plugin]


def _of_grafanalib(kind: Kind) -> Json:
    import grafanalib.core  # noqa: PLC0415 - 140 ms that `dash --help` need not pay

    from panels.grafana.modern_panel import modern_panel  # noqa: PLC0415 - it needs the templates' parts

    bare = getattr(grafanalib.core, kind.grafanalib)(title="")
    return modern_panel(bare)
