"""One tree, two readers: a person at a dashboard, and Prometheus itself. The only place where PromQL text is made.

The text is canonical: fewest parentheses, matchers and kept labels sorted, one blank where there is one. What is
printed parses to the same tree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from queries.expr import (
    RANGE,
    RATE_INTERVAL,
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
from queries.metric import TARGET, Metric, Role

#: Prometheus' own table; `^` alone binds to the right.
PRECEDENCE = {
    "or": 1,
    "and": 2,
    "unless": 2,
    **dict.fromkeys(("==", "!=", ">", "<", ">=", "<="), 3),
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "%": 5,
    "atan2": 5,
    "^": 6,
}
UNARY = 5
ATOM = 7
_VARIABLE = r"|\$\w+|\$\{[^}]+\}|\[\[[^\[\]]+\]\]"
PLAIN_NAME = re.compile(rf"(?:[a-zA-Z_:][a-zA-Z0-9_:]*{_VARIABLE})+")
PLAIN_LABEL = re.compile(rf"(?:[a-zA-Z_][a-zA-Z0-9_]*{_VARIABLE})+")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the text.

    Attributes:
        windows: what stands for Grafana's own windows; empty on a dashboard, where Grafana fills them in.
        role: the role that the page is about: `$job` and `$instance` narrow only its metrics.
        variables: the page's variables by the label that they narrow: {"handler": "handler"}.
        jobs: renamed jobs, by role.
    """

    windows: Mapping[str, str] = field(default_factory=dict)
    role: Role | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    jobs: Mapping[str, str] = field(default_factory=dict)

    def scope(self, metric: Metric, said: tuple[Match, ...]) -> tuple[Match, ...]:
        """The matchers that this reader adds to those that were said: the role's job, the page's variables."""
        added: list[Match] = []
        labels = {one.label for one in said if one.op == "="}
        ours = metric.role is not None and metric.role == self.role
        for label, variable in self.variables.items():
            theirs = label in TARGET and not ours
            if label not in labels and not theirs and label in metric.label_names:
                added.append(Match(label, "=~", f"${variable}"))
        if metric.role is not None and "job" in metric.targets and "job" not in labels:
            renamed = self.jobs.get(str(metric.role))
            narrowed = ours and "job" in self.variables
            if not narrowed and (renamed or metric.names_its_job):
                added.append(Match("job", "=", renamed or metric.role.job))
        return (*said, *added)


ON_DASHBOARD = Reader()


def in_rule(window: str = "5m", *, jobs: Mapping[str, str] | None = None) -> Reader:
    """Prometheus as the reader: fixed windows, the roles' jobs, no variables."""
    return Reader({RATE_INTERVAL: window, RANGE: "1d"}, jobs=jobs or {})


def to_promql(expr: Expr, reader: Reader = ON_DASHBOARD) -> str:
    """The tree as text."""
    return _print(expr, reader)[0]


def _print(expr: Expr, reader: Reader) -> tuple[str, int]:
    """The text, and how tightly it holds together."""
    match expr:
        case Select():
            return _select(expr, reader) + _when(expr.offset, expr.at), ATOM
        case Window(of, span):
            when = _when(of.offset, of.at)
            return f"{_select(of, reader)}[{reader.windows.get(span, span)}]{when}", ATOM
        case Call(function, args):
            return f"{function}({', '.join(_print(arg, reader)[0] for arg in args)})", ATOM
        case Aggregate():
            return _aggregate(expr, reader), ATOM
        case Binary():
            return _binary(expr, reader), PRECEDENCE[expr.op]
        case Number(value):
            return number(value), UNARY if math.copysign(1, value) < 0 else ATOM
        case Text(value):
            return quoted(value), ATOM
        case Variable(text):
            return text, ATOM
        case Minus(of):
            return f"-{_at_least(of, UNARY + 1, reader)}", UNARY
        case Subquery(of, span, step):
            inner = _at_least(of, ATOM, reader)
            window = f"{reader.windows.get(span, span)}:{reader.windows.get(step, step)}"
            return f"{inner}[{window}]{_when(expr.offset, expr.at)}", ATOM
    assert_never(expr)


def _at_least(expr: Expr, precedence: int, reader: Reader) -> str:
    text, own = _print(expr, reader)
    return text if own >= precedence else f"({text})"


def _select(select: Select, reader: Reader) -> str:
    match = select.match
    if select.metric is not None:
        match = reader.scope(select.metric, match)
    plain = PLAIN_NAME.fullmatch(select.name) is not None
    parts = [] if plain or not select.name else [quoted(select.name)]
    parts += [f"{_label(m.label)}{m.op}{quoted(m.value)}" for m in sorted(match)]
    name = select.name if plain else ""
    return f"{name}{{{', '.join(parts)}}}" if parts or not name else name


def _aggregate(expr: Aggregate, reader: Reader) -> str:
    args = _print(expr.of, reader)[0]
    if expr.param is not None:
        args = f"{_print(expr.param, reader)[0]}, {args}"
    if expr.without:
        return f"{expr.op} without ({_labels(expr.by)}) ({args})"
    return f"{expr.op} by ({_labels(expr.by)}) ({args})" if expr.by else f"{expr.op}({args})"


def _binary(expr: Binary, reader: Reader) -> str:
    own = PRECEDENCE[expr.op]
    right_first = expr.op == "^"
    left = _at_least(expr.left, own + right_first, reader)
    right = _at_least(expr.right, own + (not right_first), reader)
    returns = " bool" if expr.returns_bool else ""
    return f"{left} {expr.op}{returns}{_matching(expr.matching)} {right}"


def _matching(matching: Matching | None) -> str:
    if matching is None:
        return ""
    text = f" {'ignoring' if matching.ignoring else 'on'} ({_labels(matching.labels)})"
    if matching.group:
        text += f" group_{matching.group} ({_labels(matching.include)})"
    return text


def _labels(names: tuple[str, ...]) -> str:
    return ", ".join(_label(name) for name in sorted(names))


def _label(name: str) -> str:
    return name if PLAIN_LABEL.fullmatch(name) else quoted(name)


def _when(offset: str, at: str) -> str:
    return (f" @ {at}" if at else "") + (f" offset {offset}" if offset else "")


def quoted(text: str) -> str:
    """A PromQL string: double quotes, and an escape for what a line of text cannot hold."""
    return '"' + "".join(ESCAPES.get(c) or (_hex(c) if c < " " else c) for c in text) + '"'


def _hex(char: str) -> str:
    return f"\\u{ord(char):04x}"


def number(value: float) -> str:
    """A number as short as it parses back to itself."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    text = repr(float(value))
    return text.removesuffix(".0")


def bucket(bound: float) -> str:
    """A bucket's `le` as Prometheus 3 and every client library of today writes it: "1.0", "+Inf"."""
    return "+Inf" if bound == float("inf") else repr(float(bound))
