"""How fast an error budget burns, and when that is worth waking somebody: the four pairs of windows."""

from __future__ import annotations

from dataclasses import dataclass

from queries.duration import seconds
from queries.expr import Binary, Number
from queries.query import Query
from queries.rule import Severity
from queries.unit import TIMES, Quantity


@dataclass(frozen=True, slots=True)
class Burn:
    """A long window that says that it is bad, and a short one that says that it still is.

    Attributes:
        long: over which the budget is spent; short: a twelfth of it, so that the alert resolves soon.
        words: the long window as a person says it, behind "in the last".
        spends: the share of the whole budget that is gone when the long window is full of it.
        severity: critical wakes somebody, warning waits until morning.
    """

    long: str
    short: str
    words: str
    spends: float
    severity: Severity

    def factor(self, window: str) -> float:
        """How many times as fast as the window allows the budget burns: 14.4 for 2 % of 30 days within an hour.

        Burn rate = share of the budget x window / long window (The Site Reliability Workbook, chapter 5, "4: Alert on
        Burn Rate"). It is never less than 1: what burns more slowly leaves budget at the window's end.
        """
        return max(1.0, float(f"{self.spends * seconds(window) / seconds(self.long):.12g}"))


def burn_rate(errors: Query, budget: Quantity) -> Query:
    """How many times as fast as it may the budget burns: errors / budget. At 1 it lasts exactly its window."""
    expr, most = Binary("/", errors.expr, Number(budget.value)), float(f"{1 / budget.value:.12g}")
    return Query(expr, TIMES, errors.labels, errors.name, low=0, high=most)


#: The Site Reliability Workbook, chapter 5, "6: Multiwindow, Multi-Burn-Rate Alerts": table 5-8, and from the rules
#: above it the pair of a day; for 30 days these are 14.4, 6, 3 and 1 times.
BURNS = (
    Burn("1h", "5m", "hour", 0.02, "critical"),
    Burn("6h", "30m", "6 hours", 0.05, "critical"),
    Burn("1d", "2h", "day", 0.10, "warning"),
    Burn("3d", "6h", "3 days", 0.10, "warning"),
)
