"""What a panel looks like: pages, rows, kinds of panels, variables."""

from panels.burn_rates import burn_rates
from panels.columns import Column, column
from panels.dashboard import DEPLOYMENTS, AlertMarks, Dashboard, Marks, PageLink, Row, row
from panels.kinds.alert_list import alert_list
from panels.kinds.annotations_list import annotations_list
from panels.kinds.barchart import barchart
from panels.kinds.bargauge import bargauge
from panels.kinds.dashboard_list import dashboard_list
from panels.kinds.gauge import gauge
from panels.kinds.heatmap import heatmap
from panels.kinds.histogram import histogram
from panels.kinds.logs import logs
from panels.kinds.piechart import piechart
from panels.kinds.stat import stat
from panels.kinds.state_timeline import state_timeline
from panels.kinds.status_history import status_history
from panels.kinds.table import table
from panels.kinds.text import text
from panels.kinds.timeseries import timeseries
from panels.page_alerts import page_alerts
from panels.panel import DataLink, Override, Panel, State, to_page
from panels.theme import ALARMS, GREEN, RED, YELLOW
from panels.variable import (
    LOKI,
    PROMETHEUS,
    Variable,
    constant_variable,
    custom_variable,
    interval_variable,
    job_variable,
    label_variable,
    textbox_variable,
)

__all__ = [
    "ALARMS",
    "DEPLOYMENTS",
    "GREEN",
    "LOKI",
    "PROMETHEUS",
    "RED",
    "YELLOW",
    "AlertMarks",
    "Column",
    "Dashboard",
    "DataLink",
    "Marks",
    "Override",
    "PageLink",
    "Panel",
    "Row",
    "State",
    "Variable",
    "alert_list",
    "annotations_list",
    "barchart",
    "bargauge",
    "burn_rates",
    "column",
    "constant_variable",
    "custom_variable",
    "dashboard_list",
    "gauge",
    "heatmap",
    "histogram",
    "interval_variable",
    "job_variable",
    "label_variable",
    "logs",
    "page_alerts",
    "piechart",
    "row",
    "stat",
    "state_timeline",
    "status_history",
    "table",
    "text",
    "textbox_variable",
    "timeseries",
    "to_page",
]
