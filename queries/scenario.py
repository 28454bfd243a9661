"""Series over time, and what the rules must make of them: the test of an alert."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

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
    """

    alert: str
    at: str
    state: State = "firing"
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    alerts: int | None = None


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
        object.__setattr__(self, "expected", tuple(self.expected))
        object.__setattr__(self, "interval", spelled(milliseconds(self.interval)))
        if not self.expected:
            raise Mistake(f"scenario {self.name!r} expects nothing", fix='Alarm("Name", "20m")', where=self.source)
