"""What a scenario takes for granted: the number that its alert judges is what we made it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cli.scenarios.derive.condition import Clause, Never, Presence, Test
from cli.scenarios.derive.rehearsal import Rehearsal
from queries.expr import Aggregate, Call, Expr, Number, Window
from queries.promql import to_promql
from queries.scenario import Value
from queries.value_type import type_of

#: How far Prometheus' arithmetic and ours may be apart: samples are written with twelve digits.
CLOSE = 1e-6


def premise(clause: Clause, seen: Rehearsal, index: int) -> Iterator[Value]:
    """The judged number at a sample, all its series added up; nothing where there is none."""
    for expr in _judged(clause):
        yield from premise_of(expr, seen, index)


def premise_of(expr: Expr, seen: Rehearsal, index: int) -> Iterator[Value]:
    """An expression at a sample, all its series added up; nothing where that is no number."""
    found = seen.value(expr, index)
    if isinstance(expr, Number) or not all(map(math.isfinite, found.values())):
        return
    text = to_promql(expr)
    text = f"vector({text})" if type_of(expr) == "scalar" else text
    yield Value(f"sum({text})", seen.at(index), math.fsum(found.values()) if found else None, CLOSE, premise=True)


def _judged(clause: Clause) -> Iterator[Expr]:
    match clause:
        case Test(judged=judged, limit=limit):
            yield judged
            yield limit
        case Presence(expr=Call(_, (Window(of=of),)), absent=True) | Presence(expr=Call(_, (of,)), absent=True):
            yield Aggregate("count", of)
        case Presence(expr=expr) | Never(expr=expr):
            yield Aggregate("count", expr)
