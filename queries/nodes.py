"""What promql-parser read, node by node, as our tree.

A node says what it is by its name: this module needs none of the parser's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from queries.duration import spelled
from queries.expr import (
    Aggregate,
    Binary,
    Call,
    Expr,
    Match,
    Matching,
    Minus,
    Number,
    Select,
    Subquery,
    Text,
    Variable,
    Window,
)
from queries.promql import number
from queries.re2 import refuses
from queries.template import VARIABLE, Reading
from queries.value_type import type_of


class NotPrometheus(ValueError):
    """The parser takes it, and Prometheus would not; says why."""


def tree(node: Any, reading: Reading) -> Expr:
    """Our tree of a node of the parser's, with the variables put back.

    Args:
        node: what the parser made of the text of the reading.
        reading: which says what stands in it for a variable.

    Raises:
        NotPrometheus: only the parser takes it.
    """
    return _Reader(reading).expr(node)


class _Reader:
    """What a node is asked it copies: it is asked once."""

    def __init__(self, reading: Reading) -> None:
        self.times, self.name = reading.times, reading.name

    def expr(self, node: Any) -> Expr:
        read = _READ.get(type(node).__name__)
        if read is None:
            raise NotPrometheus(f"{type(node).__name__} is not known here")
        return read(self, node)

    def paren(self, node: Any) -> Expr:
        return self.expr(node.expr)

    def select(self, node: Any) -> Select:
        matchers, name = node.matchers, node.name
        if matchers.or_matchers:
            raise NotPrometheus('"or" between matchers is VictoriaMetrics, Prometheus rejects it')
        match = tuple(sorted([self.match(one) for one in matchers.matchers]))
        if name:
            name = self.name(name)
            if any(one.label == "__name__" for one in match):
                raise NotPrometheus("its name is said twice")
        else:
            named = [one for one in match if one.label == "__name__"]
            if len(named) == 1 and _says_name(named[0]):
                name = named[0].value
                match = tuple(one for one in match if one is not named[0])
        return Select(name or "", match, offset=self.offset(node.offset), at=self.at(node.at))

    def match(self, node: Any) -> Match:
        op, value = _OPERATORS[str(node.op)], node.value
        if op in ("=~", "!~") and refuses(value):
            raise NotPrometheus(f"Prometheus cannot read the regular expression {value!r}")
        return Match(self.name(node.name), op, value)

    def window(self, node: Any) -> Window:
        return Window(self.select(node.vector_selector), self.span(node.range))

    def subquery(self, node: Any) -> Subquery:
        step = "" if node.step is None else self.span(node.step)
        span, offset = self.span(node.range), self.offset(node.offset)
        return Subquery(self.expr(node.expr), span, step, offset, self.at(node.at))

    def call(self, node: Any) -> Call:
        function = node.func
        name = function.name
        if name not in _ARGUMENTS:
            _ARGUMENTS[name] = tuple(str(kind).rsplit(".", 1)[-1].lower() for kind in function.arg_types)
        kinds = _ARGUMENTS[name]
        args = tuple([self.expr(arg) for arg in node.args])
        for index, arg in enumerate(args if kinds else ()):
            kind = kinds[min(index, len(kinds) - 1)]
            if kind != "string" and type_of(arg) not in (kind, "?"):
                raise NotPrometheus(f"{name}() wants a {kind}, not a {type_of(arg)}")
        return Call(name, args)

    def aggregate(self, node: Any) -> Aggregate:
        labels: tuple[str, ...] = ()
        without = False
        modifier, param = node.modifier, node.param
        if modifier is not None:
            labels = self.labels(modifier.labels)
            without = str(modifier.type).endswith("Without")
        of = None if param is None else self.expr(param)
        return Aggregate(str(node.op).strip(), self.expr(node.expr), labels, without, of)

    def binary(self, node: Any) -> Binary:
        op = str(node.op).strip()
        left, right, modifier = self.expr(node.lhs), self.expr(node.rhs), node.modifier
        if modifier is None:
            return Binary(op, left, right)
        fill, labels = modifier.fill_values, modifier.matching
        if (fill.lhs, fill.rhs) != (None, None):
            raise NotPrometheus("fill() is an experiment that Prometheus rejects")
        matching = None
        if labels is not None:
            card = str(modifier.card)
            group = "left" if "ManyToOne" in card else "right" if "OneToMany" in card else ""
            ignoring = str(labels.type).endswith("Exclude")
            include = self.labels(modifier.group_labels or ())
            matching = Matching(self.labels(labels.labels), ignoring, group, include)  # type: ignore[arg-type]
        return Binary(op, left, right, matching, modifier.return_bool)

    def labels(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(map(self.name, names)))

    def minus(self, node: Any) -> Expr:
        of = self.expr(node.expr)
        return Number(-of.value) if isinstance(of, Number) else Minus(of)

    def text(self, node: Any) -> Text:
        return Text(node.val)

    def number(self, node: Any) -> Expr:
        value = node.val
        known = self.times.get(abs(value))
        if known is None:
            return Number(value)
        return Minus(Variable(known)) if value < 0 else Variable(known)

    def span(self, length: timedelta) -> str:
        milliseconds = round(length.total_seconds() * 1000)
        if milliseconds <= 0:
            raise NotPrometheus("a window of no time at all")
        return self.times.get(milliseconds) or spelled(milliseconds)

    def offset(self, length: timedelta | None) -> str:
        if not length:
            return ""
        milliseconds = round(length.total_seconds() * 1000)
        known = self.times.get(abs(milliseconds))
        return ("-" if milliseconds < 0 else "") + known if known else spelled(milliseconds)

    def at(self, modifier: Any) -> str:
        if modifier is None:
            return ""
        kind = str(modifier.type)
        if kind.endswith("Start"):
            return "start()"
        if kind.endswith("End"):
            return "end()"
        moment = modifier.at.timestamp()
        return self.times.get(moment) or number(moment)


_READ: dict[str, Callable[[_Reader, Any], Expr]] = {
    "ParenExpr": _Reader.paren,
    "VectorSelector": _Reader.select,
    "MatrixSelector": _Reader.window,
    "SubqueryExpr": _Reader.subquery,
    "Call": _Reader.call,
    "AggregateExpr": _Reader.aggregate,
    "BinaryExpr": _Reader.binary,
    "NumberLiteral": _Reader.number,
    "StringLiteral": _Reader.text,
    "UnaryExpr": _Reader.minus,
}
#: The parser's operators can be no keys, their words can.
_OPERATORS: dict[str, Any] = {
    "MatchOp.Equal": "=",
    "MatchOp.NotEqual": "!=",
    "MatchOp.Re": "=~",
    "MatchOp.NotRe": "!~",
}
#: The kinds of arguments of each function that was met.
_ARGUMENTS: dict[str, tuple[str, ...]] = {}


def _says_name(match: Match) -> bool:
    """Whether `{__name__="x"}` is `x`; what a variable holds may be no name that stands bare."""
    return match.op == "=" and bool(match.value) and not VARIABLE.search(match.value)
