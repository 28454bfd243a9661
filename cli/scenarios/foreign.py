"""Tests in promtool's own format: each of a file's is run alone, so that one that is broken keeps back no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from cli.lint.reading.members import objects, scalar
from cli.lint.spot import Spot
from cli.prometheus.told import Told
from cli.scenarios.answers import instant
from cli.scenarios.comparing import compared, differing, sections
from cli.scenarios.members import Broken, listed
from cli.scenarios.rules import Rules
from cli.scenarios.trial import Fault, Verdict, place_of
from cli.scenarios.verbatim import at, deep
from queries.source import Mistake, did_you_mean

#: What promtool reads as a number or a boolean.
NUMBERS = frozenset(("value", "fuzzy_compare"))
_FIELD = re.compile(r"field (\S+) not found")


@dataclass(frozen=True, slots=True)
class ForeignTest:
    """One entry of `tests`.

    Attributes:
        spot: of the entry.
        number: which one it is, from 1 on.
        patterns: the rule files as they are written, which may have wildcards, each with its place.
    """

    spot: Spot
    number: int
    patterns: tuple[tuple[str, Spot], ...]

    @property
    def name(self) -> str:
        """What its author calls it; promtool asks for no name."""
        return scalar(self.said, "name") or f"test {self.number}"

    @property
    def alerts(self) -> tuple[str, ...]:
        """Those that it looks at."""
        return tuple(dict.fromkeys(scalar(one, "alertname") for _, one in objects(self.said, "alert_rule_test")))

    @property
    def said(self) -> Any:
        """All of it."""
        return at(self.spot.document.value, self.spot.path)

    def test_file(self, rules: Sequence[str]) -> bytes:
        """A test file with this one alone, on rule files of these names."""
        document = self.spot.document
        whole = {key: one for key, one in document.value.items() if key not in ("rule_files", "tests")}
        said = deep(document, (), whole, NUMBERS)
        test = deep(document, self.spot.path, self.said, NUMBERS)
        return orjson.dumps({**said, "rule_files": list(rules), "tests": [test]})


def is_foreign(value: Any) -> bool:
    """Whether a document is a test file of promtool's."""
    return isinstance(value, dict) and "tests" in value


def tests(spot: Spot) -> Iterator[ForeignTest | Fault]:
    """All of a document."""
    said = spot.document.value
    patterns = tuple(
        (one, spot.below("rule_files", index))
        for index, one in enumerate(said.get("rule_files") or ())
        if isinstance(one, str)
    )
    try:
        for number, (one, there) in enumerate(listed(said, Spot(spot.document, (), "this file"), "tests"), start=1):
            if isinstance(one, dict):
                yield ForeignTest(there, number, patterns)
            else:
                yield Fault("a test is a mapping", place_of(there), "broken")
    except Broken as error:
        yield error.fault


def unknown(test: ForeignTest, rules: Sequence[Rules]) -> Iterator[Fault]:
    """A test without a rule: promtool says nothing of it, and finds that no such alert fires."""
    known = {name for one in rules for name in one.alerts}
    for index, one in objects(test.said, "alert_rule_test"):
        name = scalar(one, "alertname")
        if name and name not in known:
            place = place_of(test.spot, ("alert_rule_test", index, "alertname"))
            yield Fault(f"no alert is called {name}", place, "broken", did_you_mean(name, known, of="the rules have"))


def judged(test: ForeignTest, told: Told) -> Verdict:
    """What promtool said of it, in our words."""
    return Verdict(test.name, test.alerts, place_of(test.spot), tuple(_faults(test, told)))


def _faults(test: ForeignTest, told: Told) -> Iterator[Fault]:
    if told.stuck:
        yield Fault("promtool did not come to an end with this test", place_of(test.spot), "stuck")
    elif not told.passed:
        found = [_fault(test, one) for one in sections(told.text)]
        yield from found or [_refused(test, told.text)]


def _fault(test: ForeignTest, section: str) -> Fault:
    said = compared(section)
    if said is None:
        return _refused(test, section)
    kind, name = ("alert_rule_test", "alertname") if said.is_alert else ("promql_expr_test", "expr")
    place = place_of(test.spot)
    for index, one in objects(test.said, kind):
        if scalar(one, name) == said.name and _same(scalar(one, "eval_time"), said.at):
            place = place_of(test.spot, (kind, index))
    if said.error:
        return Fault(
            f"{said.name} cannot be evaluated at {said.at}: {said.error}",
            place,
            "differs" if said.is_rule else "broken",
        )
    return Fault(differing(said), place)


def _refused(test: ForeignTest, text: str) -> Fault:
    said = " ".join(text.replace("FAILED:", "").split()).removeprefix("yaml: unmarshal errors: ")
    field = _FIELD.search(said)
    if field:
        path = next(_keys(test.said, (), field[1]), ())
        return Fault(f"promtool knows no field {field[1]!r} here", place_of(test.spot, path), "broken")
    for index, one in objects(test.said, "input_series"):
        if "series values" in said or "number syntax" in said:
            return Fault(f"promtool refuses this test: {said}", place_of(test.spot, ("input_series", index)), "broken")
        del one
    return Fault(f"promtool refuses this test: {said}", place_of(test.spot), "broken")


def _keys(value: Any, path: tuple[str | int, ...], name: str) -> Iterator[tuple[str | int, ...]]:
    """Where a member of that name stands."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in members:
        if key == name:
            yield (*path, key)
        yield from _keys(one, (*path, key), name)


def _same(one: str, other: str) -> bool:
    try:
        return instant(one) == instant(other)
    except Mistake:
        return one == other
