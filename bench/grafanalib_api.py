"""The workload with grafanalib's own classes and its own way to write JSON."""

import json
from typing import Any

import grafanalib.core as grafanalib
from grafanalib._gen import DashboardEncoder

from bench.workload import DATASOURCE, SECTIONS, STEPS, Spec, panels


def page(number: int) -> Any:
    """Page `number` as grafanalib's Dashboard."""
    made: list[Any] = []
    for section in range(SECTIONS):
        place = grafanalib.GridPos(h=1, w=24, x=0, y=section * 13)
        made.append(grafanalib.RowPanel(title=f"Section {section}", gridPos=place))
        made += map(_panel, panels(section))
    return grafanalib.Dashboard(
        title=f"Service {number:03d} overview",
        uid=f"svc-{number:03d}",
        tags=["generated", "svc"],
        timezone="browser",
        refresh="30s",
        time=grafanalib.Time("now-6h", "now"),
        panels=made,
        templating=grafanalib.Templating(list=_variables()),
    ).auto_panel_ids()


def text(page: Any) -> bytes:
    """As `generate-dashboard` writes it."""
    return json.dumps(page.to_json_data(), sort_keys=True, indent=2, cls=DashboardEncoder).encode()


def _panel(spec: Spec) -> Any:
    said = {
        "title": spec.title,
        "description": spec.description,
        "dataSource": DATASOURCE,
        "targets": [
            grafanalib.Target(datasource=DATASOURCE, expr=expr, legendFormat=legend, refId=letter)
            for letter, expr, legend in spec.targets
        ],
        "gridPos": grafanalib.GridPos(**spec.box.as_json()),
        "thresholds": [{"color": color, "value": value} for color, value in STEPS],
    }
    if spec.kind == "timeseries":
        return grafanalib.TimeSeries(
            unit=spec.unit,
            lineWidth=2,
            fillOpacity=10,
            showPoints="never",
            thresholdsStyleMode="line",
            legendDisplayMode="table",
            legendCalcs=["mean", "lastNotNull", "max"],
            tooltipMode="multi",
            valueMin=0,
            **said,
        )
    if spec.kind == "stat":
        return grafanalib.Stat(format=spec.unit, reduceCalc="lastNotNull", **said)
    return grafanalib.GaugePanel(format=spec.unit, calc="lastNotNull", min=0, max=100, **said)


def _variables() -> list[Any]:
    template = grafanalib.Template
    job, instance = "label_values(up, job)", 'label_values(up{job="$job"}, instance)'
    return [
        template(type="datasource", name="datasource", label="Data source", query="prometheus"),
        template(type="query", name="job", label="Job", dataSource=DATASOURCE, query=job, refresh=2),
        template(type="query", name="instance", dataSource=DATASOURCE, query=instance, multi=True, refresh=2),
        template(type="custom", name="window", label="Window", query="5m,1h,6h", default="5m"),
    ]
