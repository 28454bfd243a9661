"""PQL408: the page turns red at another value than the alarm rings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.limits import limits
from cli.lint.question import on_page
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from queries.expr import Binary, Expr, Number, Select, Subquery, Window, rebuild
from queries.template import VARIABLE

#: Labels by which a page chooses among services; an alert says its own.
CHOSEN = frozenset({"job", "instance", "cluster", "namespace", "environment", "env", "datacenter", "region"})
#: As far as two limits may differ by rounding.
CLOSE = 1e-6


class _Number(NamedTuple):
    """An expression without what a page and an alert say differently, and the factor that was taken out of it."""

    of: Expr
    factor: float


def _of_all(world: World) -> Faults:
    alarms: dict[Expr, list[tuple[float, str]]] = defaultdict(list)
    for asked in world.ruled:
        if asked.reader != "alert" or asked.alert is None or asked.known is None:
            continue
        for limit in limits(asked.known):
            if not limit.guard and limit.op in (">", ">=", "<", "<="):
                number = _number(limit.of.node)
                alarms[number.of].append((limit.value / number.factor, asked.alert.name))
        asked.forget()
    for of in world.inputs.pages if alarms else ():
        for shown in on_page(of, world.catalogs, world.settings):
            if shown is not None:
                yield from _drawn(shown, alarms)


def _drawn(asked: Asked, alarms: dict[Expr, list[tuple[float, str]]]) -> Iterator[Fault]:
    panel = asked.panel
    steps = [value for value, _ in panel.steps[1:] if value is not None] if panel is not None else []
    if not steps or panel is None or not panel.absolute or panel.overridden or panel.transformed or asked.known is None:
        return
    number = _number(asked.known.node)
    known = alarms.get(number.of)
    if not known:
        return
    drawn = [step / number.factor for step in steps]
    for value, name in known:
        if not any(abs(one - value) <= CLOSE * max(abs(value), 1e-9) for one in drawn):
            listed = ", ".join(f"{step:g}" for step in steps)
            said = f"{value * number.factor:g}"
            yield Fault(
                f"the alert {name} fires at {said}, and this panel changes its colour at {listed}",
                hint=f"a threshold at {said}",
                spot=panel.spot,
            )


def _number(expr: Expr) -> _Number:
    factor = 1.0
    while isinstance(expr, Binary) and expr.op in ("*", "/"):
        if isinstance(expr.right, Number) and expr.right.value:
            factor *= expr.right.value if expr.op == "*" else 1 / expr.right.value
            expr = expr.left
        elif isinstance(expr.left, Number) and expr.op == "*" and expr.left.value:
            factor *= expr.left.value
            expr = expr.right
        elif isinstance(expr.left, Binary) and expr.op == "/" and isinstance(expr.left.left, Number):
            factor *= expr.left.left.value
            expr = Binary("/", expr.left.right, expr.right, expr.matching)
        else:
            break
    return _Number(rebuild(expr, _plain), factor)


def _plain(node: Expr) -> Expr:
    """Without window, and without what picks a service."""
    if isinstance(node, Window | Subquery):
        return replace(node, span="5m")
    if isinstance(node, Select):
        match = tuple(one for one in node.match if one.label not in CHOSEN and not VARIABLE.search(one.value))
        return replace(node, match=match, metric=None)
    return node


def _page(limit: float) -> dict[str, object]:
    steps = [{"color": "green"}, {"color": "red", "value": limit}]
    return page(panel('sum(queue_depth{job=~"$job"})', kind="stat", defaults={"thresholds": {"steps": steps}}))


RULES = """groups:
  - name: example
    rules:
      - alert: QueueBacklog
        expr: sum(queue_depth) > 100
        for: 10m
"""

RULE = Rule(
    id="PQL408",
    title="the panel's limit is not the alarm's",
    severity=Severity.WARNING,
    why="""A number that is judged twice must be judged alike. Where the panel turns red at 50 and the alarm rings at
    100, people learn that red means nothing; the other way round they are woken by a page that is all green.""",
    wrong=Example(page=_page(50), rules=RULES),
    right=Example(page=_page(100), rules=RULES),
    of_all=_of_all,
)
