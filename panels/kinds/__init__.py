"""Kinds of panels: one kind, one function, one file; and their sizes and defaults by Grafana's name of them."""

from collections.abc import Mapping
from importlib import import_module

from panels.kinds.kind import Kind

_FILES = (
    "alert_list",
    "annotations_list",
    "barchart",
    "bargauge",
    "dashboard_list",
    "gauge",
    "heatmap",
    "histogram",
    "logs",
    "piechart",
    "stat",
    "state_timeline",
    "status_history",
    "table",
    "text",
    "timeseries",
)


def _kind(file: str) -> Kind:
    kind: Kind = import_module(f"{__name__}.{file}").KIND
    return kind


KINDS: Mapping[str, Kind] = {kind.plugin: kind for kind in map(_kind, _FILES)}
#: Width and height where nothing is said.
SIZES: Mapping[str, tuple[int, int]] = {kind.plugin: (kind.width, kind.height) for kind in KINDS.values()}
