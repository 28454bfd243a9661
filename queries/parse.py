"""Text -> tree: the only door to promql-parser, with a guard for each of its traps.

The parser dies on deep or long input, raises what is no Exception, takes VictoriaMetrics' dialect and misreads raw
strings. What comes out of here is our own tree, so nothing behind this door meets any of that.
"""

from __future__ import annotations

import re
from datetime import timedelta
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
from queries.promql import number, quoted
from queries.template import STRING, VARIABLE, Reading, readings

#: Beyond these the parser takes seconds, then the whole interpreter with it.
LONGEST = 16_000
DEEPEST = 100
MOST_OPERATORS = 200
MOST_VARIABLES = 32
OPENING, CLOSING = "([{", ")]}"
#: How a string begins that knows no escapes, and how a comment does.
RAW = ("`", "#")
NEGATIVE_TIME = re.compile(r"@\s*-")
#: What RE2 refuses although the parser's regular expressions take it.
NOT_RE2 = re.compile(r"\(\?[xu]\)|\*\*|\\u[0-9a-fA-F]{4}|\{(?:\d+,)?(?!1000[,}])\d{4,}")
#: An escape for a byte that is no character: the parser reads another character instead.
BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:x[89a-fA-F]|[23][0-7]{2})")
OPERATOR = re.compile(r"[-+*/%^]|==|!=|<=?|>=?|\b(?:and|or|unless|atan2)\b", re.IGNORECASE)


class NotPromQL(ValueError):
    """The text is no PromQL that Prometheus would take; says why, in a person's words."""


def parse(text: str) -> Expr:
    """The tree of a PromQL text, Grafana's variables included.

    Raises:
        NotPromQL: it does not parse, or only the parser takes it and Prometheus would not.
    """
    _guard(text)
    first: NotPromQL | None = None
    for reading in readings(_without_raw_strings(text)):
        try:
            return _read(reading)
        except NotPromQL as error:
            first = first or error
    raise first or NotPromQL("nothing to parse")


def _guard(text: str) -> None:
    if not text.strip():
        raise NotPromQL("nothing to parse")
    if "\0" in text:
        raise NotPromQL("a NUL byte is no PromQL")
    if len(text.encode(errors="replace")) > LONGEST:
        raise NotPromQL(f"longer than {LONGEST} bytes")
    parts = STRING.split(text)
    code, strings = " ".join(parts[::2]), parts[1::2]
    if any(BYTE.search(one) for one in strings if not one.startswith(RAW)):
        raise NotPromQL("a byte in a string that is no character")
    if NEGATIVE_TIME.search(code):
        raise NotPromQL("a time before 1970 after @")  # the parser would panic on it
    if len(VARIABLE.findall(code)) > MOST_VARIABLES:
        raise NotPromQL(f"more than {MOST_VARIABLES} variables")
    if len(OPERATOR.findall(code)) > MOST_OPERATORS:
        raise NotPromQL(f"more than {MOST_OPERATORS} operators")
    depth = deepest = 0
    for char in code:
        depth += (char in OPENING) - (char in CLOSING)
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise NotPromQL(f"nested deeper than {DEEPEST}")


def _without_raw_strings(text: str) -> str:
    """Backticks as double quotes: the parser takes their backslashes for escapes."""
    parts = STRING.split(text)
    raw = [quoted(part[1:-1]) if part.startswith("`") else part for part in parts]
    return "".join(raw)


def _read(reading: Reading) -> Expr:
    try:
        return _Reader(reading).expr(promql_parser.parse(reading.text))
    except NotPromQL:
        raise
    except (ValueError, OverflowError) as error:
        raise NotPromQL(str(error).strip().rstrip(".")) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        # a panic of Rust is a BaseException that nobody expects
        raise NotPromQL("the parser broke on it") from error


