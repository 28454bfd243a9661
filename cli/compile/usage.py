"""Where a number is used: every panel, recording and alert whose expression holds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cli.compile.project import Project
from queries import AlertRule, Query
from queries.expr import Aggregate, Expr, rebuild, walk


@dataclass(frozen=True, slots=True)
class Use:
    """One place that shows, records or judges a number."""

    kind: Literal["panel", "alert", "recording"]
    what: str
    place: str


def uses(numbers: Sequence[Query], project: Project) -> Iterator[Use]:
    """Every use of any of the numbers, also kept by other labels or as part of another number."""
    wanted = {_shape(number.expr) for number in numbers}
    for page, panel in project.panels():
        if any(_holds(target.query.expr, wanted) for target in panel.targets if target.query):
            yield Use("panel", f'{page.uid} / "{panel.title}"', str(panel.source))
    for _, rule, _placed in project.rules():
        if isinstance(rule, AlertRule):
            if _holds(rule.when.expr, wanted):
                yield Use("alert", rule.alert, str(rule.source))
        elif _holds(rule.number.expr, wanted):
            yield Use("recording", rule.record, str(rule.source))


def _holds(expr: Expr, wanted: set[Expr]) -> bool:
    return any(node in wanted for node in walk(_shape(expr)))


def _shape(expr: Expr) -> Expr:
    """The expression whatever labels it keeps: `requests("handler")` is `requests()` too."""
    return rebuild(expr, _without_labels)


def _without_labels(node: Expr) -> Expr:
    if isinstance(node, Aggregate) and not node.without:
        return replace(node, by=tuple(one for one in node.by if one == "le"))
    return node
