"""Parts of a whole, now."""

from typing import Literal, Unpack

from panels.asking import asked, is_one_line
from panels.colors import meanings
from panels.judge import one_unit, shown_in
from panels.kinds.kind import LAST, ONE_TOOLTIP, PALETTE, PALETTE_BY_NAME, SHOWN, Kind, last_of
from panels.panel import Look, Panel
from queries import Mistake, Query

_LEGEND = {"displayMode": "list", "placement": "bottom", "showLegend": True, "values": []}
_TABLE = {"displayMode": "table", "placement": "right", "showLegend": True, "values": ["value", "percent"]}

KIND = Kind(
    plugin="piechart",
    width=8,
    height=8,
    grafanalib="PieChartv2",
    options={
        "displayLabels": [],
        "legend": _LEGEND,
        "pieType": "pie",
        "reduceOptions": LAST,
        "tooltip": ONE_TOOLTIP,
    },
    custom={"hideFrom": SHOWN},
    color=PALETTE,
    steps=(),
)


def piechart(
    title: str,
    *queries: Query,
    shape: Literal["pie", "donut"] = "donut",
    calc: str = "lastNotNull",
    **said: Unpack[Look],
) -> Panel:
    """The share of each series in all of them."""
    unit = one_unit(title, queries, said)
    if is_one_line(queries):
        raise Mistake(f"pie chart {title!r} has but one slice", fix='keep a label: rate(METRIC, "model")')
    if not unit.adds_up:
        raise Mistake(f"pie chart {title!r}: {unit} does not add up to a whole", fix="bargauge(...)")
    shown = shown_in(queries, unit)
    return KIND.panel(
        title,
        *asked(title, shown, instant=calc == "lastNotNull"),
        unit=unit.grafana,
        defaults={"color": PALETTE_BY_NAME},
        options={"legend": _TABLE, "pieType": shape, "reduceOptions": last_of(calc)},
        overrides=meanings(shown, said),
        look=said,
    )