class _Reader:
    """One parsed text into our tree, with the variables put back."""

    def __init__(self, reading: Reading) -> None:
        self.times, self.name = reading.times, reading.name

    def expr(self, node: Any) -> Expr:
        match type(node).__name__:
            case "ParenExpr":
                return self.expr(node.expr)
            case "VectorSelector":
                return self.select(node)
            case "MatrixSelector":
                return Window(self.select(node.vector_selector), self.span(node.range))
            case "SubqueryExpr":
                step = "" if node.step is None else self.span(node.step)
                span, offset = self.span(node.range), self.offset(node.offset)
                return Subquery(self.expr(node.expr), span, step, offset, self.at(node))
            case "Call":
                return self.call(node)
            case "AggregateExpr":
                return self.aggregate(node)
            case "BinaryExpr":
                return self.binary(node)
            case "NumberLiteral":
                return self.number(node.val)
            case "StringLiteral":
                return Text(node.val)
            case "UnaryExpr":
                return self.minus(node)
        raise NotPromQL(f"{type(node).__name__} is not known here")

    def select(self, node: Any) -> Select:
        if node.matchers.or_matchers:
            raise NotPromQL('"or" between matchers is VictoriaMetrics, Prometheus rejects it')
        name = self.name(node.name or "")
        match = sorted(self.match(one) for one in node.matchers.matchers)
        named = [one for one in match if one.label == "__name__"]
        if len(named) == 1 and _says_name(named[0]):
            name = named[0].value
            match.remove(named[0])
        return Select(name, tuple(match), offset=self.offset(node.offset), at=self.at(node))

    def match(self, node: Any) -> Match:
        op = _OPERATORS[str(node.op)]
        if op in ("=~", "!~") and NOT_RE2.search(node.value):
            raise NotPromQL(f"Prometheus cannot read the regular expression {node.value!r}")
        return Match(self.name(node.name), op, node.value)

    def call(self, node: Any) -> Call:
        args = tuple(self.expr(arg) for arg in node.args)
        wanted = [str(kind) for kind in node.func.arg_types]
        for index, arg in enumerate(args):
            kind = wanted[min(index, len(wanted) - 1)].rsplit(".", 1)[-1].lower() if wanted else ""
            if kind in ("vector", "matrix", "scalar") and type_of(arg) not in (kind, "?"):
                raise NotPromQL(f"{node.func.name}() wants a {kind}, not a {type_of(arg)}")
        return Call(node.func.name, args)

    def aggregate(self, node: Any) -> Aggregate:
        labels: tuple[str, ...] = ()
        without = False
        if node.modifier is not None:
            labels = tuple(sorted(self.name(one) for one in node.modifier.labels))
            without = str(node.modifier.type).endswith("Without")
        param = None if node.param is None else self.expr(node.param)
        return Aggregate(str(node.op).strip(), self.expr(node.expr), labels, without, param)

    def binary(self, node: Any) -> Binary:
        op = str(node.op).strip()
        left, right = self.expr(node.lhs), self.expr(node.rhs)
        modifier = node.modifier
        if modifier is None:
            return Binary(op, left, right)
        if (modifier.fill_values.lhs, modifier.fill_values.rhs) != (None, None):
            raise NotPromQL("fill() is an experiment that Prometheus rejects")
        matching = None
        card = str(modifier.card)
        group = "left" if "ManyToOne" in card else "right" if "OneToMany" in card else ""
        if modifier.matching is not None:
            labels = tuple(sorted(self.name(one) for one in modifier.matching.labels))
            ignoring = str(modifier.matching.type).endswith("Exclude")
            include = tuple(sorted(self.name(one) for one in modifier.group_labels or ()))
            matching = Matching(labels, ignoring, group, include)  # type: ignore[arg-type]
        return Binary(op, left, right, matching, modifier.return_bool)

    def minus(self, node: Any) -> Expr:
        of = self.expr(node.expr)
        return Number(-of.value) if isinstance(of, Number) else Minus(of)

    def number(self, value: float) -> Expr:
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

    def at(self, node: Any) -> str:
        if node.at is None:
            return ""
        kind = str(node.at.type)
        if kind.endswith("Start"):
            return "start()"
        if kind.endswith("End"):
            return "end()"
        moment = node.at.at.timestamp()
        return self.times.get(moment) or number(moment)


_OPERATORS: dict[str, Any] = {
    "MatchOp.Equal": "=",
    "MatchOp.NotEqual": "!=",
    "MatchOp.Re": "=~",
    "MatchOp.NotRe": "!~",
    **{op: op for op in ("=", "!=", "=~", "!~")},
}


def _says_name(match: Match) -> bool:
    """Whether `{__name__="x"}` is `x`; what a variable holds may be no name that stands bare."""
    return match.op == "=" and bool(match.value) and not VARIABLE.search(match.value)


def type_of(expr: Expr) -> str:
    """What PromQL calls it: vector, matrix, scalar or string; "?" where a variable decides."""
    match expr:
        case Number() | Call("time" | "pi" | "scalar"):
            return "scalar"
        case Text():
            return "string"
        case Window() | Subquery():
            return "matrix"
        case Variable():
            return "?"
        case Minus(of):
            return type_of(of)
        case Binary(left=left, right=right):
            sides = {type_of(left), type_of(right)}
            return "vector" if "vector" in sides else "?" if "?" in sides else "scalar"
        case _:
            return "vector"
