"""A dashboard of Grafana's second model, with one of everything that is read of it."""

from __future__ import annotations

from typing import Any

V2: dict[str, Any] = {
    "title": "Two",
    "cursorSync": "Off",
    "timeSettings": {"from": "now-1h", "to": "now", "autoRefresh": "10s"},
    "elements": {
        "panel-9": {
            "kind": "Panel",
            "spec": {
                "id": 9,
                "title": "Errors",
                "description": "How many",
                "data": {
                    "kind": "QueryGroup",
                    "spec": {
                        "queries": [
                            {
                                "kind": "PanelQuery",
                                "spec": {
                                    "refId": "B",
                                    "hidden": True,
                                    "query": {
                                        "kind": "DataQuery",
                                        "group": "prometheus",
                                        "datasource": {"name": "${ds}"},
                                        "spec": {"expr": "rate(x[5m])", "legendFormat": "{{job}}"},
                                    },
                                },
                            }
                        ],
                        "transformations": [{"kind": "reduce", "spec": {"options": {}}}],
                        "queryOptions": {"interval": "30s"},
                    },
                },
                "vizConfig": {
                    "kind": "VizConfig",
                    "group": "stat",
                    "spec": {"options": {}, "fieldConfig": {"defaults": {"unit": "s"}, "overrides": []}},
                },
            },
        },
        "panel-1": {"kind": "Panel", "spec": {"id": 1, "title": "First", "vizConfig": {"group": "text"}}},
    },
    "layout": {
        "kind": "GridLayout",
        "spec": {
            "items": [
                {
                    "kind": "GridLayoutItem",
                    "spec": {"x": 0, "y": 0, "width": 12, "height": 8, "element": {"name": name}},
                }
                for name in ("panel-1", "panel-9")
            ]
        },
    },
    "variables": [
        {"kind": "DatasourceVariable", "spec": {"name": "ds", "pluginId": "prometheus"}},
        {
            "kind": "QueryVariable",
            "spec": {
                "name": "job",
                "multi": True,
                "refresh": "onTimeRangeChanged",
                "query": {"kind": "DataQuery", "group": "prometheus", "spec": {"query": "label_values(up, job)"}},
            },
        },
        {"kind": "TextVariable", "spec": {"name": "free", "query": "x"}},
    ],
    "annotations": [
        {"spec": {"name": "Deploys", "query": {"group": "prometheus", "spec": {"expr": "changes(x[5m]) > 0"}}}}
    ],
    "tags": [],
}
