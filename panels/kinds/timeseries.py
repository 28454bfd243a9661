"""Numbers over time, as lines, areas or bars."""

from collections.abc import Sequence
from typing import Literal, Unpack

from panels.asking import asked, is_one_line, letters
from panels.colors import meanings
from panels.judge import ends, limit_lines, numbers_only, one_unit, shown_in, states, widest
from panels.kinds.kind import (
    HIDDEN,
    LINEAR,
    LIST,
    ONE_TOOLTIP,
    PALETTE,
    PALETTE_BY_NAME,
    SHOWN,
    SORTED_TOOLTIP,
    Json,
    Kind,
    fixed,
)
from panels.panel import Judged, Override, Panel
from queries import Mistake, Query, Unit

KIND = Kind(
    plugin="timeseries",
    width=8,
    height=8,
    grafanalib="TimeSeries",
    options={"legend": LIST, "tooltip": ONE_TOOLTIP},
    custom={
        "axisBorderShow": False,
        "axisCenteredZero": False,
        "axisColorMode": "text",
        "axisLabel": "",
        "axisPlacement": "auto",
        "barAlignment": 0,
        "barWidthFactor": 0.6,
        "drawStyle": "line",
        "fillOpacity": 0,
        "gradientMode": "none",
        "hideFrom": SHOWN,
        "insertNulls": False,
        "lineInterpolation": "linear",
        "lineWidth": 1,
        "pointSize": 5,
        "scaleDistribution": LINEAR,
        "showPoints": "auto",
        "spanNulls": False,
        "stacking": {"group": "A", "mode": "none"},
        "thresholdsStyle": {"mode": "off"},
    },
    color=PALETTE,
    marks=True,
    says=Judged,
)
TABLE = {"calcs": ["lastNotNull", "max"], "displayMode": "table", "placement": "right", "showLegend": True}
#: A lone line has no meaning but its own: green would say that somebody judged it.
LONE = fixed("blue")
_LINES = {"showPoints": "never", "fillOpacity": 8}
_STACKED = {"showPoints": "never", "fillOpacity": 30, "stacking": {"group": "A", "mode": "normal"}}
_SHARES = {"showPoints": "never", "fillOpacity": 30, "stacking": {"group": "A", "mode": "percent"}}
_BARS = {"drawStyle": "bars", "fillOpacity": 60}
_DASHED = {"thresholdsStyle": {"mode": "dashed"}}
#: Numbers whose distance from 0 is what one looks at.
_FROM_ZERO = frozenset({"rate", "increase", "ratio", "quantile"})


def timeseries(
    title: str,
    *queries: Query,
    right: Sequence[Query] = (),
    stack: bool | Literal["percent"] = False,
    bars: bool = False,
    legend: Literal["auto", "list", "table", "hidden"] = "auto",
    **said: Unpack[Judged],
) -> Panel:
    """Numbers over time; a limit is a dashed line.

    `right` puts numbers of another unit on a second axis; `stack` piles up what adds up, `stack="percent"` as shares.
    `legend` is a list below the graph, or nothing where there is but one line; "table" stands on the right.
    """
    numbers_only(title, right)
    unit = one_unit(title, queries, said)
    shown = shown_in(queries, unit)
    _stackable(title, shown, unit, stack=bool(stack))
    steps = limit_lines(widest(shown), said)
    custom = (_SHARES if stack == "percent" else _STACKED) if stack else _LINES
    lone = is_one_line([*shown, *right])
    return KIND.panel(
        title,
        *asked(title, [*shown, *right]),
        unit=unit.grafana,
        steps=steps,
        states=states(shown, said),
        defaults={"color": LONE if lone else PALETTE_BY_NAME, **_least(shown, stacked=bool(stack))},
        custom={**custom, **(_BARS if bars else {}), **(_DASHED if steps else {})},
        options={"legend": _legend(legend, lone=lone), "tooltip": SORTED_TOOLTIP},
        overrides=(*meanings([*shown, *right], said), *_second_axis(title, len(shown), right)),
        look=said,
    )


def _stackable(title: str, queries: Sequence[Query], unit: Unit, *, stack: bool) -> None:
    if stack and (not unit.adds_up or any(query.kind == "quantile" for query in queries)):
        what = "quantiles do" if unit.adds_up else f"{unit} does"
        raise Mistake(f"panel {title!r} stacks what does not add up: {what} not", fix="leave out stack")


def _least(queries: Sequence[Query], *, stacked: bool) -> Json:
    low, _ = ends(queries)
    from_zero = stacked or all(query.kind in _FROM_ZERO for query in queries)
    return {"min": 0} if low == 0 and from_zero else {}


def _legend(said: Literal["auto", "list", "table", "hidden"], *, lone: bool) -> Json:
    if said == "table":
        return TABLE
    return HIDDEN if said == "hidden" or (lone and said == "auto") else LIST


def _second_axis(title: str, first: int, queries: Sequence[Query]) -> tuple[Override, ...]:
    if not queries:
        return ()
    unit = one_unit(f"{title}, right axis", queries, {})
    properties = {"unit": unit.grafana, "custom.axisPlacement": "right"}
    return tuple(Override("byFrameRefID", letters(first + index), properties) for index in range(len(queries)))
