"""A service level objective: how much of what is asked must go well, and what is left of its error budget."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from queries import slo_rules
from queries.burn import Burn, burn_rate
from queries.duration import milliseconds, spelled
from queries.events import events
from queries.expr import Binary, Call, Number
from queries.query import Query
from queries.rule import AlertRule, RuleGroup
from queries.source import Mistake, Source, here
from queries.unit import RATIO, Quantity

NAME = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*")
LEAST, MOST = 0.5, 0.99999
#: Shorter, and the alert over three days sees half of it; longer, and hardly a Prometheus keeps the samples.
SHORTEST, LONGEST = "7d", "90d"
#: Of a budget: when it is gone, and when that is near; ours, as no source gives one.
SPENT, NEARLY_SPENT = RATIO(0), RATIO(0.25)
#: How often all of it is evaluated; 30 days are 43,200 samples of two series.
INTERVAL = "1m"


@dataclass(frozen=True, slots=True)
class Slo:
    """So much of what a service is asked must go well, looked at over a window.

    Say `good` or `bad`, and `total`, as rates: `bad=rate(REQUESTS, status="error"), total=rate(REQUESTS)`; or a share
    of which both are read: `bad=errors()`, `good=share_below(SECONDS(2), LATENCY)`. Where they keep a label, each of
    its values has an objective of its own.

    Attributes:
        name: "service:what", as "shop:availability"; recordings and alerts are called after it.
        objective: the share that must be good: PERCENT(99.5) or RATIO(0.995), from 50 % to 99.999 %.
        good, bad, total: what is counted, per second, with open windows.
        window: how far back the budget reaches.
        title: as a person calls it: "Shop availability".
        fault: what the bad ones did, behind "0.7 % of the requests": "failed", "took longer than 2 s".
        alert: what the names of its alerts begin with: "ShopAvailability".
        runbook: what to do; a text, or the URL of one.
        team: who is called.
        rules: its recordings and alerts, in one group so that none is an evaluation behind.
    """

    name: str
    objective: Quantity
    good: Query | None = None
    bad: Query | None = None
    total: Query | None = None
    window: str = "30d"
    title: str = ""
    fault: str = "were bad"
    alert: str = ""
    runbook: str = ""
    team: str = ""
    source: Source = field(default_factory=here, compare=False, repr=False)
    rules: RuleGroup = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not NAME.fullmatch(self.name):
            raise self._wrong("its name says whose it is and of what", 'like "shop:availability"')
        words = re.split("[_:]", self.name)
        said = {
            "objective": self._objective(),
            "window": self._window(),
            "title": self.title or " ".join(words).capitalize(),
            "alert": self.alert or "".join(one.capitalize() for one in words),
        }
        for key, value in said.items():
            object.__setattr__(self, key, value)
        try:
            counted = events(self.good, self.bad, self.total)
        except Mistake as mistake:
            raise self._wrong(mistake.what, mistake.fix) from mistake
        name = self.name.replace(":", "_") + "_objective"
        rules = slo_rules.rules(self, counted)
        object.__setattr__(self, "rules", RuleGroup(name=name, rules=rules, interval=INTERVAL, source=self.source))

    # What it allows -------------------------------------------------------------------------------

    @property
    def budget(self) -> Quantity:
        """The share that may be bad: 1 - objective."""
        return RATIO(float(f"{1 - self.objective.value:.12g}"))

    @property
    def alerts(self) -> tuple[AlertRule, ...]:
        """Its alerts, the fastest burn first."""
        return tuple(self.rules.alerts())

    def factor(self, burn: Burn) -> float:
        """How many times too fast the budget burns when this pair of windows tells."""
        return burn.factor(self.window)

    def limit(self, burn: Burn) -> Quantity:
        """The share of bad ones above which it tells: factor x budget."""
        return RATIO(float(f"{self.factor(burn) * self.budget.value:.12g}"))

    # Numbers for pages ----------------------------------------------------------------------------

    def error_ratio(self, window: str) -> Query:
        """The share that was bad within a window that is recorded; 0 where nothing came."""
        recorded = slo_rules.error_ratios(self.rules.recordings())
        known = recorded.get(spelled(milliseconds(window)))
        if known is None:
            raise Mistake(f"objective {self.name!r} records no window of {window}", fix=f"one of {', '.join(recorded)}")
        return known.named("bad")

    def good_ratio(self) -> Query:
        """The share that was good over the objective's window; at the objective or above is kept."""
        return (1 - self.error_ratio(self.window)).named("good")

    def burn_rate(self, window: str) -> Query:
        """How many times as fast as it may the budget burns, within a window that is recorded."""
        return burn_rate(self.error_ratio(window), self.budget).named(f"over {window}")

    def budget_left(self) -> Query:
        """What is left of the error budget: 1 - errors / budget. 1 is all of it, below 0 the objective is missed."""
        spent = self.burn_rate(self.window)
        expr = Binary("-", Number(1), spent.expr)
        return Query(expr, RATIO, spent.labels, "budget left", "ratio", high=1)

    def promised(self) -> Query:
        """The objective itself, as a number beside the others."""
        expr = Call("vector", (Number(self.objective.value),))
        return Query(expr, RATIO, name="objective", low=LEAST, high=MOST)

    # What cannot be -------------------------------------------------------------------------------

    def _objective(self) -> Quantity:
        said = self.objective
        if not isinstance(said, Quantity) or said.unit.dimension:
            raise self._wrong(
                f"an objective of {said!r}" if not isinstance(said, Quantity) else f"an objective of {said}",
                "PERCENT(99.5)",
            )
        share = said.to(RATIO)
        if not LEAST <= share.value <= MOST:
            fix = "PERCENT(99.5); what may never fail has no budget, and half is no objective"
            raise self._wrong(f"an objective of {share.value * 100:.9g} %", fix)
        return share

    def _window(self) -> str:
        length = milliseconds(self.window)
        if not milliseconds(SHORTEST) <= length <= milliseconds(LONGEST):
            raise self._wrong(f"a window of {self.window}", f'from {SHORTEST} to {LONGEST}; "30d" is usual')
        return spelled(length)

    def _wrong(self, what: str, fix: str = "") -> Mistake:
        return Mistake(f"objective {self.name!r}: {what}", fix=fix, where=self.source)
