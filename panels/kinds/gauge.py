"""A number between two ends, as the needle of an instrument."""

from typing import Unpack

from panels.asking import asked
from panels.colors import meanings
from panels.judge import ends, one_unit, shown_in, states, zones
from panels.kinds.kind import BY_THRESHOLDS, LAST, Kind, last_of
from panels.panel import Judged, Panel, Step
from queries import Mistake, Query

KIND = Kind(
    plugin="gauge",
    width=4,
    height=4,
    grafanalib="GaugePanel",
    options={
        "minVizHeight": 75,
        "minVizWidth": 75,
        "orientation": "auto",
        "reduceOptions": LAST,
        "showThresholdLabels": False,
        "showThresholdMarkers": True,
        "sizing": "auto",
    },
    color=BY_THRESHOLDS,
    # Grafana's own would paint the upper fifth red
    steps=(Step(None, "blue"),),
    says=Judged,
)


def gauge(
    title: str, query: Query, *, labels: bool = False, calc: str = "lastNotNull", **said: Unpack[Judged]
) -> Panel:
    """A number of which both ends are known: a score, a share. Its history belongs beside it.

    `labels` writes the limits at the rim.
    """
    unit = one_unit(title, [query], said)
    shown = shown_in([query], unit)
    low, high = ends(shown)
    low, high = said.get("minimum", low), said.get("maximum", high)
    if low is None or high is None:
        raise Mistake(f"gauge {title!r} has no ends: nobody knows when it is full", fix="minimum=..., maximum=...")
    return KIND.panel(
        title,
        *asked(title, shown, instant=calc == "lastNotNull"),
        unit=unit.grafana,
        steps=zones(shown[0], said),
        states=states(shown, said),
        defaults={"min": low, "max": high},
        options={"showThresholdLabels": labels, "reduceOptions": last_of(calc)},
        overrides=meanings((), said),
        look=said,
    )
