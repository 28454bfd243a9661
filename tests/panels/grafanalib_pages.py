"""Pages as grafanalib's users write them: one panel, variable or link of every class that is usable."""

from typing import Any

import grafanalib.core as lib
from grafanalib import formatunits, prometheus
from grafanalib.cloudwatch import CloudwatchMetricsTarget
from grafanalib.elasticsearch import ElasticsearchTarget
from grafanalib.influxdb import InfluxDBTarget

PLACE = lib.GridPos(h=8, w=12, x=0, y=0)
THRESHOLDS = [lib.Threshold("green", 0, 0.0), lib.Threshold("yellow", 1, 70.0), lib.Threshold("red", 2, 90.0)]
MAPPINGS = [
    lib.StatValueMappings(
        lib.StatValueMappingItem("down", "0", "red", index=0), lib.StatValueMappingItem("up", "1", "green", index=1)
    ),
    lib.StatRangeMappings("good", 2, 5, "green", index=2),
]


def target(**said: Any) -> lib.Target:
    """A query."""
    return lib.Target(**{"expr": "rate(http_requests_total[5m])", "legendFormat": "{{handler}}", **said})


def panel(made: type, **said: Any) -> Any:
    """A panel of a class with what all of them share."""
    return made(
        **{
            "title": made.__name__,
            "dataSource": "${DS}",
            "targets": [target()],
            "gridPos": lib.GridPos(h=8, w=12, x=0, y=0),
            **said,
        }
    )


