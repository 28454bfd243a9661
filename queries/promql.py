"""One tree, two readers: a person at a dashboard, and Prometheus itself. The only place where PromQL text is made.

The text is canonical: fewest parentheses, matchers and kept labels sorted, one blank where there is one. What is
printed parses to the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

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
from queries.labels import TARGET

if TYPE_CHECKING:
    from queries.metric import Metric, Role

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

#: All that decides which matchers a selector of a metric has, for one reader.
_Asked: TypeAlias = "tuple[tuple[str, ...], tuple[str, ...], Role | bool | None, str, tuple[Match, ...]]"


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
    #: The matchers of a selector as text, by all that decides them: most numbers of a page ask the same few scopes.
    _texts: dict[_Asked, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def scope(self, metric: Metric, said: tuple[Match, ...]) -> tuple[Match, ...]:
        """The matchers that this reader adds to those that were said: the role's job, the page's variables."""
        exact = [one.label for one in said if one.op == "="]
        return (*said, *(one for one in self._added(metric) if one.label not in exact))

    def matchers(self, metric: Metric, said: tuple[Match, ...]) -> str:
        """Those that were said and those that are added, as they stand between braces."""
        # most are of the page's own role: that it is the same one says all, and to hash a role takes longer than this
        whose = metric.role is self.role or metric.role
        asked = (metric.label_names, metric.targets, whose, metric.shared_with, said)
        text = self._texts.get(asked)
        if text is None:
            text = self._texts[asked] = _matchers(self.scope(metric, said))
        return text

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
    return PRINTERS[type(expr)](expr, reader)


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


def _series(select: Select, reader: Reader) -> str:
    """A selector without what says when: behind a window that stands last."""
    said, metric = select.match, select.metric
    matchers = reader.matchers(metric, said) if metric is not None else _matchers(said)
    name = _name(select.name)
    if name != select.name:
        name, matchers = "", f"{name}, {matchers}" if matchers else name
    return f"{name}{{{matchers}}}" if matchers or not name else name


def _matchers(said: Iterable[Match]) -> str:
    # sorted as text: comparing values of three fields costs more than all else here
    return ", ".join(sorted(map(_match, said)))


def _select(expr: Select, reader: Reader) -> str:
    return _series(expr, reader) + _when(expr)


def _window(expr: Window, reader: Reader) -> str:
    return f"{_series(expr.of, reader)}[{reader.windows.get(expr.span, expr.span)}]{_when(expr.of)}"


def _subquery(expr: Subquery, reader: Reader) -> str:
    windows = reader.windows
    window = f"{windows.get(expr.span, expr.span)}:{windows.get(expr.step, expr.step)}"
    return f"{_at_least(expr.of, ATOM, reader)}[{window}]{_when(expr)}"


def _call(expr: Call, reader: Reader) -> str:
    if len(expr.args) == 1:  # as most: a comprehension is a call of its own
        (arg,) = expr.args
        return f"{expr.function}({PRINTERS[type(arg)](arg, reader)})"
    return f"{expr.function}({', '.join([PRINTERS[type(arg)](arg, reader) for arg in expr.args])})"


def _minus(expr: Minus, reader: Reader) -> str:
    return f"-{_after_operator(expr.of, UNARY + 1, reader)}"


def _aggregate(expr: Aggregate, reader: Reader) -> str:
    args = PRINTERS[type(expr.of)](expr.of, reader)
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


#: How each kind of node is printed; looked up, since asking a node what it is, kind by kind, took a third of the time.
PRINTERS: Mapping[type[Expr], Callable[[Any, Reader], str]] = {
    Select: _select,
    Window: _window,
    Subquery: _subquery,
    Call: _call,
    Aggregate: _aggregate,
    Binary: _binary,
    Minus: _minus,
    Number: lambda expr, _: number(expr.value),
    Text: lambda expr, _: quoted(expr.value),
    Variable: lambda expr, _: expr.text,
}
