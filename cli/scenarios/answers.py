"""What promtool observed, read from its words: the samples of each expression, the texts of each alert that fires."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from queries.duration import milliseconds

#: A text as Go quotes it; Python reads the same escapes.
_QUOTED = r'"(?:[^"\\\n]|\\.)*"'
_LABEL = re.compile(rf"([^\s\"=,{{}}]+|{_QUOTED})=({_QUOTED})")
_LABELS = rf"\{{((?:(?:[^\s\"=,{{}}]+|{_QUOTED})={_QUOTED}(?:, )?)*)\}}"
_SAMPLE = re.compile(rf"{_LABELS} (\{{\{{.*?\}}\}}|[^\s,]+)")
EXPR = re.compile(
    rf"^ *expr: ({_QUOTED}), time: (\S+),(?: err: (?P<error>.*)|\s*\n *exp:.*\n *got: ?(?P<got>.*))", re.MULTILINE
)
ALERT = re.compile(
    r"^ *alertname: (?P<name>.*), time: (?P<at>\S+), *\n *exp:(?s:.*?)\n *got:(?P<got>(?s:.*?)\n *\]|\[\])",
    re.MULTILINE,
)
_FIRING = re.compile(rf"Labels:{_LABELS}\s+Annotations:{_LABELS}")
RULE = re.compile(r"^ *rule: (?P<rule>.*?), time: (?P<at>\S+), err: (?P<error>.*)$", re.MULTILINE)
#: What tells the expressions of one test apart: a comment, which changes nothing.
_MARK = re.compile(r"# (\d+)$")
FAILED = "FAILED:"


class Sample(NamedTuple):
    """One sample; what is no number, as a native histogram, is NaN."""

    labels: Mapping[str, str]
    value: float


class Firing(NamedTuple):
    """An alert that fires."""

    labels: Mapping[str, str]
    annotations: Mapping[str, str]


class Unevaluable(NamedTuple):
    """A rule that Prometheus cannot evaluate, at what time first, and why."""

    rule: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that it said of one test.

    Attributes:
        samples: of each expression, by its number; nothing of one that has none.
        errors: why an expression could not be evaluated.
        firing: the alerts that fire, by name and time in ms.
        unevaluable: rules that failed.
        refused: why it did not even begin; empty where it did.
    """

    samples: Mapping[int, tuple[Sample, ...]] = field(default_factory=dict)
    errors: Mapping[int, str] = field(default_factory=dict)
    firing: Mapping[tuple[str, int], tuple[Firing, ...]] = field(default_factory=dict)
    unevaluable: tuple[Unevaluable, ...] = ()
    refused: str = ""


def marked(expr: str, number: int) -> str:
    """The expression with its number."""
    return f"{expr}\n# {number}"


def answer(text: str) -> Answer:
    """What the words mean; an answer that observed nothing has no words at all."""
    said = text.partition(FAILED)[2]
    samples: dict[int, tuple[Sample, ...]] = {}
    errors: dict[int, str] = {}
    for found in EXPR.finditer(said):
        mark = _MARK.search(unquoted(found[1]))
        if mark and found["error"] is not None:
            errors[int(mark[1])] = found["error"]
        elif mark:
            samples[int(mark[1])] = tuple(samples_of(found["got"]))
    firing = {(found["name"], instant(found["at"])): tuple(firing_of(found["got"])) for found in ALERT.finditer(said)}
    failed: dict[str, Unevaluable] = {}
    for found in RULE.finditer(said):
        failed.setdefault(found["rule"], Unevaluable(found["rule"], found["at"], found["error"]))
    understood = samples or errors or firing or failed
    return Answer(samples, errors, firing, tuple(failed.values()), "" if understood else said.strip())


def instant(at: str) -> int:
    """A time in ms; unlike a duration it may be 0s.

    Raises:
        Mistake: it is none.
    """
    return 0 if at.strip("0") in ("", "s", "m", "ms") else milliseconds(at)


def unquoted(text: str) -> str:
    """A text without Go's quotes."""
    said: str = literal_eval(text)
    return said


def labels_of(text: str) -> dict[str, str]:
    """What stands between braces."""
    return {unquoted(name) if name[0] == '"' else name: unquoted(value) for name, value in _LABEL.findall(text)}


def samples_of(text: str) -> Iterator[Sample]:
    """Samples in a row."""
    for labels, value in _SAMPLE.findall(text):
        yield Sample(labels_of(labels), float("nan") if value[0] == "{" else float(value))


def firing_of(text: str) -> Iterator[Firing]:
    """Alerts below each other."""
    for labels, texts in _FIRING.findall(text):
        yield Firing(labels_of(labels), labels_of(texts))