#: The classes that need nothing but the general clean-up, and those that need more: libraries.md 1.2.
PANELS: dict[str, Any] = {
    "TimeSeries": panel(
        lib.TimeSeries,
        unit=formatunits.SECONDS,
        thresholds=THRESHOLDS,
        thresholdsStyleMode="line",
        legendDisplayMode="hidden",
        stacking={"mode": "normal", "group": "A"},
        valueMin=0,
        overrides=[{"matcher": {"id": "byName", "options": "a"}, "properties": [{"id": "unit", "value": "s"}]}],
        extraJson={"fieldConfig": {"defaults": {"custom": {"stacking": {"group": "B"}}}}},
        repeat=lib.Repeat("h", "handler", 3),
    ),
    "TimeSeries, bare": panel(lib.TimeSeries),
    "TimeSeries, logarithmic": panel(lib.TimeSeries, scaleDistributionType="log", scaleDistributionLog=10),
    "Stat": panel(lib.Stat, thresholds=THRESHOLDS, mappings=MAPPINGS, format="percent", decimals=1),
    "Stat, bare": panel(lib.Stat),
    "Stat, old mappings": panel(
        lib.Stat,
        mappings=[
            lib.StatValueMapping("off", "0", id=1),
            lib.StatRangeMapping("some", "1", "5", id=2),
            lib.StatMapping("many", startValue="6", endValue="9"),
        ],
        noValue="nothing",
    ),
    "StateTimeline": panel(lib.StateTimeline, mappings=MAPPINGS, legendPlacement="top"),
    "Histogram": panel(lib.Histogram, bucketSize=5, combine=True),
    "BarChart": panel(lib.BarChart, stacking="normal"),
    "BarChart, fixed": panel(lib.BarChart, colorMode="fixed", fixedColor="red"),
    "PieChartv2": panel(lib.PieChartv2, legendValues=["value", "percent"], pieType="donut", legendDisplayMode="hidden"),
    "Logs": panel(lib.Logs, targets=[target(expr='{job="a"}')], showTime=True, dataSource="Loki"),
    "Text": panel(lib.Text, content="# Words", targets=[], dataSource=None),
    "Text, plain": panel(lib.Text, content="words", mode="text", targets=[]),
    "News": panel(lib.News, feedUrl="https://example.org/feed", targets=[], useProxy=True),
    "GaugePanel": panel(
        lib.GaugePanel,
        calc="max",
        label="Memory",
        limit=5,
        thresholdLabels=True,
        thresholdMarkers=False,
        valueMaps=[lib.ValueMap("none", "0")],
        rangeMaps=[lib.RangeMap(1, 5, "some")],
        dataLinks=[lib.DataLink("Docs", "https://example.org", isNewTab=True)],
    ),
    "GaugePanel, bare": panel(lib.GaugePanel),
    "BarGauge": panel(
        lib.BarGauge,
        calc="last",
        label="Bars",
        orientation="vertical",
        displayMode="gradient",
        allValues=True,
        limit=3,
        min=1,
        max=9,
        decimals=2,
        format="bytes",
        thresholdLabels=True,
        thresholdMarkers=False,
        rangeMaps=[lib.RangeMap(0, 5, "some")],
        valueMaps=[lib.ValueMap("none", "0")],
        dataLinks=[lib.DataLink("Docs", "https://example.org")],
    ),
    "BarGauge, bare": panel(lib.BarGauge),
    "Heatmap": panel(
        lib.Heatmap,
        dataFormat="tsbuckets",
        hideZeroBuckets=True,
        reverseYBuckets=True,
        yBucketBound="upper",
        legend={"show": True},
        cards={"cardPadding": 2, "cardRound": 3},
        color=lib.HeatmapColor(mode="opacity", colorScale="linear", cardColor="#ff0000", min=0, max=10),
        yAxis=lib.YAxis(format="s", decimals=1, min=0, max="5", label="Seconds", show=False),
        highlightCards=False,
    ),
    "Heatmap, bare": panel(lib.Heatmap),
    "Heatmap, calculated": panel(
        lib.Heatmap,
        xBucketNumber=10,
        yBucketSize=5,
        yAxis=lib.YAxis(logBase=10),
        color=lib.HeatmapColor(colorScheme="Reds"),
    ),
    "Table": panel(
        lib.Table,
        targets=[target(format="table", instant=True)],
        colorMode="thresholds",
        displayMode="color-background",
        filterable=True,
        mappings=MAPPINGS,
        sortBy=[lib.TableSortByField("Value", desc=True)],
        unit="s",
        fontSize="80%",
        thresholds=THRESHOLDS,
        overrides=[
            {
                "matcher": {"id": "byName", "options": "Value"},
                "properties": [{"id": "custom.displayMode", "value": "lcd-gauge"}],
            }
        ],
    ),
    "Table, bare": panel(lib.Table, columns=[lib.Column("Avg", "avg"), lib.Column("Max", "max")]),
    "DashboardList": panel(
        lib.DashboardList, showSearch=True, showRecent=True, searchTags=["a"], maxItems=5, targets=[]
    ),
    "AlertList": lib.AlertList(
        title="AlertList",
        gridPos=lib.GridPos(h=8, w=12, x=0, y=0),
        nameFilter="Slow",
        stateFilter=["alerting", "no_data", "paused"],
        limit=7,
        sortOrder=3,
        onlyAlertsOnDashboard=False,
        dashboardTags=["a"],
        show="changes",
        links=[lib.DataLink("Docs", "https://example.org")],
    ),
    "AlertList, bare": lib.AlertList(title="AlertList", gridPos=lib.GridPos(h=8, w=12, x=0, y=0)),
    "RowPanel": lib.RowPanel(title="RowPanel", gridPos=lib.GridPos(h=1, w=24, x=0, y=0)),
    "RowPanel, collapsed": lib.RowPanel(
        title="Down", collapsed=True, panels=[panel(lib.TimeSeries)], gridPos=lib.GridPos(h=1, w=24, x=0, y=0)
    ),
    "cloudwatch": panel(
        lib.TimeSeries, targets=[CloudwatchMetricsTarget(namespace="AWS/EC2", refId="A")], dataSource="Aws"
    ),
    "elasticsearch": panel(lib.TimeSeries, targets=[ElasticsearchTarget(query="a:b", refId="A")], dataSource="Logs"),
    "influxdb": panel(lib.TimeSeries, targets=[InfluxDBTarget(query="SELECT 1")], dataSource="Influx"),
    "sql": panel(lib.Table, targets=[lib.SqlTarget(rawSql="SELECT 1", refId="A")], dataSource="Db"),
    "graphite": panel(lib.TimeSeries, targets=[lib.Target(target="a.b.c", refId="A")], dataSource="Graphite"),
    # their successors
    "Graph": panel(
        lib.Graph,
        fill=3,
        stack=True,
        percentage=True,
        points=True,
        steppedLine=True,
        nullPointMode="null as zero",
        aliasColors={"a": "red"},
        legend=lib.Legend(
            avg=True, max=True, alignAsTable=True, rightSide=True, sideWidth=200, sort="avg", hideZero=True
        ),
        tooltip=lib.Tooltip(shared=True, sort=2),
        yAxes=lib.YAxes(
            lib.YAxis(format="s", label="Time", min=0, logBase=10), lib.YAxis(format="bytes", label="Size")
        ),
        seriesOverrides=[
            lib.SeriesOverride("/b.*/", yaxis=2, color="#ff0000", dashes=True, dashLength=5),
            lib.SeriesOverride("c", bars=True, lines=False, fill=4, zindex=3, fillBelowTo="a"),
            lib.SeriesOverride("d"),
        ],
        thresholds=[
            lib.GraphThreshold(value=90.0, colorMode="critical", fill=True),
            lib.GraphThreshold(value=10.0, colorMode="custom", op="lt", lineColor="blue", yaxis="right"),
        ],
        dataLinks=[lib.DataLink("Docs", "https://example.org")],
        xAxis=lib.XAxis(show=False),
    ),
    "Graph, bare": panel(lib.Graph),
    "Graph, bars": panel(lib.Graph, bars=True, lines=False, unit="reqps"),
    "PromGraph": prometheus.PromGraph("Prom", "PromGraph", [("a", "up"), ("b", "down")], gridPos=PLACE),
    "SingleStat": panel(
        lib.SingleStat,
        colorBackground=True,
        colors=["green", "orange", "red"],
        decimals=2,
        format="none",
        nullText="nothing",
        postfix="req",
        prefix="~",
        rangeMaps=[lib.RangeMap("0", "5", "few"), lib.RangeMap("null", "null", "none")],
        sparkline=lib.SparkLine(show=True),
        thresholds="70,90",
        valueFontSize="50%",
        valueMaps=[lib.ValueMap("off", "0")],
        valueName="current",
    ),
    "SingleStat, bare": panel(lib.SingleStat),
    "SingleStat, gauge": panel(
        lib.SingleStat, gauge=lib.Gauge(show=True, maxValue=5, thresholdLabels=True), format="s", prefix="x"
    ),
    "PieChart": panel(
        lib.PieChart,
        aliasColors={"a": "red"},
        format="bytes",
        legendType="Under graph",
        pieType="donut",
        showLegendPercentage=True,
        percentageDecimals=1,
    ),
    "PieChart, on graph": panel(lib.PieChart, legendType="On graph", showLegendValues=False),
}

