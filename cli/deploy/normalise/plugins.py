"""What each plugin of Grafana fills in of a panel by itself: the option that nobody said.

Read in `oracles/grafana-9.4/ui_saves/panel_defaults.json` (9.4: one bare panel of each kind, saved in a browser), and
in the plugins' defaults of Grafana 12 (`panels/kinds`), where it names more. Where versions differ it is `Either`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

Json = Mapping[str, Any]


class Either(NamedTuple):
    """Several defaults: of several versions, or of a new panel and a migrated one."""

    values: tuple[Any, ...]


LEGEND: Json = {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True}
TOOLTIP: Json = {"hideZeros": False, "mode": "single", "sort": "none"}
HIDE_FROM: Json = {"legend": False, "tooltip": False, "viz": False}
LINEAR: Json = {"type": "linear"}
REDUCE: Json = {"calcs": ["lastNotNull"], "fields": "", "values": False}
PALETTE: Json = {"mode": "palette-classic"}
BY_THRESHOLDS: Json = {"mode": "thresholds"}
THRESHOLDS: Json = {"mode": "absolute", "steps": [{"color": "green", "value": None}, {"color": "red", "value": 80}]}
MARKER: Json = {
    "color": {"fixed": "dark-green"},
    "opacity": 0.4,
    "rotation": {"fixed": 0, "max": 360, "min": -360, "mode": "mod"},
    "size": {"fixed": 5, "max": 15, "min": 2},
    "symbol": {"fixed": "img/icons/marker/circle.svg", "mode": "fixed"},
    "textConfig": {"fontSize": 12, "offsetX": 0, "offsetY": 0, "textAlign": "center", "textBaseline": "middle"},
}
AXIS: Json = {
    "axisBorderShow": False,
    "axisCenteredZero": False,
    "axisColorMode": "text",
    "axisLabel": "",
    "axisPlacement": "auto",
    "hideFrom": HIDE_FROM,
    "scaleDistribution": LINEAR,
}
LINES: Json = {
    **AXIS,
    "barAlignment": 0,
    "barWidthFactor": 0.6,
    "drawStyle": "line",
    "fillOpacity": 0,
    "gradientMode": "none",
    "insertNulls": False,
    "lineInterpolation": "linear",
    "lineWidth": 1,
    "pointSize": 5,
    "showPoints": "auto",
    "spanNulls": False,
    "stacking": {"group": "A", "mode": "none"},
    "thresholdsStyle": {"mode": "off"},
}
STATES: Json = {"axisPlacement": "auto", "fillOpacity": 70, "hideFrom": HIDE_FROM}

#: Of `options`.
OPTIONS: Mapping[str, Json] = {
    "timeseries": {"legend": LEGEND, "tooltip": TOOLTIP},
    "stat": {
        "colorMode": "value",
        "graphMode": "area",
        "justifyMode": "auto",
        "orientation": "auto",
        "percentChangeColorMode": "standard",
        "reduceOptions": REDUCE,
        "showPercentChange": False,
        "textMode": "auto",
        "wideLayout": True,
    },
    "gauge": {
        "minVizHeight": 75,
        "minVizWidth": 75,
        "orientation": "auto",
        "reduceOptions": REDUCE,
        "showThresholdLabels": False,
        "showThresholdMarkers": True,
        "sizing": "auto",
    },
    "bargauge": {
        "displayMode": "gradient",
        "legend": {**LEGEND, "showLegend": False},
        "maxVizHeight": 300,
        "minVizHeight": Either((10, 16)),
        "minVizWidth": Either((0, 8)),
        "namePlacement": "auto",
        "orientation": "auto",
        "reduceOptions": REDUCE,
        "showUnfilled": True,
        "sizing": "auto",
        "valueMode": "color",
    },
    "table": {
        "cellHeight": "sm",
        "footer": {"countRows": False, "fields": Either(("", [])), "reducer": ["sum"], "show": False},
        "frameIndex": 0,
        "showHeader": True,
        "showTypeIcons": False,
        "sortBy": [],
    },
    "heatmap": {
        "calculate": Either((False, True)),
        "cellGap": Either((1, 2)),
        "color": {
            "exponent": 0.5,
            "fill": "dark-orange",
            "mode": "scheme",
            "reverse": False,
            "scale": "exponential",
            "scheme": "Oranges",
            "steps": Either((64, 128)),
        },
        "exemplars": {"color": "rgba(255,0,255,0.7)"},
        "filterValues": {"le": 1e-09},
        "legend": {"show": Either((True, False))},
        "rowsFrame": {"layout": "auto"},
        "selectionMode": "x",
        "showValue": "never",
        "tooltip": {
            "mode": "single",
            "show": Either((True, False)),
            "showColorScale": False,
            "yHistogram": False,
        },
        "yAxis": {"axisPlacement": "left", "reverse": False},
    },
    "histogram": {"bucketCount": 30, "bucketOffset": 0, "combine": False, "legend": LEGEND, "tooltip": TOOLTIP},
    "state-timeline": {
        "alignValue": "left",
        "legend": LEGEND,
        "mergeValues": True,
        "perPage": 20,
        "rowHeight": 0.9,
        "showValue": "auto",
        "tooltip": TOOLTIP,
    },
    "status-history": {
        "colWidth": 0.9,
        "legend": LEGEND,
        "perPage": 20,
        "rowHeight": 0.9,
        "showValue": "auto",
        "tooltip": TOOLTIP,
    },
    "piechart": {
        "displayLabels": [],
        "legend": {**LEGEND, "values": []},
        "pieType": "pie",
        "reduceOptions": REDUCE,
        "tooltip": TOOLTIP,
    },
    "barchart": {
        "barRadius": 0,
        "barWidth": 0.97,
        "fullHighlight": False,
        "groupWidth": 0.7,
        "legend": LEGEND,
        "orientation": "auto",
        "showValue": "auto",
        "stacking": "none",
        "tooltip": TOOLTIP,
        "xTickLabelRotation": 0,
        "xTickLabelSpacing": 0,
    },
    "text": {
        "code": {"language": "plaintext", "showLineNumbers": False, "showMiniMap": False},
        "content": Either(
            ("", "# Title\n\nFor markdown syntax help: [commonmark.org/help](https://commonmark.org/help/)")
        ),
        "mode": "markdown",
    },
    "logs": {
        "dedupStrategy": "none",
        "enableInfiniteScrolling": False,
        "enableLogDetails": True,
        "prettifyLogMessage": False,
        "showCommonLabels": False,
        "showLabels": False,
        "showLogContextToggle": False,
        "showTime": False,
        "sortOrder": "Descending",
        "wrapLogMessage": False,
    },
    "alertlist": {
        "alertInstanceLabelFilter": "",
        "alertName": "",
        "dashboardAlerts": False,
        "groupBy": [],
        "groupMode": "default",
        "maxItems": 20,
        "showInactiveAlerts": False,
        "sortOrder": 1,
        "stateFilter": {"error": True, "firing": True, "noData": False, "normal": False, "pending": True},
        "viewMode": "list",
    },
    "dashlist": {
        "includeVars": False,
        "keepTime": False,
        "maxItems": 10,
        "query": "",
        "showFolderNames": True,
        "showHeadings": True,
        "showRecentlyViewed": False,
        "showSearch": False,
        "showStarred": True,
        "tags": [],
    },
    "annolist": {
        "limit": 10,
        "navigateAfter": "10m",
        "navigateBefore": "10m",
        "navigateToPanel": True,
        "onlyFromThisDashboard": False,
        "onlyInTimeRange": False,
        "showTags": True,
        "showTime": True,
        "showUser": True,
        "tags": [],
    },
    "xychart": {"legend": LEGEND, "series": [], "seriesMapping": "auto", "tooltip": TOOLTIP},
    "candlestick": {
        "candleStyle": "candles",
        "colorStrategy": "open-close",
        "colors": {"down": "red", "up": "green"},
        "includeAllFields": False,
        "legend": LEGEND,
        "mode": "candles+volume",
        "tooltip": TOOLTIP,
    },
    "canvas": {"inlineEditing": True, "showAdvancedTypes": False},
    "news": {"showImage": True},
    "geomap": {
        "controls": {
            "mouseWheelZoom": True,
            "showAttribution": True,
            "showDebug": False,
            "showMeasure": False,
            "showScale": False,
            "showZoom": True,
        },
        "layers": [
            {
                "config": {"showLegend": True, "style": MARKER},
                "location": {"mode": "auto"},
                "name": "Layer 1",
                "tooltip": True,
                "type": "markers",
            }
        ],
        "tooltip": {"mode": "details"},
        "view": {"allLayers": True, "id": "zero", "lat": 0, "lon": 0, "zoom": 1},
    },
}
#: Of `fieldConfig.defaults.custom`.
CUSTOM: Mapping[str, Json] = {
    "timeseries": LINES,
    "candlestick": LINES,
    "table": {
        "align": "auto",
        "cellOptions": {"type": "auto"},
        "displayMode": "auto",
        "filterable": False,
        "inspect": False,
    },
    "heatmap": {"hideFrom": HIDE_FROM, "scaleDistribution": LINEAR},
    "histogram": {
        "fillOpacity": 80,
        "gradientMode": "none",
        "hideFrom": HIDE_FROM,
        "lineWidth": 1,
        "stacking": {"group": "A", "mode": "none"},
    },
    "state-timeline": {**STATES, "insertNulls": False, "lineWidth": 0, "spanNulls": False},
    "status-history": {**STATES, "lineWidth": 1},
    "piechart": {"hideFrom": HIDE_FROM},
    "barchart": {**AXIS, "fillOpacity": 80, "gradientMode": "none", "lineWidth": 1, "thresholdsStyle": {"mode": "off"}},
    "xychart": {**AXIS, "lineWidth": 1, "pointSize": {"fixed": 5}, "show": "points"},
    "geomap": {"hideFrom": HIDE_FROM},
}
#: Of `fieldConfig.defaults.color`; elsewhere a colour says something.
COLOR: Mapping[str, Json] = {
    **dict.fromkeys(("timeseries", "histogram", "piechart", "barchart", "xychart", "candlestick"), PALETTE),
    **dict.fromkeys(("stat", "gauge", "bargauge", "table", "status-history", "canvas", "geomap"), BY_THRESHOLDS),
    "state-timeline": {"mode": Either(("continuous-GrYlRd", "thresholds"))},
}
#: What a plugin has no use for, so that its migration takes it away, all of it at once.
NO_USE: Mapping[str, tuple[str, ...]] = {
    "heatmap": ("color", "decimals", "displayName", "mappings", "max", "min", "noValue", "thresholds", "unit"),
    "piechart": ("thresholds",),
}
#: The first versions of these had 0 and 100 (or 1) as ends; without `pluginVersion` a panel is migrated as one of them.
ENDS: Mapping[str, tuple[int, int]] = {"percent": (0, 100), "percentunit": (0, 1)}
WITH_ENDS = frozenset({"bargauge", "gauge", "stat"})
