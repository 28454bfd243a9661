"""What a person's save in a browser does to a page: the edit, and all that the browser writes besides.

The shape is that of a real 9.4's saves, `../shared/oracles/grafana-9.4/ui_saves`.
"""

import copy
from collections.abc import Callable
from typing import Any

from tests.contract.site import Json, Site

Change = Callable[[Json], object]
BETA = "v1beta1"
#: What a browser makes of a panel that it draws.
DRAWN: dict[str, Json] = {
    "timeseries": {
        "fieldConfig": {
            "defaults": {
                "color": {"mode": "palette-classic"},
                "custom": {
                    "axisCenteredZero": False,
                    "axisColorMode": "text",
                    "axisLabel": "",
                    "axisPlacement": "auto",
                    "barAlignment": 0,
                    "drawStyle": "line",
                    "fillOpacity": 0,
                    "gradientMode": "none",
                    "hideFrom": {"legend": False, "tooltip": False, "viz": False},
                    "lineInterpolation": "linear",
                    "lineWidth": 1,
                    "pointSize": 5,
                    "scaleDistribution": {"type": "linear"},
                    "showPoints": "auto",
                    "spanNulls": False,
                    "stacking": {"group": "A", "mode": "none"},
                    "thresholdsStyle": {"mode": "off"},
                },
                "mappings": [],
                "thresholds": {"mode": "absolute", "steps": [{"color": "green"}, {"color": "red", "value": 80}]},
            },
            "overrides": [],
        },
        "options": {
            "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True},
            "tooltip": {"mode": "single", "sort": "none"},
        },
    },
    "text": {"options": {"code": {"language": "plaintext", "showLineNumbers": False, "showMiniMap": False}}},
}
#: What it makes of every page.
PAGE: Json = {
    "annotations": {
        "list": [
            {
                "builtIn": 1,
                "datasource": {"type": "grafana", "uid": "-- Grafana --"},
                "enable": True,
                "hide": True,
                "iconColor": "rgba(0, 211, 255, 1)",
                "name": "Annotations & Alerts",
                "target": {"limit": 100, "matchAny": False, "tags": [], "type": "dashboard"},
                "type": "dashboard",
            }
        ]
    },
    "editable": True,
    "fiscalYearStartMonth": 0,
    "graphTooltip": 0,
    "links": [],
    "liveNow": False,
    "refresh": "",
    "templating": {"list": []},
    "time": {"from": "now-6h", "to": "now"},
    "timepicker": {},
    "timezone": "",
    "weekStart": "",
}
#: And of every variable.
VARIABLE: Json = {"hide": 0, "includeAll": False, "multi": False, "options": [], "skipUrlSync": False}


def edit(site: Site, name: str, change: Change, message: str = "by hand", *, at: int | None = None) -> int:
    """A person opens a page, changes it and saves it; the status of the answer.

    Args:
        site: where.
        name: of the page.
        change: changes the JSON that the browser has loaded.
        message: what is written into the dialog.
        at: the version that was loaded, if it is not the page's now.
    """
    return (_over_apis if site.api == "apis" else _legacy)(site, name, change, message, at)


def as_saved(page: Json) -> Json:
    """A page as a browser sends it that has only loaded it."""
    made = {**copy.deepcopy(PAGE), **copy.deepcopy(page)}
    made |= {"schemaVersion": 37, "style": "dark", "revision": 1}
    for one in made["panels"]:
        for part, said in DRAWN.get(one["type"], {}).items():
            one[part] = _filled(one.get(part, {}), said)
        if one["type"] != "row":
            one["pluginVersion"] = "9.4.0-pre"
    variables = made["templating"]["list"]
    made["templating"] = {"list": [{**copy.deepcopy(VARIABLE), **one} for one in variables]}
    return made


def _legacy(site: Site, name: str, change: Change, message: str, at: int | None) -> int:
    """As up to 12.1."""
    now = site.live(name)
    model = as_saved(now["dashboard"]) | ({"version": at} if at else {})
    change(model)
    said = {"dashboard": model, "folderUid": now["meta"]["folderUid"], "message": message, "overwrite": False}
    status, _ = site.ask("POST", "/api/dashboards/db", said)
    return status


def _over_apis(site: Site, name: str, change: Change, message: str, at: int | None) -> int:
    """As from 12.2 on: the server has brought the page up to date, and drops what no page has there any more."""
    path = f"/apis/dashboard.grafana.app/{BETA}/namespaces/{_namespace(site)}/dashboards/{site.uid(name)}"
    now = site.told("GET", path)
    if at and now["metadata"]["generation"] != at:
        return 409
    model = as_saved(now["spec"]) | {"schemaVersion": now["spec"]["schemaVersion"]}
    del model["style"]
    change(model)
    kept = {key: now["metadata"][key] for key in ("name", "namespace", "uid", "resourceVersion", "labels")}
    notes = {**now["metadata"].get("annotations", {}), "grafana.app/message": message}
    said = {**now, "metadata": {**kept, "annotations": notes}, "spec": model}
    status, _ = site.ask("PUT", f"{path}?fieldValidation=Ignore", said)
    return status


def _namespace(site: Site) -> str:
    status, said = site.ask("GET", "/api/frontend/settings")
    if status == 200 and said.get("namespace"):
        return str(said["namespace"])
    organisation = int(site.told("GET", "/api/org")["id"])
    return "default" if organisation == 1 else f"org-{organisation}"


def _filled(thing: Any, defaults: Any) -> Any:
    """A value with the defaults that it has not."""
    if not (isinstance(thing, dict) and isinstance(defaults, dict)):
        return thing
    more = {key: _filled(thing[key], said) if key in thing else copy.deepcopy(said) for key, said in defaults.items()}
    return {**thing, **more}
