"""What Prometheus records for an objective, and the four alerts on its error budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from queries.burn import BURNS, Burn, burn_rate
from queries.duration import seconds
from queries.events import Events, averaged, latest
from queries.query import Query
from queries.rule import AlertRule, RecordingRule
from queries.unit import SECONDS, TIMES

if TYPE_CHECKING:
    from queries.slo import Slo

#: Over which both rates are recorded; the long windows are made of these.
STEP = "5m"
#: Straight from the counters, so that nobody is woken minutes late; beyond them that would read every scrape of days.
EXACT = ("30m", "1h", "2h", "6h")
AVERAGED = ("1d", "3d")
RATIO_RATE = "ratio_rate"
DAY = 86_400
#: Who is woken looks for what changed; who reads it in the morning plans.
ADVICE = {
    "critical": "Look for what changed when it began, a deployment first, and undo it; look for the cause after that",
    "warning": "Find what most of them have in common and plan its repair; until then hold back risky changes",
}


def rules(slo: Slo, events: Events) -> tuple[RecordingRule | AlertRule, ...]:
    """All of them, each after those that it reads."""
    recorded = tuple(_recordings(slo, events))
    errors = error_ratios(recorded)
    # everything at once is the most that can go wrong: an alert that could never fire is left out
    burns = (burn for burn in BURNS if slo.limit(burn).value < 1)
    return (*recorded, *(_alert(slo, burn, events, errors) for burn in burns))


def error_ratios(recorded: Iterable[RecordingRule]) -> dict[str, Query]:
    """The recorded shares of bad ones by their window."""
    operations = ((one.record.rpartition(":")[2], one) for one in recorded)
    return {name.removeprefix(RATIO_RATE): one.recorded for name, one in operations if name.startswith(RATIO_RATE)}


def _recordings(slo: Slo, events: Events) -> Iterator[RecordingRule]:
    """Both rates, and the share of bad ones over each window, the objective's own last."""
    service, what = slo.name.split(":")
    kept = "_".join(events.total.labels)
    stem = f"{kept}:{service}_{what}" if kept else slo.name

    def recorded(name: str, number: Query) -> RecordingRule:
        return RecordingRule(f"{stem}_{name}", number, source=slo.source)

    bad, total = recorded(f"bad:rate{STEP}", events.bad()), recorded(f"total:rate{STEP}", events.total)
    yield from (bad, total)
    yield recorded(f"errors:{RATIO_RATE}{STEP}", latest(bad.recorded, total.recorded))
    for window in EXACT:
        yield recorded(f"errors:{RATIO_RATE}{window}", events.error_ratio(window))
    for window in dict.fromkeys((*AVERAGED, slo.window)):
        yield recorded(f"errors:{RATIO_RATE}{window}", averaged(bad.recorded, total.recorded, window))


def _alert(slo: Slo, burn: Burn, events: Events, errors: Mapping[str, Query]) -> AlertRule:
    named = "".join(f" of {{{one}}}" for one in events.total.labels)
    days, counted, factor = seconds(slo.window) / DAY, events.total.unit * SECONDS, slo.factor(burn)
    long, short = (burn_rate(errors[window], slo.budget) for window in (burn.long, burn.short))
    return AlertRule(
        alert=f"{slo.alert}BudgetBurn{burn.long}",
        when=(long > TIMES(factor)) & (short > TIMES(factor)),
        lasting="",
        severity=burn.severity,
        summary=f"{slo.title}{named} burns its error budget {{value}} as fast as it may",
        description=f"Of the {counted} of the last {burn.words} more than {slo.limit(burn)} {slo.fault}, "
        f"and {slo.budget} may. At this pace the budget of {days:.3g} days is gone in less than "
        f"{days / factor:.3g} days.",
        runbook=slo.runbook or ADVICE[burn.severity],
        team=slo.team,
        source=slo.source,
    )
