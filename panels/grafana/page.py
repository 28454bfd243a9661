"""A page as Grafana's JSON, complete: what Grafana itself would save."""

from collections.abc import Mapping
from typing import Any

from panels.dashboard import Dashboard, PageLink
from panels.grafana.ids import Ids
from panels.grafana.marks import annotations
from panels.grafana.panel import Page, panel_json
from panels.grafana.template import merged
from panels.grafana.variables import sources_of, variables_json, with_sources
from panels.layout import Box, Placed, place
from queries import Reader

Json = dict[str, Any]
#: Grafana 12's model. A higher number than a server's own is refused, a lower one is migrated.
SCHEMA_VERSION = 41
_TOOLTIPS = {"own": 0, "shared crosshair": 1, "shared tooltip": 2}


def to_grafana(dashboard: Dashboard, jobs: Mapping[str, str] | None = None) -> Json:
    """The page's JSON; `jobs` are the renamed jobs of `dash.toml`, by role.

    It shares constants with other pages: do not write into it.
    """
    narrowed = {one.narrows: one.name for one in dashboard.variables if one.narrows}
    reader = Reader(role=dashboard.role, variables=narrowed, jobs=jobs or {})
    variables = with_sources(dashboard)
    page = Page(reader, sources_of(variables), Ids(dashboard.uid))
    made: Json = {
        "annotations": {"list": annotations(dashboard, page.sources)},
        "description": dashboard.description,
        "editable": True,
        "fiscalYearStartMonth": 0,
        "graphTooltip": _TOOLTIPS[dashboard.tooltip],
        "links": [_link(one) for one in dashboard.links],
        "liveNow": False,
        "panels": _panels(place(dashboard), page),
        "preload": False,
        "refresh": dashboard.refresh,
        "schemaVersion": SCHEMA_VERSION,
        "tags": list(dashboard.tags),
        "templating": {"list": variables_json(variables, reader, page.sources)},
        "time": {"from": f"now-{dashboard.time}", "to": "now"},
        "timepicker": {},
        "timezone": dashboard.timezone,
        "title": dashboard.title,
        "uid": dashboard.uid,
        "weekStart": "",
    }
    return merged(made, dashboard.extra) if dashboard.extra else made


def _panels(rows: tuple[Placed, ...], page: Page) -> list[Json]:
    made: list[Json] = []
    for one in rows:
        inside = [panel_json(panel, box, page) for panel, box in one.panels]
        made.append(_row(one, inside if one.row.collapsed else [], page))
        if not one.row.collapsed:
            made += inside
    return made


def _row(one: Placed, inside: list[Json], page: Page) -> Json:
    row = one.row
    made: Json = {
        "collapsed": row.collapsed,
        "gridPos": _place(one.box),
        "id": page.ids.take(f"row:{row.title}", row.source),
        "panels": inside,
        "title": row.title,
        "type": "row",
    }
    if row.repeat:
        made["repeat"] = row.repeat
    return made


def _place(box: Box) -> Json:
    return {"h": box.h, "w": box.w, "x": box.x, "y": box.y}


def _link(one: PageLink) -> Json:
    return {
        "asDropdown": one.dropdown,
        "icon": "external link",
        "includeVars": True,
        "keepTime": True,
        "tags": list(one.tags),
        "targetBlank": False,
        "title": one.title,
        "tooltip": "",
        "type": "dashboards" if one.tags else "link",
        "url": one.url,
    }
