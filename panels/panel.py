"""One panel of a page, as a frozen value: what it asks, how it judges the answer, where it differs from its kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypedDict, cast

from queries import AlertRule, GivenAlert, Mistake, Quantity, Query, Unit
from queries.source import Source, here

Json: TypeAlias = Mapping[str, Any]
Format: TypeAlias = Literal["time_series", "table", "heatmap"]


@dataclass(frozen=True, slots=True)
class Step:
    """From this value on the panel has this colour; the first step has no value."""

    value: float | None
    color: str


@dataclass(frozen=True, slots=True)
class State:
    """What a value is called, and its colour: 0 is "down" and red.

    Attributes:
        value: the value, or where a span of them begins; None is no value at all.
        up_to: where the span ends; None for the one value.
    """

    value: float | str | None
    text: str
    color: str = ""
    up_to: float | None = None


@dataclass(frozen=True, slots=True)
class DataLink:
    """Where a click on a value leads; `${__field.labels.job}` and page variables may stand in the URL."""

    title: str
    url: str
    new_tab: bool = False


def to_page(uid: str, title: str, *, keep: Sequence[str] = (), **from_labels: str) -> DataLink:
    """A link to another page that keeps the time and the variables in `keep`.

    `from_labels` fills that page's variables from labels of what was clicked: `to_page("ai-api", "API", job="job")`.
    """
    kept = [f"${{{name}:queryparam}}" for name in keep]
    filled = [f"var-{name}=${{__data.fields.{label}}}" for name, label in sorted(from_labels.items())]
    return DataLink(title, "&".join([f"/d/{uid}?${{__url_time_range}}", *kept, *filled]))


@dataclass(frozen=True, slots=True)
class Override:
    """Field properties for some series only.

    Attributes:
        matcher: Grafana's way to pick them: "byName", "byRegexp", "byFrameRefID", "byType".
        of: what it picks by: a name, a list of names.
        properties: Grafana's property ids and values: {"unit": "s", "custom.axisPlacement": "right"}.
        json: how Grafana writes it; made once, since many panels share an override.
    """

    matcher: str
    of: Any
    properties: Json
    json: Json = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        properties = [{"id": name, "value": value} for name, value in sorted(self.properties.items())]
        made = {"matcher": {"id": self.matcher, "options": self.of}, "properties": properties}
        object.__setattr__(self, "json", made)


@dataclass(frozen=True, slots=True)
class Target:
    """One query of a panel.

    Attributes:
        query: a number of the catalog; or `text`, a query in the language of another data source.
        legend: what a series is called; the number's own legend where nothing is said.
        instant: only the latest value is asked for.
    """

    query: Query | None
    legend: str = ""
    format: Format = "time_series"
    instant: bool = False
    exemplar: bool = False
    text: str = ""
    datasource: str = "prometheus"


class Frame(TypedDict, total=False):
    """What can be said of a panel of any kind, by name.

    Attributes:
        key: tells two panels of one title apart; the panel's id is made from it.
        description: what it means, what is normal, what to do when it is red.
        width: columns of 24; the row's free space where nothing is said. height: in grid rows.
        repeat: the variable that the panel is repeated for; per_row: how many stand side by side.
        transparent: no background.
        extra: keys of Grafana's panel JSON that nothing here names, merged last.
    """

    key: str
    description: str
    width: int
    height: int
    repeat: str
    repeat_direction: Literal["h", "v"]
    per_row: int
    transparent: bool
    extra: Json


class Asking(Frame, total=False):
    """What can be said of a panel that asks a data source.

    Attributes:
        interval: the least step of the queries. time_from, time_shift: another range than the page's.
        transformations: Grafana's, in order; they come after the panel's own.
    """

    interval: str
    time_from: str
    time_shift: str
    transformations: Sequence[Json]


class Look(Asking, total=False):
    """What can be said of a panel that shows numbers.

    Attributes:
        unit: another unit of the same dimension than the number's own.
        decimals: digits after the point. minimum, maximum: the axis' or gauge's ends.
        no_value: what stands there when there is no data.
        states: what values are called. links: where a click on a value leads.
        overrides: properties of some series only. colors: a series' colour by its name, or by a word of it.
    """

    unit: Unit
    decimals: int
    minimum: float
    maximum: float
    no_value: str
    states: Sequence[State]
    links: Sequence[DataLink]
    overrides: Sequence[Override]
    colors: Mapping[str, str]


_WHOLE = ("width", "height", "per_row", "decimals")
_LISTS = {"states": State, "links": DataLink, "overrides": Override}


def well_said(what: str, said: Mapping[str, Any]) -> None:
    """Mistake for a word of a wrong type, for whoever does not run a type checker."""
    for name, value in said.items():
        if name in _WHOLE and not isinstance(value, int):
            raise Mistake(f"{what}: {name}={value!r} is no whole number")
        of = _LISTS.get(name)
        if of and not (isinstance(value, Sequence) and all(isinstance(one, of) for one in value)):
            raise Mistake(f"{what}: {name}={value!r} is no list", fix=f"{name}=[{of.__name__}(...)]")


class Limits(TypedDict, total=False):
    """Where a number stops being fine: a quantity of its dimension, or a number in its own unit."""

    yellow_above: Quantity | float
    red_above: Quantity | float
    yellow_below: Quantity | float
    red_below: Quantity | float


class Judged(Look, Limits, total=False):
    """What can be said of a panel that judges its number.

    Attributes:
        alerts: those that judge it too. Their limits are drawn without being said again, and they link here.
    """

    alerts: Sequence[AlertRule | GivenAlert]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One panel. `panels.kinds` makes them; their functions say what is required.

    Attributes:
        kind: Grafana's plugin id: "timeseries".
        title: what people call it.
        targets: its queries, A first.
        unit: Grafana's unit id; empty where the values have none (a text, a list).
        steps: its thresholds. states: what its values are called.
        defaults: of `fieldConfig.defaults`, what differs from the kind's.
        custom: of `fieldConfig.defaults.custom`, likewise. options: of `options`, likewise.
        look: all that was said by name, whatever the kind takes of it.
        lists_alerts: it lists the alerts that the panels of its page show; the page fills them in.
        source: the line of whoever wrote it.
    """

    kind: str
    title: str
    targets: tuple[Target, ...] = ()
    unit: str = ""
    steps: tuple[Step, ...] = ()
    states: tuple[State, ...] = ()
    defaults: Json = field(default_factory=dict)
    custom: Json = field(default_factory=dict)
    options: Json = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    transformations: tuple[Json, ...] = ()
    look: Look = field(default_factory=Look)
    lists_alerts: bool = False
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Mistake(f"a {self.kind} panel without a title", fix="what people call it", where=self.source)

    @property
    def key(self) -> str:
        """What the panel's id is made from."""
        return self.look.get("key") or self.title

    @property
    def alerts(self) -> tuple[AlertRule | GivenAlert, ...]:
        """The alerts that judge what it shows."""
        return tuple(cast("Judged", self.look).get("alerts", ()))

    @property
    def description(self) -> str:
        """What it means, and what to do when it is red."""
        return self.look.get("description", "")
