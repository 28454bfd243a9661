"""What was observed against what was expected: what differs, as a person would say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isclose, isnan

from cli.scenarios.answers import Answer, Firing, Sample, instant
from cli.scenarios.trial import Fault, Trial
from cli.scenarios.wording import labels, listed, values
from queries.scenario import Alarm, Value

_STATES = ("firing", "pending")


def faults(trial: Trial, answer: Answer) -> Iterator[Fault]:
    """Everything that is not as expected, in the order in which it was written."""
    for rule, at, why in answer.unevaluable:
        yield Fault(f"{rule} cannot be evaluated at {at}: {why}", trial.place())
    if answer.unevaluable:  # promtool asks nothing afterwards
        return
    untrue = list(_untrue(trial, answer))
    if untrue:
        yield from untrue
        return
    for number, one in enumerate(trial.scenario.expected):
        if number in answer.errors:
            what = f"this cannot be evaluated: {answer.errors[number]}"
            yield Fault(what, trial.place("expect", number, "expr"), "broken")
            continue
        samples = answer.samples.get(number, ())
        if isinstance(one, Alarm):
            what, member = alarm(one, samples, answer.firing.get((one.alert, instant(one.at)), ()))
        else:
            what, member = value(one, samples), "value"
        if what:
            place = trial.place("expect", number, member)
            yield Fault(what, place, state_of=number if member == "state" else -1)


def _untrue(trial: Trial, answer: Answer) -> Iterator[Fault]:
    """What the scenario takes for granted, and is not so."""
    for number, one in enumerate(trial.scenario.expected):
        if isinstance(one, Value) and one.premise:
            what = answer.errors.get(number) or value(one, answer.samples.get(number, ()))
            if what:
                place = trial.place("expect", number, "value")
                yield Fault(f"this scenario is wrong: {what}", place, "void" if trial.derived else "broken")


def alarm(one: Alarm, samples: Sequence[Sample], firing: Sequence[Firing]) -> tuple[str, str]:
    """What is wrong with an alert, and which member of the expectation says otherwise; empty where nothing is."""
    by_state = {state: [_own(each) for each in samples if each.labels.get("alertstate") == state] for state in _STATES}
    bearing = {state: [each for each in those if _bears(each, one.labels)] for state, those in by_state.items()}
    should = f"{one.alert} should {_should(one)} at {one.at}"
    if one.state == "silent":
        loud = next((state for state in _STATES if bearing[state]), "")
        return (f"{should} and is {loud}: {listed(bearing[loud])}", "state") if loud else ("", "")
    others = [each for state in _STATES for each in by_state[state]]
    if not bearing[one.state]:
        if by_state[one.state] and one.labels:
            return f"{should} with {labels(one.labels)}; it {_is(one.state)} with {_nearest(one, by_state)}", "labels"
        other = next((state for state in _STATES if by_state[state]), "")
        return f"{should} and is {f'{other}: {listed(others)}' if other else 'silent'}", "state"
    if one.state == "pending" and bearing["firing"]:
        return f"{should} and is firing already: {listed(bearing['firing'])}", "state"
    if one.alerts is not None and len(by_state[one.state]) != one.alerts:
        there = by_state[one.state]
        what = f"{one.alerts} of {one.alert} should be {one.state} at {one.at}, and {len(there)} are: {listed(there)}"
        return what, "alerts"
    return (_texts(one, firing), "annotations") if one.annotations else ("", "")


def value(one: Value, samples: Sequence[Sample]) -> str:
    """What is wrong with an expression's value; empty where nothing is."""
    if one.value is None:
        return f"{one.expr} should be nothing at {one.at} and is {values(samples)}" if samples else ""
    if not samples:
        return f"{one.expr} should be {one.value:g} at {one.at} and is nothing"
    good = all(_alike(each.value, one.value, one.close) for each in samples)
    return "" if good else f"{one.expr} should be {one.value:g} at {one.at} and is {values(samples)}"


def _texts(one: Alarm, firing: Sequence[Firing]) -> str:
    """The alert whose texts differ least, and how."""
    those = [each for each in firing if _bears(each.labels, one.labels)]
    wrong = [[key for key, text in one.annotations.items() if each.annotations.get(key, "") != text] for each in those]
    if not those or not all(wrong):
        return "" if those else f"{one.alert} should have texts at {one.at} and promtool lists none that fires"
    least, keys = min(zip(those, wrong, strict=True), key=lambda each: len(each[1]))
    told = (
        f"its {key} should be {one.annotations[key]!r} and is {least.annotations[key]!r}"
        if key in least.annotations
        else f"it has no {key}, which should be {one.annotations[key]!r}"
        for key in keys
    )
    return f"{one.alert} at {one.at}: {'; '.join(told)}"


def _nearest(one: Alarm, by_state: Mapping[str, Sequence[Mapping[str, str]]]) -> str:
    """What the alert that is most like the wanted one bears instead."""

    def missing(each: Mapping[str, str]) -> int:
        return sum(each.get(key) != text for key, text in one.labels.items())

    nearest = min(by_state[one.state], key=missing)
    differing = {key: nearest[key] for key, text in one.labels.items() if key in nearest and nearest[key] != text}
    gone = [key for key in one.labels if key not in nearest]
    return " and ".join(filter(None, (labels(differing) if differing else "", f"no {', '.join(gone)}" if gone else "")))


def _own(sample: Sample) -> dict[str, str]:
    """The alert's own labels: what the series ALERTS adds is left out."""
    return {key: text for key, text in sample.labels.items() if key not in ("__name__", "alertstate")}


def _bears(said: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(said.get(key, "") == text for key, text in wanted.items())


def _alike(is_: float, should: float, close: float) -> bool:
    if isnan(should) or isnan(is_):
        return isnan(should) and isnan(is_)
    return isclose(is_, should, rel_tol=close, abs_tol=close if should == 0 else 0.0)


def _should(one: Alarm) -> str:
    return {"firing": "fire", "pending": "be pending", "silent": "be silent"}[one.state]


def _is(state: str) -> str:
    return {"firing": "fires", "pending": "is pending"}[state]
