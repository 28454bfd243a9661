"""The workload with Grafana's Foundation SDK and its own encoder; needs the extra `bench`."""

from typing import Any

from grafana_foundation_sdk.builders import common as shared
from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.builders import gauge, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import common as kinds
from grafana_foundation_sdk.models import dashboard as model

from bench.workload import DATASOURCE, SECTIONS, STEPS, Spec, panels

SOURCE = model.DataSourceRef(type_val=DATASOURCE["type"], uid=DATASOURCE["uid"])


def page(number: int) -> Any:
    """Page `number` as the SDK's Dashboard."""
    made = (
        build.Dashboard(f"Service {number:03d} overview")
        .uid(f"svc-{number:03d}")
        .tags(["generated", "svc"])
        .readonly()
        .tooltip(model.DashboardCursorSync.CROSSHAIR)
        .timezone("browser")
        .refresh("30s")
        .time("now-6h", "now")
    )
    for section in range(SECTIONS):
        place = model.GridPos(h=1, w=24, x=0, y=section * 13)
        made = made.with_row(build.Row(f"Section {section}").grid_pos(place))
        for spec in panels(section):
            made = made.with_panel(_panel(spec))
    made = made.with_variable(build.DatasourceVariable("datasource").label("Data source").type("prometheus"))
    made = made.with_variable(build.QueryVariable("job").datasource(SOURCE).query("label_values(up, job)"))
    made = made.with_variable(build.QueryVariable("instance").datasource(SOURCE).query("label_values(up, instance)"))
    return made.with_variable(build.CustomVariable("window").values("5m,1h,6h")).build()


def text(page: Any) -> bytes:
    """As its documentation writes it."""
    return str(JSONEncoder(sort_keys=True, indent=2).encode(page)).encode()


def _panel(spec: Spec) -> Any:
    steps = [model.Threshold(value=value, color=color) for color, value in STEPS]
    made = (
        _kind(spec)
        .title(spec.title)
        .description(spec.description)
        .datasource(SOURCE)
        .unit(spec.unit)
        .min(0)
        .thresholds(build.ThresholdsConfig().mode(model.ThresholdsMode.ABSOLUTE).steps(steps))
        .grid_pos(model.GridPos(h=spec.box.h, w=spec.box.w, x=spec.box.x, y=spec.box.y))
    )
    for letter, expr, legend in spec.targets:
        query = prometheus.Dataquery().expr(expr).legend_format(legend).ref_id(letter).datasource(SOURCE)
        made = made.with_target(query)
    return made


def _kind(spec: Spec) -> Any:
    if spec.kind == "timeseries":
        return (
            timeseries.Panel()
            .line_width(2)
            .fill_opacity(10)
            .show_points(kinds.VisibilityMode.NEVER)
            .thresholds_style(shared.GraphThresholdsStyleConfig().mode(kinds.GraphThresholdsStyleMode.LINE))
            .color_scheme(build.FieldColor().mode(model.FieldColorModeId.PALETTE_CLASSIC))
            .tooltip(shared.VizTooltipOptions().mode(kinds.TooltipDisplayMode.MULTI))
        )
    reduce = shared.ReduceDataOptions().calcs(["lastNotNull"]).fields("").values(False)
    if spec.kind == "stat":
        return stat.Panel().reduce_options(reduce).color_mode(kinds.BigValueColorMode.VALUE)
    return gauge.Panel().reduce_options(reduce).show_threshold_markers(True).max(100)
