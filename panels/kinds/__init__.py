"""Kinds of panels: one kind, one function, one file; and their sizes and defaults by Grafana's name of them."""

from collections.abc import Mapping

from panels.kinds import (
    alert_list,
    annotations_list,
    barchart,
    bargauge,
    dashboard_list,
    gauge,
    heatmap,
    histogram,
    logs,
    piechart,
    stat,
    state_timeline,
    status_history,
    table,
    text,
    timeseries,
)
from panels.kinds.kind import Kind

KINDS: Mapping[str, Kind] = {
    module.KIND.plugin: module.KIND
    for module in (
        alert_list,
        annotations_list,
        barchart,
        bargauge,
        dashboard_list,
        gauge,
        heatmap,
        histogram,
        logs,
        piechart,
        stat,
        state_timeline,
        status_history,
        table,
        text,
        timeseries,
    )
}
#: Width and height where nothing is said.
SIZES: Mapping[str, tuple[int, int]] = {kind.plugin: (kind.width, kind.height) for kind in KINDS.values()}
