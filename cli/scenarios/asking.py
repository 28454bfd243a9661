"""A scenario as a test of promtool's that asks and expects nothing, so that it tells all that it observes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from cli.scenarios.answers import instant, marked
from cli.scenarios.trial import Fault, Trial
from queries.duration import milliseconds
from queries.promql import quoted
from queries.scenario import Alarm
from queries.source import Mistake

#: A scenario asks for so many evaluations at most: a week by the minute is 10,080.
MOST_EVALUATIONS = 100_000
#: And a series has so many samples.
MOST_SAMPLES = 1_000_000
_TIMES = re.compile(r"x(\d+)(?!\S)")
_NUMBER = r"(?:[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|0[xX][0-9a-fA-F]+|[iI]nf|[nN]a[nN]))"
#: Samples as promtool writes them; it decides, this only finds the place that it means.
_SAMPLE = re.compile(rf"_(?:x\d+)?|stale|{_NUMBER}(?:x\d+|{_NUMBER}x\d+)?|\{{\{{.*")


def in_promtools_words(trial: Trial, rules: Sequence[str], more: Sequence[tuple[str, str]]) -> bytes:
    """The test; what is asked besides, an expression and a time each, has the numbers behind those of the expected."""
    scenario = trial.scenario
    asked = [(states(one.alert) if isinstance(one, Alarm) else one.expr, one.at) for one in scenario.expected]
    texts = {(one.alert, one.at) for one in scenario.expected if isinstance(one, Alarm) and one.annotations}
    said: dict[str, Any] = {
        "rule_files": list(rules),
        "evaluation_interval": scenario.interval,
        "group_eval_order": list(dict.fromkeys(_groups(trial))),
        "tests": [
            {
                "interval": scenario.interval,
                "input_series": [{"series": name, "values": values} for name, values in scenario.series.items()],
                "promql_expr_test": [
                    {"expr": marked(expr, number), "eval_time": at, "exp_samples": []}
                    for number, (expr, at) in enumerate([*asked, *more])
                ],
                "alert_rule_test": [
                    {"alertname": alert, "eval_time": at, "exp_alerts": []} for alert, at in sorted(texts)
                ],
            }
        ],
    }
    return orjson.dumps(said)


def _groups(trial: Trial) -> Iterator[str]:
    """The groups as they stand in their files, what is only recorded first: promtool's own order is chance."""
    about = frozenset(trial.alerts)
    for rules in sorted(trial.rules, key=lambda one: bool(one.alerts & about)):
        yield from (str(group.get("name", "")) for group in rules.groups)


def states(alert: str) -> str:
    """The series that say what an alert is doing."""
    return f"ALERTS{{alertname={quoted(alert)}}}"


def beyond_bounds(trial: Trial) -> Iterator[Fault]:
    """What nobody can have meant, and no machine could compute."""
    interval = milliseconds(trial.scenario.interval)
    for number, one in enumerate(trial.scenario.expected):
        place = trial.place("expect", number, "at")
        try:
            count = instant(one.at) // interval
        except Mistake as error:
            yield Fault(error.what, place, "broken", error.fix)
            continue
        if isinstance(one, Alarm) and one.annotations and one.state != "firing":
            what = "promtool tells the texts of alerts that fire, and of no other"
            yield Fault(what, trial.place("expect", number, "annotations"), "broken", "state: firing")
        if count > MOST_EVALUATIONS:
            what = f"{one.at} by {trial.scenario.interval} are {count:,} evaluations, at most {MOST_EVALUATIONS:,}"
            yield Fault(what, place, "broken", "a longer interval, or an earlier time")
    for series, values in trial.scenario.series.items():
        if sum(int(one[:9]) for one in _TIMES.findall(values)) > MOST_SAMPLES:
            what = f"more than {MOST_SAMPLES:,} samples of {series}"
            yield Fault(what, trial.place("series", series), "broken", 'fewer of them: "1x60"')


def refused(trial: Trial, why: str) -> Fault:
    """What promtool has against a scenario, at the series that it most likely means."""
    lines = [line.strip() for line in why.splitlines() if line.strip()]
    said = re.sub(r"^\d+:\d+: ", "", lines[0]) if lines else "nothing"
    for series, values in trial.scenario.series.items():
        bad = next((one for one in values.split() if not _SAMPLE.fullmatch(one)), "")
        if bad or (not values.strip()):
            what = f"promtool does not read the samples of {series}: {said}" + (f" ({bad!r})" if bad else "")
            return Fault(what, trial.place("series", series), "broken", "1 0x5 1+2x10 _x3 stale")
    place = trial.place()
    if "parse error" in said:
        odd = (one for one in trial.scenario.series if not _SERIES.fullmatch(one))
        place = trial.place("series", next(odd, next(iter(trial.scenario.series), "")))
    return Fault(f"promtool refuses this scenario: {said}", place, "broken")


_SERIES = re.compile(
    r"""(?=.)(?:[a-zA-Z_:][\w:]*)?\s*(?:\{\s*(?:\w+\s*=\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)\s*,?\s*)*\})?"""
)
