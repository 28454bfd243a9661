"""How was it at each point in time: one square each, for states that change often."""

from typing import Unpack

from panels.asking import asked
from panels.colors import meanings
from panels.judge import one_unit, shown_in, states, widest, zones
from panels.kinds.kind import BY_THRESHOLDS, HIDDEN, LIST, ONE_TOOLTIP, SHOWN, Kind
from panels.panel import Judged, Panel, Step
from queries import Mistake, Query

KIND = Kind(
    plugin="status-history",
    width=24,
    height=6,
    # grafanalib has no class for it
    options={
        "colWidth": 0.9,
        "legend": LIST,
        "perPage": 20,
        "rowHeight": 0.9,
        "showValue": "auto",
        "tooltip": ONE_TOOLTIP,
    },
    custom={"axisPlacement": "auto", "fillOpacity": 70, "hideFrom": SHOWN, "lineWidth": 1},
    color=BY_THRESHOLDS,
    # without a base step Grafana puts its own, which judges the values
    steps=(Step(None, "text"),),
    marks=True,
    says=Judged,
)


def status_history(title: str, *queries: Query, **said: Unpack[Judged]) -> Panel:
    """The state of each series at each point in time. Say `interval="5m"` where the squares would be too many."""
    unit = one_unit(title, queries, said)
    shown = shown_in(queries, unit)
    words, steps = states(shown, said), zones(widest(shown), said)
    if not words and not steps:
        fix = "states=[State(...)], or a limit: red_above=..."
        raise Mistake(f"panel {title!r} shows states, and nobody says which there are", fix=fix)
    return KIND.panel(
        title,
        *asked(title, shown),
        unit=unit.grafana,
        steps=steps,
        states=words,
        options={"legend": HIDDEN if words else LIST},
        overrides=meanings((), said),
        look=said,
    )
