"""What is looked at: pages with their panels, variables and targets; groups with their alerts and recordings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from cli.lint.spot import Document, Path, Spot

#: Who evaluates an expression: Grafana for a panel or a variable, Prometheus for an alert or a recording.
Reader: TypeAlias = Literal["panel", "variable", "alert", "recording"]
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Target(NamedTuple):
    """One query of a panel.

    Attributes:
        spot: of the target; its expression is at `spot.below("expr")`.
        ref: "A".
        expr: the text, with Grafana's variables.
        language: "promql", "logql" or "" where the data source is another or nobody knows.
        legend: the legend's format, "" or "__auto" where Grafana chooses.
        format: "time_series", "table" or "heatmap".
        instant: whether only the last value is asked for.
        interval: the target's own min step ("30s"); empty where it has none.
        hidden: whether the panel does not show it.
    """

    spot: Spot
    ref: str
    expr: str
    language: str = "promql"
    legend: str = ""
    format: str = "time_series"
    instant: bool = False
    interval: str = ""
    hidden: bool = False


class Panel(NamedTuple):
    """A panel; rows are none, the panels of a collapsed row are its page's.

    Attributes:
        spot: of the panel.
        id: None where it has none.
        kind: Grafana's type: "timeseries".
        unit: Grafana's id of the default unit; "" for none.
        steps: the default thresholds as (value, colour); None for the first value.
        absolute: whether the thresholds are values and not percentages of the axis.
        low: the axis' least value as said; `high` the greatest.
        overridden: whether field overrides say a unit besides.
        transformed: whether transformations change what the queries answer.
        mapped: whether values are mapped to texts.
        interval: the panel's min step; empty where it has none.
        grid: (x, y, w, h); None where it has none.
        library: whether it is a library panel that is kept elsewhere.
        folded: whether it stands in a collapsed row: then its grid is not where it is seen.
        json: all of it, as a classic panel.
    """

    spot: Spot
    id: int | None
    title: str
    description: str
    kind: str
    unit: str = ""
    steps: tuple[tuple[float | None, str], ...] = ()
    absolute: bool = True
    low: float | None = None
    high: float | None = None
    overridden: bool = False
    transformed: bool = False
    mapped: bool = False
    interval: str = ""
    grid: tuple[int, int, int, int] | None = None
    library: bool = False
    folded: bool = False
    targets: tuple[Target, ...] = ()
    json: Mapping[str, Any] = NOTHING


class PageVariable(NamedTuple):
    """A variable of a page.

    Attributes:
        spot: of the variable.
        name: without `$`.
        kind: "query", "custom", "datasource", "interval", "textbox", "constant", "adhoc", "groupby", "switch".
        multi: whether several values can be chosen; `all` whether all of them can.
        all_value: what All stands for; "" where Grafana lists the values.
        query: what a query variable asks: `label_values(up, job)`; a custom variable's list.
        query_path: where it stands: at `spot.below(*query_path)`.
        language: as a target's.
        refresh: 0 never, 1 on load, 2 when the time range changes.
        json: all of it.
    """

    spot: Spot
    name: str
    kind: str
    multi: bool = False
    all: bool = False
    all_value: str = ""
    query: str = ""
    language: str = "promql"
    refresh: int = 0
    query_path: Path = ("query",)
    json: Mapping[str, Any] = NOTHING


@dataclass(frozen=True)
class Page:
    """A dashboard, or a library panel on its own (then `whole` is false, and what a page must have is not asked).

    Attributes:
        spot: of the dashboard's object.
        wrapped: whether it stands in `{"dashboard": ...}`, as the API takes it and a file may not.
        whole: whether it is a page and not a piece of one.
        panels_in: makes them of the JSON; a process that judges other pages does not ask.
        written: the line of Python that it was written in; empty for a file of somebody's.
        annotations: the queries that mark moments on every panel.
        json: all of it, as a classic dashboard.
    """

    spot: Spot
    uid: str
    title: str
    variables: tuple[PageVariable, ...] = ()
    panels_in: Callable[[], Iterable[Panel]] = tuple
    wrapped: bool = False
    whole: bool = True
    written: str = ""
    annotations: tuple[Target, ...] = ()
    json: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """Its panels."""
        return tuple(self.panels_in())

    @cached_property
    def known_variables(self) -> frozenset[str]:
        """The names that `$name` may say: those of its variables and of what an import asks for."""
        asked_for = self.json.get("__inputs")
        inputs = asked_for if isinstance(asked_for, list) else ()
        return frozenset(
            (*(one.name for one in self.variables), *(str(one.get("name")) for one in inputs if isinstance(one, dict)))
        )

    @cached_property
    def multiple_variables(self) -> frozenset[str]:
        """Those of its variables that can stand for several values."""
        return frozenset(one.name for one in self.variables if one.multi or (one.all and one.kind == "query"))


class Alert(NamedTuple):
    """An alerting rule of Prometheus or of Grafana.

    Attributes:
        spot: of the rule; its expression is at `spot.below(*expr_path)`.
        for_: how long it must hold: "5m"; "" where nothing is said.
        managed: whether Grafana evaluates it: then the condition may stand in another query.
        others: the queries of a managed alert besides the one that its condition looks at first.
    """

    spot: Spot
    name: str
    expr: str
    for_: str = ""
    keep_firing_for: str = ""
    labels: Mapping[str, str] = NOTHING
    annotations: Mapping[str, str] = NOTHING
    managed: bool = False
    expr_path: Path = ("expr",)
    language: str = "promql"
    others: tuple[Target, ...] = ()
    json: Mapping[str, Any] = NOTHING


class Recording(NamedTuple):
    """A recording rule; its expression is at `spot.below(*expr_path)`."""

    spot: Spot
    name: str
    expr: str
    labels: Mapping[str, str] = NOTHING
    expr_path: Path = ("expr",)
    language: str = "promql"
    json: Mapping[str, Any] = NOTHING


class Group(NamedTuple):
    """Rules that are evaluated together.

    Attributes:
        interval: "30s"; empty for the server's own.
        rules: in the order in which they are evaluated.
        managed: whether Grafana evaluates them.
        written: the lines of Python that the file was written in; empty for a file of somebody's.
        json: all of it; empty where a list of rules says only what it is called.
    """

    spot: Spot
    name: str
    interval: str = ""
    rules: tuple[Alert | Recording, ...] = ()
    managed: bool = False
    written: str = ""
    json: Mapping[str, Any] = NOTHING

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Its alerts."""
        return tuple(one for one in self.rules if isinstance(one, Alert))

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """Its recording rules."""
        return tuple(one for one in self.rules if isinstance(one, Recording))


class Configuration(NamedTuple):
    """A Prometheus server's: intervals ("15s", or empty), each job with its own, and the rule files that it names."""

    spot: Spot
    scrape_interval: str = ""
    evaluation_interval: str = ""
    jobs: tuple[tuple[str, str], ...] = ()
    rule_files: tuple[tuple[Path, str], ...] = ()


class Unreadable(NamedTuple):
    """An input that nobody can judge: why, where it stops, and what to type next."""

    file: str
    why: str
    line: int = 0
    column: int = 0
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.why}" if self.line else f"{self.file}: {self.why}"


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that was read, and what could not be.

    Attributes:
        documents: one for each file that something was read from.
    """

    pages: tuple[Page, ...] = ()
    groups: tuple[Group, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    documents: tuple[Document, ...] = ()
    configurations: tuple[Configuration, ...] = ()

    def __add__(self, other: Inputs) -> Inputs:
        return Inputs(
            self.pages + other.pages,
            self.groups + other.groups,
            self.unreadable + other.unreadable,
            self.documents + other.documents,
            self.configurations + other.configurations,
        )
