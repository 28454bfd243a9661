"""Where the observations of a histogram lie over time: the whole of latency, not only its p95."""

from collections.abc import Sequence
from typing import Literal, Unpack

from panels.asking import asked
from panels.judge import numbers_only
from panels.kinds.kind import LINEAR, SHOWN, Kind
from panels.panel import Asking, DataLink, Panel
from queries import Mistake, Query, Unit

#: One hue from pale to strong: a rainbow paints rare values loudest.
Scheme = Literal["Blues", "Oranges", "Greens", "Purples", "Greys", "Reds"]


class Linked(Asking, total=False):
    """What can be said of a heatmap by name."""

    links: Sequence[DataLink]


_COLOR = {
    "exponent": 0.5,
    "fill": "dark-orange",
    "mode": "scheme",
    "reverse": False,
    "scale": "exponential",
    "scheme": "Oranges",
    "steps": 64,
}
_AXIS = {"axisPlacement": "left", "reverse": False}

KIND = Kind(
    plugin="heatmap",
    width=24,
    height=8,
    grafanalib="Heatmap",
    options={
        "calculate": False,
        "calculation": {},
        "cellGap": 1,
        "cellValues": {},
        "color": _COLOR,
        "exemplars": {"color": "rgba(255,0,255,0.7)"},
        "filterValues": {"le": 1e-09},
        "legend": {"show": True},
        "rowsFrame": {"layout": "auto"},
        "selectionMode": "x",
        "showValue": "never",
        "tooltip": {"mode": "single", "showColorScale": False, "yHistogram": False},
        "yAxis": _AXIS,
    },
    custom={"hideFrom": SHOWN, "scaleDistribution": LINEAR},
    # colours, thresholds and mappings of values mean nothing to it: Grafana drops them
    steps=(),
    mappings=False,
    marks=True,
    says=Linked,
)


def heatmap(
    title: str,
    query: Query,
    *,
    scheme: Scheme = "Blues",
    unit: Unit | None = None,
    decimals: int | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    **said: Unpack[Linked],
) -> Panel:
    """The buckets of a histogram over time: `heatmap("Latency", buckets(LATENCY))`. It takes the page's whole width."""
    numbers_only(title, [query])
    if query.kind != "buckets":
        raise Mistake(f"heatmap {title!r} asks for values, not for buckets", fix="buckets(HISTOGRAM)")
    # the axis shows the bounds themselves: they are as the histogram counts them, whatever unit is said
    if unit is not None and unit != query.unit:
        raise Mistake(f"heatmap {title!r}: its buckets are in {query.unit}, not in {unit}", fix="leave out unit")
    said_of_axis = {"decimals": decimals, "min": minimum, "max": maximum}
    axis = {**_AXIS, "unit": query.unit.grafana, **{k: v for k, v in said_of_axis.items() if v is not None}}
    return KIND.panel(
        title,
        *asked(title, [query], output="heatmap"),
        options={"color": {**_COLOR, "scheme": scheme}, "yAxis": axis},
        look=said,
    )
