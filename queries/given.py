"""Rules as somebody wrote them for Prometheus: every text stays as it is; what no Prometheus takes is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from queries.duration import milliseconds
from queries.expr import Expr
from queries.guard import refusal
from queries.source import Mistake, Source, here
from queries.template import STRING, VARIABLE

#: `model.ParseDuration` of prometheus/common: the units in this order, each once; no fractions.
DURATION = re.compile(r"0|(?=\d)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?")
NO_TIME = re.compile(r"(?:0+[a-z]*)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAlert:
    """An alerting rule.

    Attributes:
        alert: its name, whatever it is.
        expr: PromQL; comments, line breaks and blanks stay.
        lasting: Prometheus' `for`, in any spelling that it takes; empty where nothing is said.
        keep_firing_for: for how long it goes on firing when the condition holds no longer; empty for not at all.
        labels, annotations: as they are, templates in their values included.
    """

    alert: str
    expr: str
    lasting: str = ""
    keep_firing_for: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.alert:
            raise Mistake("an alert without a name", where=self.source)
        what = f"alert {self.alert!r}"
        accepted(self.expr, what, self.source)
        for length in (self.lasting, self.keep_firing_for):
            as_written(length, self.source)
        _are_texts(self.labels, what, self.source)
        _are_texts(self.annotations, what, self.source)

    @property
    def tree(self) -> Expr | None:
        """What it asks; None for what is too much to be looked at."""
        return _tree(self.expr)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRecording:
    """A recording rule; `record` and `expr` are kept as they are, and so are the labels that it adds."""

    record: str
    expr: str
    labels: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.record:
            raise Mistake("a recording without a name", where=self.source)
        what = f"recording {self.record!r}"
        accepted(self.expr, what, self.source)
        _are_texts(self.labels, what, self.source)

    @property
    def tree(self) -> Expr | None:
        """What it records; None for what is too much to be looked at."""
        return _tree(self.expr)


def as_written(length: str, where: Source) -> None:
    """Mistake where a duration, if there is one, is none to Prometheus: "1h30m" is, "1.5h" and "30m1h" are not."""
    if not length:
        return
    if not isinstance(length, str) or not DURATION.fullmatch(length):
        raise Mistake(f"{length!r} is no duration", fix='like "5m", "1h" or "7d"', where=where)
    if not NO_TIME.fullmatch(length):
        milliseconds(length)  # also Prometheus' own counting has an end


def accepted(expr: str, what: str, where: Source) -> None:
    """Mistake where a text is no PromQL of a rule; what is too much for our parser may be fine for Prometheus."""
    from queries.parse import NotPromQL, parse  # noqa: PLC0415 - who writes no such rule needs no parser

    if not isinstance(expr, str) or not expr.strip():
        raise Mistake(f"{what}: it has no expression", where=where)
    variable = VARIABLE.search(" ".join(STRING.split(expr)[::2]))
    if variable:
        raise Mistake(f"{what}: Prometheus knows no variable {variable[0]}", where=where)
    try:
        parse(expr)
    except NotPromQL as error:
        if not refusal(expr):
            raise Mistake(f"{what}: no PromQL: {' '.join(str(error).split())}", where=where) from error


def _tree(expr: str) -> Expr | None:
    from queries.parse import NotPromQL, parse  # noqa: PLC0415 - as above

    try:
        return parse(expr)
    except NotPromQL:
        return None


def _are_texts(said: Mapping[str, str], what: str, where: Source) -> None:
    for name, value in said.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise Mistake(f"{what}: {name} is {value!r}", fix=f"{str(name)!r}: {str(value)!r}", where=where)
