"""Numbers side by side, as bars with their values: the busiest handlers, the queues."""

from typing import Literal, Unpack

from panels.asking import asked
from panels.colors import meanings
from panels.judge import ends, one_unit, shown_in, states, widest, zones
from panels.kinds.kind import BY_THRESHOLDS, HIDDEN, LAST, Kind, last_of
from panels.panel import Judged, Panel, Step
from queries import Query

KIND = Kind(
    plugin="bargauge",
    width=8,
    height=8,
    grafanalib="BarGauge",
    options={
        "displayMode": "gradient",
        "legend": HIDDEN,
        "maxVizHeight": 300,
        "minVizHeight": 16,
        "minVizWidth": 8,
        "namePlacement": "auto",
        "orientation": "auto",
        "reduceOptions": LAST,
        "showUnfilled": True,
        "sizing": "auto",
        "valueMode": "color",
    },
    color=BY_THRESHOLDS,
    # Grafana's own would paint what is above 80 red
    steps=(Step(None, "blue"),),
    says=Judged,
)


def bargauge(
    title: str,
    *queries: Query,
    bars: Literal["basic", "gradient", "lcd"] = "basic",
    orientation: Literal["horizontal", "vertical", "auto"] = "horizontal",
    calc: str = "lastNotNull",
    **said: Unpack[Judged],
) -> Panel:
    """The value of each series as a bar."""
    unit = one_unit(title, queries, said)
    shown = shown_in(queries, unit)
    low, high = ends(shown)
    known = {"min": low, "max": high}
    return KIND.panel(
        title,
        *asked(title, shown, instant=calc == "lastNotNull"),
        unit=unit.grafana,
        steps=zones(widest(shown), said),
        states=states(shown, said),
        defaults={name: end for name, end in known.items() if end is not None},
        options={"displayMode": bars, "orientation": orientation, "reduceOptions": last_of(calc)},
        overrides=meanings(shown, said),
        look=said,
    )
