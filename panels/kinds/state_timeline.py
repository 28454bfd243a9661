"""When was it in which state: one bar a series, coloured by what the value means."""

from typing import Unpack

from panels.asking import asked
from panels.colors import meanings
from panels.judge import one_unit, shown_in, states, widest, zones
from panels.kinds.kind import BY_THRESHOLDS, HIDDEN, LIST, ONE_TOOLTIP, SHOWN, Kind
from panels.panel import Judged, Panel, Step
from queries import Mistake, Query

KIND = Kind(
    plugin="state-timeline",
    width=24,
    height=6,
    grafanalib="StateTimeline",
    options={
        "alignValue": "left",
        "legend": LIST,
        "mergeValues": True,
        "perPage": 20,
        "rowHeight": 0.9,
        "showValue": "auto",
        "tooltip": ONE_TOOLTIP,
    },
    custom={
        "axisPlacement": "auto",
        "fillOpacity": 70,
        "hideFrom": SHOWN,
        "insertNulls": False,
        "lineWidth": 0,
        "spanNulls": False,
    },
    color=BY_THRESHOLDS,
    # without a base step Grafana puts its own, and every state reads "< 80"
    steps=(Step(None, "text"),),
    marks=True,
    says=Judged,
)


def state_timeline(title: str, *queries: Query, merge: bool = True, **said: Unpack[Judged]) -> Panel:
    """The states of each series over time. `merge` joins equal states that follow each other."""
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
        # words stand in the bars already
        options={"mergeValues": merge, "legend": HIDDEN if words else LIST},
        overrides=meanings((), said),
        look=said,
    )
