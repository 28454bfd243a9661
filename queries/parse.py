"""Text -> tree: the only door to promql-parser, with a guard for each of its traps.

The parser dies on deep or long input, raises what is no Exception, takes VictoriaMetrics' dialect and misreads raw
strings. What comes out of here is our own tree, so nothing behind this door meets any of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

import promql_parser

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
from queries.guard import refusal, without_raw_strings, without_underscores
from queries.matchers import Matchers, with_selectors, without_selectors
from queries.promql import number
from queries.regexes import without_regexes
from queries.template import VARIABLE, Reading, readings
from queries.value_type import type_of

#: What RE2 refuses although the parser's regular expressions take it.
NOT_RE2 = re.compile(r"\(\?[xu]\)|[*+?][*+]|\\u[0-9a-fA-F]{4}|\{(?:\d+,)?(?!1000[,}])\d{4,}")
#: Where two of those signs in a row are only signs: escaped, or in a class.
PLAIN = re.compile(r"\\[^u]|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]")

#: The trees of shorter texts are kept: 2,000 of them are 4 MB at most.
LONGEST_KEPT = 300

#: What Prometheus 2 has; the parser, which follows Prometheus 3, no longer knows it.
_KIND = promql_parser.ValueType
OLD = promql_parser.Function("holt_winters", [_KIND.Matrix, _KIND.Scalar, _KIND.Scalar], _KIND.Vector)
promql_parser.register_extra_functions([OLD])


class NotPromQL(ValueError):
    """The text is no PromQL that Prometheus would take; says why, in a person's words."""


def parse(text: str) -> Expr:
    """The tree of a PromQL text, Grafana's variables included.

    Raises:
        NotPromQL: it does not parse, or only the parser takes it and Prometheus would not.
    """
    if why := refusal(text):
        raise NotPromQL(why)
    text = without_raw_strings(text)
    shape, selected = without_selectors(text, _accepted)
    if not selected:
        return _parsed(text)
    try:
        tree = _shaped(shape) if len(shape) <= LONGEST_KEPT else _parsed(shape)
    except NotPromQL:
        return _parsed(text)  # what is wrong is said of the text itself
    return with_selectors(tree, selected)


def _parsed(text: str) -> Expr:
    first: NotPromQL | None = None
    for reading in readings(text):
        try:
            return _read(reading)
        except NotPromQL as error:
            first = first or error
    raise first or NotPromQL("nothing to parse")


#: Three of four queries on public dashboards have the shape of another: 1,318 of them have 410.
_shaped = lru_cache(maxsize=2000)(_parsed)


@lru_cache(maxsize=1000)
def _accepted(braces: str) -> Matchers | None:
    """The matchers in braces that make a selector without a name; None for others, and where they say a name."""
    plain, regexes = without_regexes(braces, _accepted_regex)
    try:
        select = _read(Reading(f"{{{plain}}}", {}, {}))
    except NotPromQL:
        return None
    if not isinstance(select, Select) or select.name or any(one.label == "__name__" for one in select.match):
        return None
    return tuple(sorted(_shown(one, regexes) for one in select.match))


def _shown(match: Match, regexes: Mapping[str, str]) -> Match:
    """A matcher with its regular expression again."""
    regex = regexes.get(match.value)
    return match if regex is None else Match(match.label, "=~" if match.op == "=" else "!~", regex)


@lru_cache(maxsize=500)
def _accepted_regex(literal: str) -> str | None:
    """The value of a literal that is a regular expression to all, and does not match what is empty; None for others."""
    try:
        select: Any = promql_parser.parse(f"{{_=~{literal}}}")
    except BaseException as error:
        if isinstance(error, ValueError) or type(error).__name__ == "PanicException":
            return None
        raise
    value: str = select.matchers.matchers[0].value
    return None if _re2_refuses(value) else value


def _read(reading: Reading) -> Expr:
    try:
        return _Reader(reading).expr(promql_parser.parse(reading.text))
    except NotPromQL:
        raise
    except (ValueError, OverflowError) as error:
        plain = without_underscores(reading.text)
        if plain != reading.text:
            return _read(reading._replace(text=plain))
        raise NotPromQL(str(error).strip().rstrip(".")) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        # a panic of Rust is a BaseException that nobody expects
        raise NotPromQL("the parser broke on it") from error


class _Reader:
    """One parsed text into our tree, with the variables put back. What a node is asked it copies: it is asked once."""

    def __init__(self, reading: Reading) -> None:
        self.times, self.name = reading.times, reading.name

    def expr(self, node: Any) -> Expr:
        read = _READ.get(type(node))
        if read is None:
            raise NotPromQL(f"{type(node).__name__} is not known here")
        return read(self, node)

    def paren(self, node: Any) -> Expr:
        return self.expr(node.expr)

    def select(self, node: Any) -> Select:
        matchers, name = node.matchers, node.name
        if matchers.or_matchers:
            raise NotPromQL('"or" between matchers is VictoriaMetrics, Prometheus rejects it')
        match = tuple(sorted([self.match(one) for one in matchers.matchers]))
        if name:
            name = self.name(name)
            if any(one.label == "__name__" for one in match):
                raise NotPromQL("its name is said twice")
        else:
            named = [one for one in match if one.label == "__name__"]
            if len(named) == 1 and _says_name(named[0]):
                name = named[0].value
                match = tuple(one for one in match if one is not named[0])
        return Select(name or "", match, offset=self.offset(node.offset), at=self.at(node.at))

    def match(self, node: Any) -> Match:
        op, value = _OPERATORS[str(node.op)], node.value
        if op in ("=~", "!~") and _re2_refuses(value):
            raise NotPromQL(f"Prometheus cannot read the regular expression {value!r}")
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
                raise NotPromQL(f"{name}() wants a {kind}, not a {type_of(arg)}")
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
            raise NotPromQL("fill() is an experiment that Prometheus rejects")
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
            raise NotPromQL("a window of no time at all")
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


_READ: dict[type, Callable[[_Reader, Any], Expr]] = {
    promql_parser.ParenExpr: _Reader.paren,
    promql_parser.VectorSelector: _Reader.select,
    promql_parser.MatrixSelector: _Reader.window,
    promql_parser.SubqueryExpr: _Reader.subquery,
    promql_parser.Call: _Reader.call,
    promql_parser.AggregateExpr: _Reader.aggregate,
    promql_parser.BinaryExpr: _Reader.binary,
    promql_parser.NumberLiteral: _Reader.number,
    promql_parser.StringLiteral: _Reader.text,
    promql_parser.UnaryExpr: _Reader.minus,
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


def _re2_refuses(pattern: str) -> bool:
    return NOT_RE2.search(pattern) is not None and NOT_RE2.search(PLAIN.sub("x", pattern)) is not None
