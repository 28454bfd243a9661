"""The physical limit: the workload as plain dictionaries."""

from typing import Any

from bench.workload import DATASOURCE, SECTIONS, STEPS, Spec, panels

Json = dict[str, Any]


def page(number: int) -> Json:
    """Page `number`."""
    made: list[Json] = []
    for section in range(SECTIONS):
        place = {"h": 1, "w": 24, "x": 0, "y": section * 13}
        title = f"Section {section}"
        made.append(
            {"id": len(made) + 1, "type": "row", "title": title, "collapsed": False, "gridPos": place, "panels": []}
        )
        made += [_panel(spec, len(made) + 1 + index) for index, spec in enumerate(panels(section))]
    return {
        "uid": f"svc-{number:03d}",
        "title": f"Service {number:03d} overview",
        "tags": ["generated", "svc"],
        "editable": False,
        "graphTooltip": 1,
        "schemaVersion": 41,
        "timezone": "browser",
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "timepicker": {},
        "annotations": {"list": []},
        "links": [],
        "panels": made,
        "templating": {"list": _variables()},
    }


def _panel(spec: Spec, number: int) -> Json:
    reduce = {"calcs": ["lastNotNull"], "fields": "", "values": False}
    defaults: Json = {
        "unit": spec.unit,
        "min": 0,
        "mappings": [],
        "color": {"mode": "thresholds"},
        "thresholds": {"mode": "absolute", "steps": [{"color": color, "value": value} for color, value in STEPS]},
    }
    options: Json = {"reduceOptions": reduce, "orientation": "auto"}
    if spec.kind == "timeseries":
        defaults["color"] = {"mode": "palette-classic"}
        defaults["custom"] = {
            "drawStyle": "line",
            "lineInterpolation": "linear",
            "lineWidth": 2,
            "fillOpacity": 10,
            "gradientMode": "none",
            "spanNulls": False,
            "showPoints": "never",
            "pointSize": 5,
            "axisPlacement": "auto",
            "axisLabel": "",
            "barAlignment": 0,
            "scaleDistribution": {"type": "linear"},
            "stacking": {"mode": "none", "group": "A"},
            "thresholdsStyle": {"mode": "line"},
            "hideFrom": {"legend": False, "tooltip": False, "viz": False},
        }
        calcs = ["mean", "lastNotNull", "max"]
        options = {
            "legend": {"displayMode": "table", "placement": "bottom", "showLegend": True, "calcs": calcs},
            "tooltip": {"mode": "multi", "sort": "desc"},
        }
    elif spec.kind == "stat":
        options |= {"textMode": "auto", "colorMode": "value", "graphMode": "area", "justifyMode": "auto"}
    else:
        defaults["max"] = 100
        options |= {"showThresholdLabels": False, "showThresholdMarkers": True}
    return {
        "id": number,
        "type": spec.kind,
        "title": spec.title,
        "description": spec.description,
        "datasource": DATASOURCE,
        "gridPos": spec.box.as_json(),
        "targets": [_target(*target) for target in spec.targets],
        "options": options,
        "fieldConfig": {"defaults": defaults, "overrides": []},
    }


def _target(letter: str, expr: str, legend: str) -> Json:
    return {
        "refId": letter,
        "expr": expr,
        "legendFormat": legend,
        "datasource": DATASOURCE,
        "editorMode": "code",
        "range": True,
    }


def _variables() -> list[Json]:
    query = {"type": "query", "datasource": DATASOURCE, "hide": 0, "refresh": 2, "sort": 1, "regex": ""}
    windows = [{"text": text, "value": text, "selected": text == "5m"} for text in ("5m", "1h", "6h")]
    return [
        {"type": "datasource", "name": "datasource", "label": "Data source", "query": "prometheus", "hide": 0},
        {**query, "name": "job", "label": "Job", "query": "label_values(up, job)"},
        {**query, "name": "instance", "label": "Instance", "query": 'label_values(up{job="$job"}, instance)'},
        {"type": "custom", "name": "window", "query": "5m,1h,6h", "options": windows, "current": windows[0]},
    ]
