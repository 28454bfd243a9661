"""One panel as Grafana's JSON: its kind's template, filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from panels import shape
from panels.asking import letters
from panels.grafana.ids import Ids
from panels.grafana.template import merged, template
from panels.layout import Box
from panels.panel import Look, Panel, Target
from queries import Reader, to_promql

Json = dict[str, Any]
MIXED: Json = {"type": "datasource", "uid": "-- Mixed --"}
#: Of what was said by name: where it stands in the panel, and in its `fieldConfig.defaults`.
_IN_PANEL = {
    "description": "description",
    "repeat": "repeat",
    "repeat_direction": "repeatDirection",
    "per_row": "maxPerRow",
    "interval": "interval",
    "time_from": "timeFrom",
    "time_shift": "timeShift",
    "transparent": "transparent",
}
_IN_DEFAULTS = {"decimals": "decimals", "minimum": "min", "maximum": "max", "no_value": "noValue"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a panel needs to know of its page: who reads its queries, where data sources are, which ids are taken."""

    reader: Reader
    sources: Mapping[str, Json]
    ids: Ids


def panel_json(panel: Panel, box: Box, page: Page) -> Json:
    """The panel as Grafana itself would save it."""
    kind, look = template(panel.kind), panel.look
    made: Json = {
        **kind.panel,
        "id": page.ids.take(panel.key, panel.source),
        "title": panel.title,
        "gridPos": {"h": box.h, "w": box.w, "x": box.x, "y": box.y},
        "options": {**kind.options, **panel.options},
        "fieldConfig": {"defaults": _defaults(panel, kind.defaults, kind.custom), "overrides": _overrides(panel)},
    }
    targets = panel.targets
    if targets:
        made["targets"] = [_target(one, index, page) for index, one in enumerate(targets)]
        asked = {one.datasource for one in targets}
        made["datasource"] = page.sources[targets[0].datasource] if len(asked) == 1 else MIXED
    for name, value in look.items():
        if value and name in _IN_PANEL:
            made[_IN_PANEL[name]] = value
    if panel.transformations or "transformations" in look:
        made["transformations"] = [*panel.transformations, *look.get("transformations", ())]
    extra = look.get("extra")
    return merged(made, extra) if extra else made


def _defaults(panel: Panel, shared: Json, custom: Json) -> Json:
    look: Look = panel.look
    defaults = {**shared, **panel.defaults}
    if panel.custom:
        defaults["custom"] = {**custom, **panel.custom}
    if panel.unit:
        defaults["unit"] = panel.unit
    if panel.steps:
        defaults["thresholds"] = shape.thresholds(panel.steps)
    if panel.states:
        defaults["mappings"] = shape.mappings(panel.states)
    for name, value in look.items():
        if name in _IN_DEFAULTS:
            defaults[_IN_DEFAULTS[name]] = value
    if look.get("links"):
        defaults["links"] = shape.links(look["links"])
    return defaults


def _overrides(panel: Panel) -> list[Mapping[str, Any]]:
    said = panel.look.get("overrides")
    return [one.json for one in (*panel.overrides, *said)] if said else [one.json for one in panel.overrides]


def _target(target: Target, index: int, page: Page) -> Json:
    if target.query is None:
        return {
            "datasource": page.sources[target.datasource],
            "editorMode": "code",
            "expr": target.text,
            "queryType": "range",
            "refId": letters(index),
        }
    return {
        "datasource": page.sources[target.datasource],
        "editorMode": "code",
        "exemplar": target.exemplar,
        "expr": to_promql(target.query.expr, page.reader),
        "format": target.format,
        "instant": target.instant,
        "legendFormat": target.legend or target.query.legend,
        "range": not target.instant,
        "refId": letters(index),
    }
