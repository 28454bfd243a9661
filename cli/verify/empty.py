"""Why an expression has no series: the part of it that has none, and what of that part is not there.

Each suspicion is a question to the Prometheus itself; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cli.verify.cause import Ask, Cause, Near
from cli.verify.no_series import why_none
from queries.expr import (
    COMPARISONS,
    Aggregate,
    Binary,
    Call,
    Expr,
    Minus,
    Select,
    Subquery,
    Window,
    walk,
)
from queries.promql import quoted, to_promql


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
                return why_none(expr, self.ask, self.near)
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
            return why_none(window.of, self.ask, self.near)
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


def _is_condition(expr: Expr) -> bool:
    """Whether it may rightly have no series, or not those that another has."""
    return any(isinstance(one, Binary) and (one.op in COMPARISONS or one.op in ("and", "unless")) for one in walk(expr))


def _dropping_le(expr: Expr) -> Aggregate | None:
    return expr if isinstance(expr, Aggregate) and ("le" in expr.by) == expr.without else None
