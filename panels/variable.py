"""What a reader of a page can choose: the data source, a job, a model, a window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from queries import Metric, Mistake
from queries.duration import canonical
from queries.expr import Match
from queries.selector import Wanted, select
from queries.source import Source, here

Kind: TypeAlias = Literal["datasource", "query", "custom", "interval", "textbox", "constant"]
#: All of a label inside the service: whatever its value, but not series without the label.
ANYTHING = ".+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable of a page. The functions below make them.

    Attributes:
        name: as queries say it: `$name`; label: as people read it.
        metric: whose label values are offered; match: of which series of it.
        narrows: the label, which the page's queries are narrowed to.
        values: what is offered, of a custom or interval variable; else its one value.
        multi: several can be chosen, and All of them.
        all_value: what All means; empty: the list of what is offered.
        hidden: neither name nor value is shown.
    """

    kind: Kind
    name: str
    label: str = ""
    description: str = ""
    metric: Metric | None = None
    match: tuple[Match, ...] = ()
    narrows: str = ""
    values: tuple[str, ...] = ()
    multi: bool = False
    all_value: str = ""
    hidden: bool = False
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or self.name.startswith("__"):
            raise Mistake(f"a variable called {self.name!r}", fix="letters, digits and _", where=self.source)


#: Which Prometheus; `current` is the default one.
PROMETHEUS = Variable(kind="datasource", name="datasource", label="Data source", values=("prometheus",))
#: Which Loki, for pages with logs.
LOKI = Variable(kind="datasource", name="loki", label="Logs", values=("loki",))


def job_variable(metric: Metric, *, label: str = "Service") -> Variable:
    """The jobs of this service: those that export something that only this service has.

    All means these jobs and no others: a page never counts another service's series of the same name.
    """
    if metric.shared_with:
        raise Mistake(
            f"{metric.shared_with} exports {metric.name} too, so its jobs are not this service's",
            fix="a metric that only this service has",
        )
    return Variable(kind="query", name="job", label=label, metric=metric, narrows="job", multi=True)


def label_variable(
    metric: Metric, name: str, *, label: str = "", multi: bool = True, where: Mapping[str, Wanted] | None = None
) -> Variable:
    """The values of one of a metric's labels, within what the variables before it have chosen.

    `where` offers only those of some series, `where={"handler": other_than("/metrics")}`: those that the page's numbers
    are about.
    """
    metric.check_label(name)
    return Variable(
        kind="query",
        name=name,
        label=label or name.replace("_", " ").capitalize(),
        metric=metric,
        match=select(metric, where or {}).match,
        narrows=name,
        multi=multi,
        all_value=ANYTHING if multi else "",
    )


def custom_variable(name: str, values: Sequence[str], *, label: str = "", multi: bool = False) -> Variable:
    """One of a list."""
    if not values:
        raise Mistake(f"variable {name!r} offers nothing")
    return Variable(kind="custom", name=name, label=label, values=tuple(values), multi=multi)


def interval_variable(name: str, windows: Sequence[str], *, label: str = "") -> Variable:
    """One of a list of windows."""
    if not windows:
        raise Mistake(f"variable {name!r} offers nothing")
    return Variable(kind="interval", name=name, label=label, values=tuple(canonical(one) for one in windows))


def textbox_variable(name: str, value: str = "", *, label: str = "") -> Variable:
    """Whatever somebody types."""
    return Variable(kind="textbox", name=name, label=label, values=(value,))


def constant_variable(name: str, value: str) -> Variable:
    """A value that nobody chooses; importing a page asks for it."""
    return Variable(kind="constant", name=name, values=(value,), hidden=True)
