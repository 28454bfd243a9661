"""Where a number is used: every panel, recording and alert whose expression holds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cli.compile.place import near
from cli.compile.project import Project, asks
from queries import AlertRule, GivenAlert, Query, RecordingRule
from queries.expr import RATE_INTERVAL, Aggregate, Binary, Call, Expr, Number, Select, Subquery, Window, rebuild, walk
from queries.source import Source


@dataclass(frozen=True, slots=True)
class Use:
    """One place that shows, records or judges a number."""

    kind: Literal["panel", "alert", "recording"]
    what: str
    place: str


def uses(numbers: Sequence[Query], project: Project) -> Iterator[Use]:
    """Every use of any of the numbers, also as part of another one, or read from its recording."""
    wanted = {_shape(number.expr) for number in numbers}
    for _, rule in project.rules():
        if isinstance(rule, RecordingRule) and _shape(rule.number.expr) in wanted:
            wanted.add(_shape(rule.recorded.expr))
    for page, panel in project.panels():
        if any(_holds(target.query.expr, wanted) for target in panel.targets if target.query):
            yield Use("panel", f"{page.uid}: {panel.title}", _place(panel.source))
    for _, rule in project.rules():
        expr = asks(rule)
        if expr is None or not _holds(expr, wanted):
            continue
        if isinstance(rule, AlertRule | GivenAlert):
            yield Use("alert", rule.alert, _place(rule.source))
        else:
            yield Use("recording", rule.record, _place(rule.source))


def _place(source: Source) -> str:
    return f"{near(source.path)}:{source.line}"


def _holds(expr: Expr, wanted: set[Expr]) -> bool:
    return any(node in wanted for node in walk(_shape(expr)))


def _shape(expr: Expr) -> Expr:
    """The number whatever labels it keeps, over whatever window and however long ago."""
    return rebuild(expr, _bare)


def _stands_in(expr: Expr) -> bool:
    """Whether it is the 0 of a part that has no series yet: `vector(0)`, or the whole times 0."""
    return expr == Call("vector", (Number(0),)) or (
        isinstance(expr, Binary) and expr.op == "*" and expr.right == Number(0)
    )


def _bare(node: Expr) -> Expr:
    match node:
        case Aggregate(without=False):
            return replace(node, by=tuple(one for one in node.by if one == "le"))
        case Window():
            return replace(node, span=RATE_INTERVAL)
        case Subquery():
            return replace(node, span=RATE_INTERVAL, step="", offset="", at="")
        case Select():
            return replace(node, offset="", at="")
        case Call("avg_over_time", (Window(of) | Subquery(of),)):
            return of
        case Binary("or", left, right) if _stands_in(right):
            # what stands in where there is nothing to see depends on the labels
            return left
        case Binary():
            return replace(node, matching=None)
        case _:
            return node
