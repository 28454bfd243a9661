"""One tree, two readers: a person at a dashboard, and Prometheus itself. The only place where PromQL text is made.

The text is canonical: fewest parentheses, matchers and kept labels sorted, one blank where there is one. What is
printed parses to the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
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
_VARIABLE = r"\$\w+|\$\{[^}]+\}|\[\[[^\[\]]+\]\]"
#: Identifiers that mean something else where a name stands, and where a label stands.
_NO_NAME = "inf|nan|anchored|smoothed|bool|on|ignoring|group_left|group_right|atan2"
_NO_LABEL = "inf|nan|anchored|smoothed|without"
PLAIN_NAME = re.compile(rf"(?!(?i:{_NO_NAME})$)(?:[a-zA-Z_:]|{_VARIABLE})(?:[a-zA-Z0-9_:]|{_VARIABLE})*")
PLAIN_LABEL = re.compile(rf"(?!(?i:{_NO_LABEL})$)(?:[a-zA-Z_]|{_VARIABLE})(?:[a-zA-Z0-9_]|{_VARIABLE})*")
_CONTROL = {code: f"\\u{code:04x}" for code in range(32)}
_NO_NUMBERS = {"nan": "NaN", "inf": "Inf", "-inf": "-Inf"}
ESCAPES = _CONTROL | str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


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
    #: What was found out of a metric, by its identity; the metric itself keeps that alive.
    _known: dict[int, tuple[Metric, tuple[Match, ...]]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def scope(self, metric: Metric, said: tuple[Match, ...]) -> tuple[Match, ...]:
        """The matchers that this reader adds to those that were said: the role's job, the page's variables."""
        known = self._known.get(id(metric))
        if known is None:
            known = self._known[id(metric)] = (metric, tuple(self._added(metric)))
        added = known[1]
        if not said:
            return added
        exact = [one.label for one in said if one.op == "="]
        return (*said, *(one for one in added if one.label not in exact))

    def _added(self, metric: Metric) -> Iterator[Match]:
        """The page's variables on labels that the metric bears, and its role's job, unless a variable narrows that."""
        ours = metric.role is not None and metric.role == self.role
        for label, variable in self.variables.items():
            if label in metric.label_names and (ours or label not in TARGET):
                yield Match(label, "=~", f"${variable}")
        if metric.role is None or "job" not in metric.targets or (ours and "job" in self.variables):
            return
        renamed = self.jobs.get(str(metric.role))
        if renamed or metric.names_its_job:
            yield Match("job", "=", renamed or metric.role.job)


ON_DASHBOARD = Reader()


def in_rule(window: str = "5m", *, jobs: Mapping[str, str] | None = None) -> Reader:
    """Prometheus as the reader: fixed windows, the roles' jobs, no variables."""
    return Reader({RATE_INTERVAL: window, RANGE: "1d"}, jobs=jobs or {})


def to_promql(expr: Expr, reader: Reader = ON_DASHBOARD) -> str:
    """The tree as text."""
    match expr:
        case Select():
            return _select(expr, reader) + _when(expr)
        case Window():
            return f"{_select(expr.of, reader)}[{reader.windows.get(expr.span, expr.span)}]{_when(expr.of)}"
        case Aggregate():
            return _aggregate(expr, reader)
        case Call():
            return f"{expr.function}({', '.join([to_promql(arg, reader) for arg in expr.args])})"
        case Binary():
            return _binary(expr, reader)
        case Number():
            return number(expr.value)
        case Text():
            return quoted(expr.value)
        case Variable():
            return expr.text
        case Minus():
            return f"-{_after_operator(expr.of, UNARY + 1, reader)}"
        case Subquery(of, span, step):
            window = f"{reader.windows.get(span, span)}:{reader.windows.get(step, step)}"
            return f"{_at_least(of, ATOM, reader)}[{window}]{_when(expr)}"
    assert_never(expr)


def _tightness(expr: Expr) -> int:
    """How tightly the text of a tree holds together."""
    match expr:
        case Binary():
            return PRECEDENCE[expr.op]
        case Minus():
            return UNARY
        case Number():
            return UNARY if number(expr.value).startswith("-") else ATOM
        case _:
            return ATOM


def _at_least(expr: Expr, precedence: int, reader: Reader) -> str:
    text = to_promql(expr, reader)
    return text if _tightness(expr) >= precedence else f"({text})"


def _after_operator(expr: Expr, precedence: int, reader: Reader) -> str:
    """What stands behind an operator: a sign there needs no parentheses."""
    return _at_least(expr, UNARY if isinstance(expr, Minus | Number) else precedence, reader)


def _select(select: Select, reader: Reader) -> str:
    match = select.match
    if select.metric is not None:
        match = reader.scope(select.metric, match)
    # sorted as text: comparing values of three fields costs more than all else here
    parts = sorted(map(_match, match))
    name = _name(select.name)
    if name != select.name:
        name, parts = "", [name, *parts]
    return f"{name}{{{', '.join(parts)}}}" if parts or not name else name


def _aggregate(expr: Aggregate, reader: Reader) -> str:
    args = to_promql(expr.of, reader)
    if expr.param is not None:
        args = f"{to_promql(expr.param, reader)}, {args}"
    if expr.without:
        return f"{expr.op} without ({_labels(expr.by)}) ({args})"
    return f"{expr.op} by ({_labels(expr.by)}) ({args})" if expr.by else f"{expr.op}({args})"


def _binary(expr: Binary, reader: Reader) -> str:
    own = PRECEDENCE[expr.op]
    right_first = expr.op == "^"
    left = _at_least(expr.left, own + right_first, reader)
    right = _after_operator(expr.right, own + (not right_first), reader)
    returns = " bool" if expr.returns_bool else ""
    return f"{left} {expr.op}{returns}{_matching(expr.matching)} {right}"


def _matching(matching: Matching | None) -> str:
    if matching is None:
        return ""
    text = f" {'ignoring' if matching.ignoring else 'on'} ({_labels(matching.labels)})"
    if matching.group:
        text += f" group_{matching.group} ({_labels(matching.include)})"
    return text


@lru_cache(4096)
def _labels(names: tuple[str, ...]) -> str:
    return ", ".join(map(_label, sorted(names)))


@lru_cache(4096)
def _match(match: Match) -> str:
    return f"{_label(match.label)}{match.op}{quoted(match.value)}"


@lru_cache(4096)
def _name(name: str) -> str:
    return name if not name or PLAIN_NAME.fullmatch(name) else quoted(name)


@lru_cache(4096)
def _label(name: str) -> str:
    return name if PLAIN_LABEL.fullmatch(name) else quoted(name)


def _when(expr: Select | Subquery) -> str:
    return (f" @ {expr.at}" if expr.at else "") + (f" offset {expr.offset}" if expr.offset else "")


def quoted(text: str) -> str:
    """A PromQL string: double quotes, and an escape for what a line of text cannot hold."""
    return f'"{text.translate(ESCAPES)}"'


def number(value: float) -> str:
    """A number as short as it parses back to itself."""
    text = repr(float(value))
    return _NO_NUMBERS.get(text) or text.removesuffix(".0")


def bucket(bound: float) -> str:
    """A bucket's `le` as Prometheus 3 and every client library of today writes it: "1.0", "+Inf"."""
    return "+Inf" if bound == float("inf") else repr(float(bound))
