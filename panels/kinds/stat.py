"""One big number, with its course in the background."""

from typing import Literal, Unpack

from panels.asking import asked
from panels.colors import meanings
from panels.judge import one_unit, shown_in, states, zones
from panels.kinds.kind import BY_THRESHOLDS, LAST, Kind, fixed, last_of
from panels.panel import Judged, Panel, Step
from panels.theme import PLAIN
from queries import Query

KIND = Kind(
    plugin="stat",
    width=4,
    height=4,
    grafanalib="Stat",
    options={
        "colorMode": "value",
        "graphMode": "area",
        "justifyMode": "auto",
        "orientation": "auto",
        "percentChangeColorMode": "standard",
        "reduceOptions": LAST,
        "showPercentChange": False,
        "textMode": "auto",
        "wideLayout": True,
    },
    color=BY_THRESHOLDS,
    steps=(Step(None, PLAIN),),
    says=Judged,
)
_PLAIN = {"color": fixed(PLAIN)}


def stat(
    title: str,
    query: Query,
    *,
    course: bool = True,
    color: Literal["value", "background", "none"] = "value",
    calc: str = "lastNotNull",
    **said: Unpack[Judged],
) -> Panel:
    """One number; coloured only where a limit judges it.

    `course` draws its past below it; `calc` is Grafana's reducer of that past: "lastNotNull", "mean", "max".
    """
    unit = one_unit(title, [query], said)
    shown = shown_in([query], unit)
    steps = zones(shown[0], said)
    return KIND.panel(
        title,
        *asked(title, shown, instant=not course and calc == "lastNotNull"),
        unit=unit.grafana,
        steps=steps,
        states=states(shown, said),
        defaults=None if steps else _PLAIN,
        options={"graphMode": "area" if course else "none", "colorMode": color, "reduceOptions": last_of(calc)},
        overrides=meanings((), said),
        look=said,
    )
