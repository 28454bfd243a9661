"""A derived scenario doubted: what Prometheus makes of an alert's expression, against what the scenario took it for.

An alert follows from its expression, `for` and `keep_firing_for`. Where it is not what a derived scenario expects, and
that is just what its expression says when Prometheus evaluates it by itself, our arithmetic is wrong and not the rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from cli.scenarios.answers import Answer, Sample
from cli.scenarios.judging import alarm
from cli.scenarios.trial import Fault, Trial
from queries.duration import milliseconds, spelled
from queries.parse import NotPromQL, parse
from queries.promql import in_rule, to_promql
from queries.scenario import Alarm

Labels: TypeAlias = tuple[tuple[str, str], ...]


class Doubt(NamedTuple):
    """Something to ask.

    Attributes:
        expected: the number of the expectation that it is about.
        expr: what is asked, `at` a time: the expression now, or how often it held for as long as it must, or may.
        enough: so often it must have held.
    """

    expected: int
    expr: str
    at: str
    about: Literal["now", "held", "kept"]
    enough: int = 0


#: A doubt, and what came of it.
_Told: TypeAlias = tuple[Doubt, Sequence[Sample]]


def doubts(trial: Trial) -> Iterator[Doubt]:
    """What to ask about each alert of a scenario that failed; nothing of what is asked of the rule in any case."""
    step = milliseconds(trial.scenario.interval)
    for number, one in enumerate(trial.scenario.expected):
        rule = _rule(trial, one) if isinstance(one, Alarm) and one.computed else None
        if rule is None:
            continue
        try:
            expr = to_promql(parse(rule["expr"]), in_rule())
        except NotPromQL:  # promtool's may be newer than our parser
            continue
        yield Doubt(number, expr, one.at, "now")
        for field, about in (("for", "held"), ("keep_firing_for", "kept")):
            said = str(rule.get(field, ""))
            steps = math.ceil(milliseconds(said) / step) if said.strip("0smhdwy") else 0
            if steps:
                # a moment longer: from version 3 on a window is open where it begins
                held = f"count_over_time(({expr})[{spelled(steps * step + 1)}:{spelled(step)}])"
                yield Doubt(number, held, one.at, about, steps + 1)  # type: ignore[arg-type] # two of its words


def contradiction(trial: Trial, asked: Sequence[Doubt], first: int, answer: Answer) -> Fault | None:
    """What makes the scenario void; None where the alert is not what its own expression says either.

    Args:
        trial: one that failed.
        asked: its doubts.
        first: from which number on they are answered.
        answer: all that promtool said.
    """
    if answer.unevaluable:
        return None
    for number, one in enumerate(trial.scenario.expected):
        own = [(place, doubt) for place, doubt in enumerate(asked, first) if doubt.expected == number]
        if not own or not isinstance(one, Alarm) or any(place in answer.errors for place, _ in own):
            continue
        if not alarm(one, answer.samples.get(number, ()), ())[0]:
            continue
        found: dict[str, _Told] = {doubt.about: (doubt, answer.samples.get(place, ())) for place, doubt in own}
        states = _states(found)
        if not _agrees(one, states, _added(_rule(trial, one) or {})):
            is_ = ", ".join(dict.fromkeys(states.values())) or "silent"
            what = f"by its own expression {one.alert} is {is_} at {one.at}, and was taken to be {one.state}"
            return Fault(f"this scenario is wrong: {what}", trial.place(), "void")
    return None


def _rule(trial: Trial, one: Alarm) -> Mapping[str, Any] | None:
    """The alert that is meant; None where several may be."""
    those = [rule for rules in trial.rules for rule in rules.named(one.alert)]
    if len(those) > 1:  # only their labels tell them apart
        said = one.labels.items()
        those = [rule for rule in those if all(pair in said or "{{" in pair[1] for pair in _added(rule).items())]
    return those[0] if len(those) == 1 else None


def _added(rule: Mapping[str, Any]) -> Mapping[str, str]:
    added: Mapping[str, str] = rule.get("labels") or {}
    return added


def _states(found: Mapping[str, _Told]) -> dict[Labels, str]:
    """The state of each series, as it follows from the expression."""
    now = {_labels(one) for one in found["now"][1]}
    states = dict.fromkeys(now, "firing")
    if "held" in found:
        doubt, samples = found["held"]
        often = {_labels(one): one.value for one in samples}
        states = {of: "firing" if often.get(of, 0) >= doubt.enough else "pending" for of in now}
    kept = found["kept"][1] if "kept" in found else ()
    return dict.fromkeys((_labels(one) for one in kept), "firing") | states


def _agrees(one: Alarm, states: Mapping[Labels, str], added: Mapping[str, str]) -> bool:
    """Whether an expectation is what the states of the series make of it, by labels that no rule adds."""
    wanted = {(name, text) for name, text in one.labels.items() if name not in added}
    bearing = [state for of, state in states.items() if wanted <= set(of)]
    if one.state == "silent":
        return not bearing
    if one.state not in bearing or (one.state == "pending" and "firing" in bearing):
        return False
    return one.alerts is None or list(states.values()).count(one.state) == one.alerts


def _labels(one: Sample) -> Labels:
    return tuple(sorted((name, text) for name, text in one.labels.items() if name != "__name__"))
