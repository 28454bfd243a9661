"""How fast an objective's error budget burns, beside the limits of its alerts."""

from typing import Unpack

from panels.kinds.timeseries import timeseries
from panels.panel import Judged, Panel
from queries import Slo


def burn_rates(slo: Slo, title: str = "", **said: Unpack[Judged]) -> Panel:
    """How many times as fast as it may the budget burns, over the long window of each of its alerts.

    At 1 the budget lasts exactly the objective's window; the lines are where the alerts ring.
    """
    look: Judged = {
        "description": f"How many times as fast as it may the error budget burns: at 1 it lasts its {slo.window}. "
        "A line is an alert's limit; above the red one look at once for what changed.",
        "alerts": slo.alerts,
        **said,
    }
    windows = (rule.alert.rpartition("Burn")[2] for rule in slo.alerts)
    return timeseries(title or slo.title, *(slo.burn_rate(one) for one in windows), **look)
