"""Series over time, and what the rules must make of them: the test of an alert."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from queries.duration import milliseconds, spelled
from queries.source import Mistake, Source, here

State: TypeAlias = Literal["firing", "pending", "silent"]


@dataclass(frozen=True, slots=True)
class Alarm:
    """What an alert must be doing at a time.

    Attributes:
        alert: its name.
        at: how long after the first sample: "20m".
        state: silent is neither pending nor firing; pending is not firing yet.
        labels: what at least one of its alerts in that state bears, among others.
        annotations: texts of that alert, as a person reads them.
        alerts: how many there are in that state; None for any number.
        computed: whether it was worked out from the alert's own expression. Where Prometheus works out something else
            the scenario is wrong, and says nothing of a rule.
    """

    alert: str
    at: str
    state: State = "firing"
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    alerts: int | None = None
    computed: bool = False

    def __post_init__(self) -> None:
        _text("alert", self.alert, "name", '"HighErrorRate"')
        _text("at", self.at, "time", '"20m"')
        if self.state not in get_args(State):
            raise Mistake(f"no alert is {self.state!r}", fix=f"one of {', '.join(get_args(State))}")
        _texts("labels", self.labels)
        _texts("annotations", self.annotations)
        if self.alerts is not None and (type(self.alerts) is not int or self.alerts < 1):
            raise Mistake(f"alerts is {self.alerts!r} and not how many there are", fix="1 or more")
        if self.alerts is not None and self.state == "silent":
            raise Mistake(f"a silent alert is none, and alerts says {self.alerts}", fix="leave it out")


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression must be at a time: within `close` (a share) of `value`, or nothing where that is None.

    `premise`: the scenario takes it for granted. Where it is not so the scenario is wrong, and says nothing of a rule.
    """

    expr: str
    at: str
    value: float | None
    close: float = 1e-6
    premise: bool = False

    def __post_init__(self) -> None:
        _text("expr", self.expr, "expression", '"sum(up)"')
        _text("at", self.at, "time", '"20m"')
        if self.value is not None and type(self.value) not in (int, float):
            raise Mistake(f"value is {self.value!r} and no number", fix="0.05, or None for nothing")
        if type(self.close) not in (int, float) or not 0 <= self.close <= 1:
            raise Mistake(f"close is {self.close!r} and no share", fix="0.05 for five in a hundred")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One situation.

    Attributes:
        name: what is the case, in a few words; unique for its alert.
        series: each series' samples in promtool's notation: {'up{job="a"}': "1x20 stale"}.
        expected: what must come of them.
        interval: how far apart the samples are, and how often the rules are evaluated.
    """

    name: str
    series: Mapping[str, str]
    expected: Sequence[Alarm | Value]
    interval: str = "1m"
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        _text("name", self.name, "name", '"half of the requests fail"')
        _texts("series", self.series)
        if isinstance(self.expected, str | Mapping) or not isinstance(self.expected, Iterable):
            raise Mistake(f"expected is {_kind(self.expected)} and no list", fix=f"[{EXAMPLE}]")
        object.__setattr__(self, "expected", tuple(self.expected))
        for one in self.expected:
            if not isinstance(one, Alarm | Value):
                raise Mistake(f"{one!r:.60} is nothing that is expected", fix=EXAMPLE)
        object.__setattr__(self, "interval", spelled(milliseconds(self.interval)))
        if not self.expected:
            raise Mistake(f"scenario {self.name!r} expects nothing", fix=EXAMPLE, where=self.source)


EXAMPLE = 'Alarm("Name", "20m")'


def _text(name: str, value: Any, what: str, fix: str) -> None:
    if not isinstance(value, str) or not value:
        raise Mistake(f"{name} is {value!r:.60} and no {what}", fix=fix)


def _texts(name: str, value: Any) -> None:
    if not isinstance(value, Mapping):
        raise Mistake(f"{name} is {_kind(value)} and no mapping", fix="{name: text}")
    for key, one in value.items():
        if not isinstance(key, str) or not isinstance(one, str):
            wrong, whose = (one, f"{name}: {key!r}") if isinstance(key, str) else (key, f"{name}: a name")
            raise Mistake(f"{whose} is {wrong!r:.60} and no text", fix=f'"{wrong!s:.60}"')


def _kind(value: Any) -> str:
    name = type(value).__name__
    return f"an {name}" if name[0] in "aeiouAEIOU" else f"a {name}"
