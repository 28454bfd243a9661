"""What all panels of a kind have in common: Grafana's plugin, its size, and every option at its default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from panels.alarms import check_judged
from panels.panel import Frame, Look, Override, Panel, State, Step, Target, well_said
from queries import Mistake
from queries.source import did_you_mean

Json = Mapping[str, Any]
#: Constants that many kinds share; nobody writes into them.
SHOWN: Json = {"legend": False, "tooltip": False, "viz": False}
LINEAR: Json = {"type": "linear"}
LAST: Json = {"calcs": ["lastNotNull"], "fields": "", "values": False}
LIST: Json = {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True}
HIDDEN: Json = {**LIST, "showLegend": False}
ONE_TOOLTIP: Json = {"hideZeros": False, "mode": "single", "sort": "none"}
SORTED_TOOLTIP: Json = {"hideZeros": False, "mode": "multi", "sort": "desc"}
BY_THRESHOLDS: Json = {"mode": "thresholds"}
PALETTE: Json = {"mode": "palette-classic"}
PALETTE_BY_NAME: Json = {"mode": "palette-classic-by-name"}


def fixed(color: str) -> Json:
    """One colour, whatever the value."""
    return {"fixedColor": color, "mode": "fixed"}


def last_of(calc: str) -> Json:
    """How a stat or gauge makes one value of a series: Grafana's reducer."""
    return LAST if calc == "lastNotNull" else {"calcs": [calc], "fields": "", "values": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of panel.

    Attributes:
        plugin: Grafana's id of it.
        width, height: the size on the grid where nothing is said.
        grafanalib: the class of grafanalib that makes it; empty where it has none.
        options, custom: what Grafana itself saves where a person says nothing.
        color: how series get their colours; empty where the kind has no such setting.
        steps: the thresholds where nobody judges: a kind whose own default would judge the values needs a base step.
            Empty where the kind has none.
        mappings: whether values can be called by words.
        marks: whether it draws annotations: over time, so that one sees since when an alert fires.
        says: what can be said of it by name: a TypedDict of `panels.panel`.
    """

    plugin: str
    width: int
    height: int
    grafanalib: str = ""
    options: Json = field(default_factory=dict)
    custom: Json = field(default_factory=dict)
    color: Json = field(default_factory=dict)
    steps: tuple[Step, ...] = (Step(None, "green"),)
    mappings: bool = True
    marks: bool = False
    says: type = Look

    @property
    def words(self) -> frozenset[str]:
        """The names of all that can be said of it."""
        found: frozenset[str] = self.says.__optional_keys__  # type: ignore[attr-defined]
        return found

    def panel(
        self,
        title: str,
        *targets: Target,
        look: Frame,
        unit: str = "",
        steps: tuple[Step, ...] = (),
        states: tuple[State, ...] = (),
        defaults: Json | None = None,
        custom: Json | None = None,
        options: Json | None = None,
        overrides: Sequence[Override] = (),
        transformations: Sequence[Json] = (),
    ) -> Panel:
        """A panel of this kind; Mistake for a name that it does not know."""
        known = self.words
        if not look.keys() <= known:
            unknown = min(look.keys() - known)
            fix = did_you_mean(unknown, known, of="there are")
            raise Mistake(f"panel {title!r}: a {self.plugin} has no {unknown!r}", fix=fix)
        well_said(f"panel {title!r}", look)
        check_judged(title, targets, look)
        return Panel(
            kind=self.plugin,
            title=title,
            targets=targets,
            unit=unit,
            steps=steps,
            states=states or tuple(cast("Look", look).get("states", ())),
            defaults=defaults or {},
            custom=custom or {},
            options=options or {},
            overrides=tuple(overrides),
            transformations=tuple(transformations),
            look=cast("Look", look),
        )
