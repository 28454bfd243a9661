"""Scenarios that a person wrote in a `*.test.yaml`, and the rule files that they say they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from cli.lint.spot import Document, Spot
from cli.scenarios.members import Broken, listed, mapping, number, text, texts
from cli.scenarios.trial import Fault
from queries.scenario import Alarm, Scenario, Value
from queries.source import Mistake, Source

FILE = ("rules", "scenarios")
SCENARIO = ("name", "interval", "series", "expect")
ALARM = ("alert", "at", "state", "labels", "annotations", "alerts")
VALUE = ("expr", "at", "value", "close")
STATES = ("firing", "pending", "silent")
EXAMPLE = '{alert: HighErrorRate, at: 20m}, or {expr: "sum(up)", at: 5m, value: 2}'


class ByHand(NamedTuple):
    """One scenario, and where it stands.

    Attributes:
        rules: paths as they are written, relative to the file; empty for the rules of the run.
    """

    scenario: Scenario
    spot: Spot
    rules: tuple[tuple[str, Spot], ...]


def is_by_hand(value: Any) -> bool:
    """Whether a document is one of ours."""
    return isinstance(value, dict) and "scenarios" in value and "tests" not in value


def scenarios(document: Document) -> Iterator[ByHand | Fault]:
    """All of a document; one that is none does not keep back the others."""
    whole = Spot(document, (), "this file")
    try:
        said = mapping(document.value, whole, FILE, "a test file", "rules: ..., scenarios: [...]")
        rules = tuple(_rules(said, whole))
        items = list(listed(said, whole, "scenarios"))
    except Broken as error:
        yield error.fault
        return
    names: set[str] = set()
    for one, spot in items:
        try:
            found = _scenario(one, Spot(document, spot.path, "this scenario"))
        except Broken as error:
            yield error.fault
            continue
        if found.name in names:
            yield Broken(f"two scenarios are called {found.name!r}", spot.below("name")).fault
        else:
            yield ByHand(found, spot, rules)
        names.add(found.name)


def _rules(said: Any, spot: Spot) -> Iterator[tuple[str, Spot]]:
    found, there = said.get("rules"), spot.below("rules")
    if isinstance(found, list):
        for index, one in enumerate(found):
            if not isinstance(one, str):
                raise Broken("a rule file is a path", there.below(index))
            yield one, there.below(index)
    elif found is not None:
        yield text(said, spot, "rules"), there


def _scenario(value: Any, spot: Spot) -> Scenario:
    said = mapping(value, spot, SCENARIO, "a scenario", "name, interval, series, expect")
    name = text(said, spot, "name")
    series = texts(said.get("series"), spot.below("series", where="series"), "series")
    expected: list[Alarm | Value] = [
        _expected(one, Spot(there.document, there.path, "this expectation"))
        for one, there in listed(said, spot, "expect")
    ]
    interval = text(said, spot, "interval", default="1m")
    source = Source(spot.document.file, spot.document.position(spot.path)[0])
    try:
        return Scenario(name=name, series=series, expected=expected, interval=interval, source=source)
    except Mistake as error:
        raise Broken(error.what, spot.below("interval"), error.fix) from error


def _expected(value: Any, spot: Spot) -> Alarm | Value:
    if isinstance(value, dict) and "expr" in value:
        said = mapping(value, spot, VALUE, "an expected value", EXAMPLE)
        if "value" not in said:
            raise Broken("this expectation has no 'value'", spot, "value: 0.05, or null for nothing")
        close = number(said, spot, "close") if "close" in said else None
        there = number(said, spot, "value")
        found = Value(text(said, spot, "expr"), text(said, spot, "at"), there)
        try:
            return found if close is None else replace(found, close=close)
        except Mistake as error:
            raise Broken(error.what, spot.below("close"), error.fix) from error
    said = mapping(value, spot, ALARM, "an expected alert", EXAMPLE)
    state = text(said, spot, "state", default="firing")
    if state not in STATES:
        raise Broken(f"no alert is {state!r}", spot.below("state"), f"one of {', '.join(STATES)}")
    return _alarm(said, spot, state)


def _alarm(said: Mapping[str, Any], spot: Spot, state: Any) -> Alarm:
    count = said.get("alerts")
    if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < 1 or state == "silent"):
        raise Broken("alerts is how many there are, 1 or more, and of a silent one none", spot.below("alerts"))
    annotations = texts(said.get("annotations"), spot.below("annotations", where="annotations"), "annotations")
    labels = texts(said.get("labels"), spot.below("labels", where="labels"), "labels")
    return Alarm(text(said, spot, "alert"), text(said, spot, "at"), state, labels, annotations, count)
