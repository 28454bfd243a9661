"""PromQL as a tree of frozen values: no text, no Grafana, no Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from queries.metric import Metric

#: Windows that Grafana computes; a rule reader replaces them by fixed ones.
RATE_INTERVAL = "$__rate_interval"
RANGE = "$__range"
#: Operators that let only some series through, unless they answer with a flag.
COMPARISONS = frozenset({"==", "!=", ">", "<", ">=", "<="})


class Match(NamedTuple):
    """One label matcher: `label op "value"`."""

    label: str
    op: Literal["=", "!=", "=~", "!~"]
    value: str


@dataclass(frozen=True, slots=True)
class Select:
    """Series by name and labels.

    Attributes:
        metric: what is known of the name; with it the reader adds the role's job and the page's variables.
        offset: how far back: "7d"; at: "start()", "end()" or Unix seconds.
    """

    name: str
    match: tuple[Match, ...] = ()
    metric: Metric | None = None
    offset: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The samples of series over a span of time: `x[5m]`."""

    of: Select
    span: str = RATE_INTERVAL


@dataclass(frozen=True, slots=True)
class Subquery:
    """An expression evaluated again and again over a span: `(...)[1h:5m]`."""

    of: Expr
    span: str
    step: str = ""
    offset: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of PromQL."""

    function: str
    args: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Many series into fewer: `by` keeps these labels, `without` all others; `param` is topk's k."""

    op: str
    of: Expr
    by: tuple[str, ...] = ()
    without: bool = False
    param: Expr | None = None


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions and an operator; `matching` says which labels make two series partners."""

    op: str
    left: Expr
    right: Expr
    matching: Matching | None = None
    returns_bool: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """`on (labels)` or `ignoring (labels)`, and which side may have many partners."""

    labels: tuple[str, ...] = ()
    ignoring: bool = False
    group: Literal["", "left", "right"] = ""
    include: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Minus:
    """The negative of an expression."""

    of: Expr


@dataclass(frozen=True, slots=True)
class Number:
    """A number."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A string, as functions like `label_replace` take it."""

    value: str


@dataclass(frozen=True, slots=True)
class Variable:
    """One of Grafana's variables where a number or a name stands: `$k`."""

    text: str


Expr: TypeAlias = Select | Window | Subquery | Call | Aggregate | Binary | Minus | Number | Text | Variable


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node, in the order of the text."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def children(expr: Expr) -> tuple[Expr, ...]:
    """The nodes directly below, in the order of the text."""
    match expr:
        case Window(of) | Subquery(of) | Minus(of):
            return (of,)
        case Call(_, args):
            return args
        case Aggregate(param=param, of=of):
            return (of,) if param is None else (param, of)
        case Binary(left=left, right=right):
            return (left, right)
        case _:
            return ()


def selects(expr: Expr) -> Iterator[Select]:
    """Every selector of the tree."""
    return (node for node in walk(expr) if isinstance(node, Select))


def rebuild(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The same tree with every node replaced by what `change` makes of it, leaves first."""
    match expr:
        case Window(of):
            below = rebuild(of, change)
            # a function over the samples of a window takes the window's place
            expr = replace(expr, of=below) if isinstance(below, Select) else below
        case Subquery(of) | Minus(of):
            expr = replace(expr, of=rebuild(of, change))
        case Call(args=args):
            expr = replace(expr, args=tuple(rebuild(arg, change) for arg in args))
        case Aggregate(of=of, param=param):
            expr = replace(expr, of=rebuild(of, change), param=param and rebuild(param, change))
        case Binary(left=left, right=right):
            expr = replace(expr, left=rebuild(left, change), right=rebuild(right, change))
        case _:
            pass
    return change(expr)