TEMPLATES = [
    lib.Template("DS", "prometheus", type="datasource"),
    lib.Template("LOGS", "loki", type="datasource", default="Logs"),
    lib.Template("job", "label_values(up, job)", dataSource="${DS}", default="All", includeAll=True, multi=True),
    lib.Template("one", "label_values(up, instance)", dataSource="Prom", default="All", includeAll=True, allValue=".+"),
    lib.Template("chosen", "label_values(up, instance)", dataSource="Prom", default="a", multi=True, regex="/a.*/"),
    lib.Template("metrics", "metrics(.*)", dataSource={"type": "prometheus", "uid": "p"}, useTags=True),
    lib.Template("q", "0.5, 0.95,0.99", type="custom", default=" 0.95", label="Quantile"),
    lib.Template("many", "a,b", type="custom", multi=True, includeAll=True),
    lib.Template(
        "listed", "", type="custom", options=[{"selected": False, "text": "x", "value": "y"}], default="y", multi=True
    ),
    lib.Template("window", "1m, 5m", type="interval", default="5m", auto=True, autoCount=10),
    lib.Template("search", "", type="textbox", default="error"),
    lib.Template("cluster", "eu", type="constant"),
    lib.Template("filters", "", type="adhoc", dataSource="Prom"),
]

ANNOTATIONS: list[dict[str, Any]] = [
    {"name": "Deploys", "datasource": "-- Grafana --", "enable": True, "iconColor": "blue"},
    {"name": "Alerts", "datasource": "Prom", "expr": "ALERTS", "enable": True, "iconColor": "red"},
    {"name": "Default"},
]


def page(*panels: Any, **said: Any) -> lib.Dashboard:
    """A page of such panels."""
    return lib.Dashboard(**{"title": "Page", "uid": "page", "panels": list(panels), **said})


def whole_page() -> lib.Dashboard:
    """A page with everything around its panels."""
    return page(
        *(made for made in PANELS.values()),
        annotations=lib.Annotations(list=ANNOTATIONS),
        description="Words.",
        gnetId=1860,
        inputs=[
            lib.DataSourceInput("DS_IN", "In", "prometheus", "Prometheus"),
            lib.ConstantInput("PREFIX", "Prefix", "shop"),
            lib.DataSourceInput("DS", "Taken", "prometheus", "Prometheus"),
        ],
        links=[lib.DashboardLink(tags=["a"], title="Pages"), lib.ExternalLink("https://example.org", "Docs")],
        sharedCrosshair=True,
        tags=["a"],
        templating=lib.Templating(list=TEMPLATES),
        time=lib.Time("now-3h", "now"),
        timePicker=lib.TimePicker(refreshIntervals=["10s"], timeOptions=["5m"], nowDelay="1m", hidden=True),
        timezone="Europe/Berlin",
        refresh="1m",
    )
