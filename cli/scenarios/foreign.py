"""Tests in promtool's own format: each of a file's is run alone, so that one that is broken keeps back no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import orjson

from cli.lint.reading.members import objects, scalar
from cli.lint.spot import Spot
from cli.prometheus.told import Told
from cli.scenarios.answers import instant
from cli.scenarios.comparing import compared, differing, sections
from cli.scenarios.members import Broken, listed
from cli.scenarios.rules import Rules
from cli.scenarios.trial import Fault, Place, Verdict, place_of
from cli.scenarios.verbatim import at, deep
from queries.source import Mistake, did_you_mean

#: What promtool reads as a number or a boolean.
NUMBERS = frozenset(("value", "fuzzy_compare"))
#: Where a test says what it expects.
EXPECTED = ("alert_rule_test", "promql_expr_test")
#: What promtool 2.42 to 3.5 reads, to find what a wrong key was meant to be; which is wrong, promtool itself says.
FILE = ("rule_files", "evaluation_interval", "group_eval_order", "tests", "fuzzy_compare")
TEST = ("interval", "input_series", "name", "external_labels", "external_url", "start_timestamp", *EXPECTED)
KEYS = (
    *(*FILE, *TEST),
    *("series", "values", "eval_time", "alertname", "exp_alerts", "exp_labels", "exp_annotations"),
    *("expr", "exp_samples", "labels", "value", "histogram"),
)
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
    """Whether a document is a test file of promtool's, or would be one but for a wrong key."""
    return isinstance(value, dict) and ("tests" in value or _misnamed(value) is not None)


def _misnamed(value: Any) -> str | None:
    """The key below which tests stand, where that is not `tests`."""
    return next((key for key, one in value.items() if isinstance(one, list) and any(map(_is_test, one))), None)


def _is_test(value: Any) -> bool:
    return isinstance(value, dict) and any(key in value for key in ("input_series", *EXPECTED))


def tests(spot: Spot) -> Iterator[ForeignTest | Fault]:
    """All of a document."""
    said, document = spot.document.value, spot.document
    if "tests" not in said:
        name = str(_misnamed(said))
        yield _no_field(name, Place(document.file, *document.position_of_key((name,))), FILE)
        return
    files = said.get("rule_files") or ()
    if not isinstance(files, list):
        yield Fault("rule_files is no list", place_of(spot, ("rule_files",)), "broken", "rule_files: [alerts.yaml]")
        return
    patterns = tuple((one, spot.below("rule_files", index)) for index, one in enumerate(files) if isinstance(one, str))
    try:
        for number, (one, there) in enumerate(listed(said, Spot(document, (), "this file"), "tests"), start=1):
            if not isinstance(one, dict):
                yield Fault("a test is a mapping", place_of(there), "broken")
                continue
            test = ForeignTest(there, number, patterns)
            # what has a wrong key, promtool refuses
            if any(one.get(key) for key in EXPECTED) or not one.keys() <= {*TEST}:
                yield test
            else:
                yield Fault(f"{test.name} expects nothing", place_of(there), "broken", f"{EXPECTED[0]}: [...]")
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
    return Verdict(test.name, test.alerts, place_of(test.spot), tuple(_faults(test, told)), shown=test.alerts)


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
        return _no_field(field[1], _of_key(test.spot, field[1]), KEYS)
    for index, one in objects(test.said, "input_series"):
        if "series values" in said or "number syntax" in said:
            return Fault(f"promtool refuses this test: {said}", place_of(test.spot, ("input_series", index)), "broken")
        del one
    return Fault(f"promtool refuses this test: {said}", place_of(test.spot), "broken")


def _no_field(name: str, place: Place, known: Sequence[str]) -> Fault:
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else ""
    return Fault(f"promtool knows no field {name!r} here", place, "broken", hint)


def _of_key(spot: Spot, name: str) -> Place:
    """Where a key stands: in the test, or else in the file around all of them."""
    document = spot.document
    path = next(_keys(at(document.value, spot.path), spot.path, name), (name,) if name in document.value else None)
    return place_of(spot) if path is None else Place(document.file, *document.position_of_key(path))


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
