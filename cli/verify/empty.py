"""Why an expression has no series: the part of it that has none, and what of that part is not there.

Each suspicion is a question to the Prometheus itself; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from cli.prometheus.answered import Answered
from queries.expr import (
    COMPARISONS,
    Aggregate,
    Binary,
    Call,
    Expr,
    Match,
    Minus,
    Number,
    Select,
    Subquery,
    Window,
    walk,
)
from queries.promql import quoted, to_promql

Ask = Callable[[str], Answered]
Near = Callable[[str], str]
#: What Prometheus makes only while an alert is pending or firing.
OF_ALERTS = ("ALERTS", "ALERTS_FOR_STATE")
#: Of a label's values so many are told.
MOST = 5
#: "condition": it is right that there is none now; every other one is a fault of the query or of the data.
Kind = Literal["condition", "metric", "label", "matcher", "window", "history", "match", "traffic"]


class Cause(NamedTuple):
    """Why there is nothing; `metric` is the name that no series has."""

    kind: Kind
    why: str
    metric: str = ""


class Empty:
    """Looks for the cause, at one moment.

    Attributes:
        ask: an instant query.
        near: the name of a metric that there is and that somebody may have meant; empty for none.
    """

    def __init__(self, ask: Ask, near: Near) -> None:
        self.ask, self.near = ask, near

    def cause(self, expr: Expr) -> Cause:
        """Of an expression that has no series."""
        match expr:
            case Select():
                return self._select(expr)
            case Call(function, args):
                return self._call(function, args)
            case Aggregate(of=of) | Minus(of):
                return self.cause(of)
            case Binary():
                return self._binary(expr)
            case _:
                return Cause("match", "nothing comes of it")

    def _none(self, expr: Expr) -> bool:
        return not self.ask(to_promql(expr)).samples

    def _call(self, function: str, args: Sequence[Expr]) -> Cause:
        if function.startswith("absent"):
            return Cause("condition", "it only answers while there is no series")
        for arg in args:
            if isinstance(arg, Window):
                return self._window(function, arg)
            if isinstance(arg, Subquery):
                return self.cause(arg.of) if self._none(arg.of) else Cause("window", f"too little data in [{arg.span}]")
            if isinstance(arg, Select | Call | Aggregate | Binary | Minus) and self._none(arg):
                return self.cause(arg)
        if function == "histogram_quantile":
            drops = next((one.op for one in map(_dropping_le, walk(args[1])) if one is not None), "")
            if drops:
                return Cause(
                    "label", f"{drops}() drops the label le, of which the buckets are told: {drops} by (le) (...)"
                )
            return Cause("label", "no series that it reads has a label le")
        return Cause("match", f"{function}() makes nothing of what it reads")

    def _window(self, function: str, window: Window) -> Cause:
        if self._none(Call("last_over_time", (window,))):
            now = replace(window.of, offset="", at="")
            if window.of.offset and not self._none(now):
                return Cause(
                    "history", f"there is no data from {window.of.offset} ago: the window is longer than the data"
                )
            return self._select(window.of)
        return Cause("window", f"fewer than two samples within [{window.span}], and {function}() wants two")

    def _binary(self, expr: Binary) -> Cause:
        for side in (expr.left, expr.right):
            is_needed = expr.op not in ("or", "unless") or side is expr.left
            if is_needed and self._none(side):
                cause = self.cause(side)
                return self.cause(expr.right) if expr.op == "or" and cause.kind == "condition" else cause
        if expr.op == "unless":
            return Cause("condition", "all of it is left out by `unless`")
        compares = expr.op in COMPARISONS and not expr.returns_bool
        if expr.op == "and" or (compares and not self._none(replace(expr, returns_bool=True))):
            if expr.op == "and" and not any(_is_condition(one) for one in (expr.left, expr.right)):
                return self._apart(expr)
            return Cause("condition", "its condition holds for nothing")
        return self._apart(expr)

    def _apart(self, expr: Binary) -> Cause:
        """Both sides have series, and no two of them belong together."""
        left, right = (self._labels(side, expr) for side in (expr.left, expr.right))
        return Cause("match", f"no series left and right of `{expr.op}` have the same labels: {left}, and {right}")

    def _labels(self, side: Expr, expr: Binary) -> str:
        first = self.ask(to_promql(side)).samples
        names = sorted({*first[0].labels} - {"__name__"}) if first else []
        on = expr.matching
        if on is not None:
            names = [one for one in names if (one in on.labels) != on.ignoring]
        said = ", ".join(f"{name}={quoted(first[0].labels[name])}" for name in names)
        return f"{{{said}}}"

    # Selectors ---------------------------------------------------------------------------------

    def _select(self, select: Select) -> Cause:
        if select.name in OF_ALERTS:
            return Cause("condition", "no alert is pending or firing")
        now = replace(select, offset="", at="")
        if (select.offset or select.at) and not self._none(now):
            return Cause(
                "history", f"there is no data from {select.offset or select.at} ago: it is longer than the data"
            )
        bare = replace(now, match=())
        if not select.name:
            return Cause("matcher", f"no series is taken by {to_promql(now)}")
        if self._none(bare):
            return self._no_metric(select.name)
        for one in select.match:
            if self._none(replace(bare, match=(one,))):
                return self._no_match(bare, one)
        listed = ", ".join(f"{one.label}{one.op}{quoted(one.value)}" for one in select.match)
        return Cause("matcher", f"no series of {select.name} has all of {listed} at once")

    def _no_metric(self, name: str) -> Cause:
        if self.ask(f"last_over_time({to_promql(Select(name))}[1h])").samples:
            return Cause("metric", f"{name} is no longer exported: its last sample is more than 5 minutes old", name)
        near = self.near(name)
        return Cause("metric", f"nobody exports {name}" + (f"; did you mean {near!r}?" if near else ""), name)

    def _no_match(self, bare: Select, one: Match) -> Cause:
        of = bare.name
        there = [sample.labels.get(one.label, "") for sample in self.ask(to_promql(_values(bare, one.label))).samples]
        said = f"{one.label}{one.op}{quoted(one.value)}"
        values = sorted(filter(None, there))
        if not values:
            return Cause("label", f"no series of {of} has a label {one.label}, and {said} asks for it")
        more = f" and {len(values) - MOST} others" if len(values) > MOST else ""
        listed = ", ".join(values[:MOST]) + more
        if one.op == "=":
            return Cause("label", f"no series of {of} has {said}: there are {listed}")
        return Cause("matcher", f"{said} takes none of the series of {of}: there are {listed}")


def _values(bare: Select, label: str) -> Aggregate:
    return Aggregate("group", bare, by=(label,))


def _is_condition(expr: Expr) -> bool:
    """Whether it may rightly have no series, or not those that another has."""
    return any(isinstance(one, Binary) and (one.op in COMPARISONS or one.op in ("and", "unless")) for one in walk(expr))


def _dropping_le(expr: Expr) -> Aggregate | None:
    return expr if isinstance(expr, Aggregate) and ("le" in expr.by) == expr.without else None


def stood_in_for(expr: Expr) -> Iterator[Expr]:
    """What a constant stands in for, where there is none of it: the left of `x or vector(0)`."""
    for node in walk(expr):
        if isinstance(node, Binary) and node.op == "or":
            match node.right:
                case Call("vector", (Number(),)):
                    yield node.left


def idle(expr: Expr, ask: Ask) -> str:
    """Why every value is NaN where nothing happened: what divides is 0, or nothing was observed; else empty."""
    for node in walk(expr):
        if isinstance(node, Binary) and node.op == "/" and not isinstance(node.right, Number):
            below = ask(to_promql(node.right)).samples
            if below and all(one.value == 0 for one in below):
                return f"no traffic yet: {_short(to_promql(node.right))} is 0"
        if isinstance(node, Call) and node.function == "histogram_quantile":
            buckets = ask(to_promql(node.args[1])).samples
            if buckets and all(one.value == 0 for one in buckets):
                return "no traffic yet: nothing was observed within the window"
    return ""


def _short(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
