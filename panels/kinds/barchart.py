"""Numbers by the values of one label, as bars: requests by task type."""

from collections.abc import Mapping
from typing import Any, Literal, Unpack

from panels.columns import Column, columns, merged, targets
from panels.judge import limit_lines, one_unit, shown_in, widest
from panels.kinds.kind import HIDDEN, LINEAR, LIST, ONE_TOOLTIP, PALETTE, PALETTE_BY_NAME, SHOWN, Kind
from panels.panel import Judged, Override, Panel
from queries import Mistake, Query

KIND = Kind(
    plugin="barchart",
    width=8,
    height=8,
    grafanalib="BarChart",
    options={
        "barRadius": 0,
        "barWidth": 0.97,
        "fullHighlight": False,
        "groupWidth": 0.7,
        "legend": LIST,
        "orientation": "auto",
        "showValue": "auto",
        "stacking": "none",
        "tooltip": ONE_TOOLTIP,
        "xTickLabelRotation": 0,
        "xTickLabelSpacing": 0,
    },
    custom={
        "axisBorderShow": False,
        "axisCenteredZero": False,
        "axisColorMode": "text",
        "axisLabel": "",
        "axisPlacement": "auto",
        "fillOpacity": 80,
        "gradientMode": "none",
        "hideFrom": SHOWN,
        "lineWidth": 1,
        "scaleDistribution": LINEAR,
        "thresholdsStyle": {"mode": "off"},
    },
    color=PALETTE,
    says=Judged,
)


def barchart(
    title: str,
    *numbers: Query,
    orientation: Literal["auto", "horizontal", "vertical"] = "horizontal",
    stack: bool | Literal["percent"] = False,
    **said: Unpack[Judged],
) -> Panel:
    """The latest values, a group of bars for each value of the one label that all numbers keep."""
    unit = one_unit(title, numbers, said)
    if stack and not unit.adds_up:
        raise Mistake(f"panel {title!r} stacks what does not add up: {unit} does not", fix="leave out stack")
    if len(numbers[0].labels) != 1:
        kept = ", ".join(numbers[0].labels) or "none"
        raise Mistake(f"bar chart {title!r} needs one label for its groups, not {kept}", fix="bargauge(...)")
    shown = shown_in(numbers, unit)
    found = columns(title, shown)
    label = shown[0].labels[0]
    steps = limit_lines(widest(shown), said)
    options: dict[str, Any] = {
        "legend": LIST if len(found) > 1 else HIDDEN,
        "orientation": orientation,
        "stacking": "percent" if stack == "percent" else "normal" if stack else "none",
        "xField": label.replace("_", " ").capitalize(),
    }
    return KIND.panel(
        title,
        *targets(found),
        unit=unit.grafana,
        steps=steps,
        defaults={"color": PALETTE_BY_NAME, **({"min": 0} if widest(shown).low == 0 else {})},
        custom={"thresholdsStyle": {"mode": "dashed"}} if steps else None,
        options=options,
        overrides=_colors(found, said.get("colors", {})),
        transformations=merged(found, {}, ()),
        look=said,
    )


def _colors(found: tuple[Column, ...], said: Mapping[str, str]) -> list[Override]:
    """Colours by the columns' names: a label's values are groups here, and groups have no colour of their own."""
    unknown = sorted(said.keys() - {one.title for one in found})
    if unknown:
        raise Mistake(f"no column is called {unknown[0]!r}", fix=", ".join(one.title for one in found))
    return [Override("byName", name, {"color": {"fixedColor": color, "mode": "fixed"}}) for name, color in said.items()]
