"""Checks by hand that pass whatever the rules say: what is silent because nothing is there to be heard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cli.scenarios.answers import instant
from cli.scenarios.trial import Fault, Trial
from queries.duration import milliseconds, spelled
from queries.expr import selects
from queries.parse import NotPromQL, parse
from queries.scenario import Alarm, Value
from queries.source import Mistake, did_you_mean

#: For so long Prometheus sees a series' last sample, in ms (--query.lookback-delta).
LOOKBACK = 300_000
#: What Prometheus itself makes of alerts.
OF_ALERTS = frozenset(("ALERTS", "ALERTS_FOR_STATE"))
_RUN = re.compile(r"(?P<gap>_)?.*?(?:x(?P<more>\d{1,9}))?")
_LABEL = re.compile(r"""([a-zA-Z_]\w*)\s*=\s*["'`]""")
_MAKES_LABELS = re.compile(r"\b(?:label_replace|label_join|count_values)\b")
_WORD = re.compile(r"""["'`](\w+)["'`]""")
_METRIC = re.compile(r"\s*([a-zA-Z_:][\w:]*)")


def proves_nothing(trial: Trial) -> Iterator[Fault]:
    """What would pass without any rule; a derived scenario has one of the same series that fires."""
    if trial.derived:
        return
    last = _last(trial.scenario.series, milliseconds(trial.scenario.interval))
    for number, one in enumerate(trial.scenario.expected):
        if one.value is not None if isinstance(one, Value) else one.state != "silent":
            continue
        if last is not None and _at(one.at) > last + LOOKBACK:
            what = f"at {one.at} there is no sample: they end at {spelled(last)}"
            fix = 'more of them, or, where that is the case, say so: "1x5 stale"'
            yield Fault(what, trial.place("expect", number, "at"), "broken", fix)
        yield from _unborne(trial, number, one) if isinstance(one, Alarm) else _unmet(trial, number, one)


def _at(at: str) -> int:
    try:
        return instant(at)
    except Mistake:  # that is told elsewhere
        return 0


def _last(series: Mapping[str, str], interval: int) -> int | None:
    """When the last sample of all comes, in ms; None where an end is meant, or nothing is there at all."""
    counts = []
    for values in series.values():
        runs = [found for found in map(_RUN.fullmatch, values.split()) if found]
        if not runs or runs[-1]["gap"] or runs[-1][0] == "stale":
            return None
        # "1x3" are four samples, "_x3" are three gaps
        counts.append(sum(int(one["more"] or 0) + (not (one["gap"] and one["more"])) for one in runs))
    return (max(counts) - 1) * interval if counts else None


def _unborne(trial: Trial, number: int, one: Alarm) -> Iterator[Fault]:
    """Labels that no alert of that name has."""
    wanted = [name for name, text in one.labels.items() if text]
    known = {"alertname", *(name for series in trial.scenario.series for name in _LABEL.findall(series))}
    for rules in trial.rules if wanted else ():
        for group in rules.groups:
            for rule in group["rules"]:
                if rule.get("alert", one.alert) == one.alert:
                    known |= {*(rule.get("labels") or ())}
                    expr = str(rule.get("expr", ""))
                    known |= set(_WORD.findall(expr)) if _MAKES_LABELS.search(expr) else set()
    for name in wanted:
        if name not in known:
            what = f"no alert of {one.alert} can bear a label {name!r}: neither the rule nor any series has it"
            place = trial.place("expect", number, "labels", name)
            yield Fault(what, place, "broken", did_you_mean(name, known, of="there are"))


def _unmet(trial: Trial, number: int, one: Value) -> Iterator[Fault]:
    """Metrics that nobody exposes, and nobody records."""
    try:
        wanted = {select.name for select in selects(parse(one.expr))} - {""}
    except NotPromQL:  # promtool's may be newer than our parser, and tells what is wrong with it
        return
    named = filter(None, map(_METRIC.match, trial.scenario.series))
    known = {found[1] for found in named} | {name for rules in trial.rules for name in rules.records}
    for name in sorted(wanted - known - OF_ALERTS):
        what = f"no series and no recording is called {name}: this is nothing in any case"
        place = trial.place("expect", number, "expr")
        yield Fault(what, place, "broken", did_you_mean(name, known, of="there are"))
