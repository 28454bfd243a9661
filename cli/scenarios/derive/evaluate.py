"""PromQL over straight lines: what an expression gives at a moment of a world that is made up.

Only what the shapes of alerts need; promtool says of every derived scenario whether this agrees with Prometheus.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from cli.scenarios.derive.functions import of_each, quantiles
from cli.scenarios.derive.labels import Labels, labels
from cli.scenarios.derive.operators import Vector, aggregated, of_numbers, of_vectors, with_number
from cli.scenarios.derive.over_time import OF_SAMPLES, OF_VALUES, Samples, line, quantile
from cli.scenarios.derive.unsolved import Unsolved
from cli.scenarios.derive.world import World, span
from queries.expr import Aggregate, Binary, Call, Expr, Minus, Number, Select, Subquery, Text, Window

#: Seconds between two values of a subquery that does not say it; Prometheus' own default.
STEP = 60.0


def vector(expr: Expr, world: World, at: float) -> Vector:
    """The series of an expression's answer; a number is a series without labels.

    Raises:
        Unsolved: something in it is beyond us, or Prometheus itself would refuse it.
    """
    value = evaluated(expr, world, at)
    return value if isinstance(value, dict) else {(): value}


def evaluated(expr: Expr, world: World, at: float) -> Vector | float:
    """What an expression gives, in seconds since the first sample."""
    match expr:
        case Number(value):
            return value
        case Minus(of):
            return evaluated(Binary("*", Number(-1.0), of), world, at)
        case Select():
            return _selected(expr, world, at)
        case Aggregate(of=of, param=param):
            number = None if param is None or isinstance(param, Text) else _number(param, world, at)
            return aggregated(expr, vector(of, world, at), number)
        case Binary(left=left, right=right):
            one, other = evaluated(left, world, at), evaluated(right, world, at)
            if isinstance(one, dict):
                if isinstance(other, dict):
                    return of_vectors(expr, one, other)
                return with_number(expr, one, other, number_first=False)
            if isinstance(other, dict):
                return with_number(expr, other, one, number_first=True)
            return of_numbers(expr, one, other)
        case Call():
            return _called(expr, world, at)
    raise Unsolved(f"{type(expr).__name__.lower()} is not turned round")


def _selected(select: Select, world: World, at: float) -> Vector:
    _plain(select)
    when = at - span(select.offset)
    found: Vector = {}
    for of, track in world.picked(select):
        value = track.latest(when)
        if value is not None:
            found[of] = value
    if select.name in world.recorded:
        recorded = _recorded(select.name, world, math.floor(when / world.interval + 1e-9))
        found |= {of: value for of, value in recorded.items() if world.finds(select, of)}
    return found


def _recorded(name: str, world: World, index: int) -> Vector:
    """What recording rules wrote at an evaluation."""
    index = world.alike(index, max(rule.reach for rule in world.recorded[name]))
    known = world.remembered.get((name, index))
    if known is None:
        known = {}
        world.remembered[name, index] = known
        for rule in world.recorded[name] if index >= 0 else ():
            made = vector(rule.expr, world, index * world.interval)
            known |= {labels(dict(of) | dict(rule.labels)): value for of, value in made.items()}
    return known


def _windows(of: Window | Subquery, world: World, at: float) -> Iterator[tuple[Labels, Samples, float, float]]:
    if isinstance(of, Window):
        _plain(of.of)
        end = at - span(of.of.offset)
        begin = end - span(of.span)
        for found, track in world.picked(of.of):
            yield found, track.between(begin, end), begin, end
        if of.of.name in world.recorded:
            for found, samples in _rerecorded(of.of, world, begin, end).items():
                yield found, samples, begin, end
        return
    end = at - span(of.offset)
    begin = end - span(of.span)
    for found, samples in _again(of.of, world, begin, end, span(of.step) or STEP).items():
        yield found, samples, begin, end


def _rerecorded(of: Select, world: World, begin: float, end: float) -> dict[Labels, list[tuple[float, float]]]:
    """What recording rules wrote at every evaluation of a window; most of them wrote what they had written before."""
    interval = world.interval
    found: dict[Labels, list[tuple[float, float]]] = defaultdict(list)
    reach = max(rule.reach for rule in world.recorded[of.name])
    index, last = max(0, math.ceil(begin / interval - 1e-9)), math.floor(end / interval + 1e-9)
    while index <= last:
        after = min(world.until(index, reach), last + 1)
        times = [one * interval for one in range(index, after)]
        for one, value in _recorded(of.name, world, index).items():
            if world.finds(of, one):
                found[one] += [(when, value) for when in times]
        index = after
    return found


def _again(of: Expr, world: World, begin: float, end: float, step: float) -> dict[Labels, list[tuple[float, float]]]:
    """An expression evaluated again and again, at whole multiples of a step."""
    found: dict[Labels, list[tuple[float, float]]] = defaultdict(list)
    for index in range(max(0, math.ceil(begin / step - 1e-9)), math.floor(end / step + 1e-9) + 1):
        for one, value in vector(of, world, index * step).items():
            found[one].append((index * step, value))
    return found


def _called(node: Call, world: World, at: float) -> Vector | float:
    match node.function, node.args:
        case "time", ():
            return at
        case "vector", (of,):
            return {(): _number(of, world, at)}
        case "scalar", (of,):
            values = list(vector(of, world, at).values())
            return values[0] if len(values) == 1 else math.nan
        case "absent", (of,):
            return {} if vector(of, world, at) else {_said(of): 1.0}
        case "absent_over_time", ((Window() | Subquery()) as of,):
            there = any(samples for _, samples, _, _ in _windows(of, world, at))
            return {} if there else {_said(of.of): 1.0}
        case "histogram_quantile", (q, of):
            return quantiles(_number(q, world, at), vector(of, world, at))
        case "quantile_over_time", (q, (Window() | Subquery()) as of):
            share = _number(q, world, at)
            found = _windows(of, world, at)
            return {one: quantile(share, [value for _, value in seen]) for one, seen, _, _ in found if seen}
        case "predict_linear", ((Window() | Subquery()) as of, ahead):
            later = _number(ahead, world, at)
            lines = {one: line(seen, at) for one, seen, _, _ in _windows(of, world, at)}
            return {one: its[1] + its[0] * later for one, its in lines.items() if its is not None}
        case function, ((Window() | Subquery()) as of,):
            return _over_window(function, of, world, at)
        case function, (of, *rest):
            texts = [one.value if isinstance(one, Text) else _number(one, world, at) for one in rest]
            return of_each(function, vector(of, world, at), texts)
    raise Unsolved(f"{node.function}() is not turned round")


def _over_window(function: str, of: Window | Subquery, world: World, at: float) -> Vector:
    if function in OF_VALUES:
        over = OF_VALUES[function]
        found = _windows(of, world, at)
        return {one: float(over([value for _, value in seen])) for one, seen, _, _ in found if seen}
    if function not in OF_SAMPLES:
        raise Unsolved(f"{function}() is not turned round")
    rising = OF_SAMPLES[function]
    made = ((one, rising(seen, begin, end)) for one, seen, begin, end in _windows(of, world, at))
    return {one: value for one, value in made if value is not None}


def _number(expr: Expr, world: World, at: float) -> float:
    value = evaluated(expr, world, at)
    if isinstance(value, dict):
        raise Unsolved("a vector stands where a number belongs")
    return value


def _said(of: Expr) -> Labels:
    """The labels that absent() can tell: those that the selector says exactly."""
    if not isinstance(of, Select):
        return ()
    said = [one for one in of.match if one.op == "="]
    twice = {one.label for one in of.match if sum(one.label == other.label for other in of.match) > 1}
    return labels({one.label: one.value for one in said if one.label not in twice})


def _plain(select: Select) -> None:
    if select.at:
        raise Unsolved("a selector has a fixed time (@)")
    if not select.name or any(one.label == "__name__" for one in select.match):
        raise Unsolved("a selector says no name")
    if select.name in ("ALERTS", "ALERTS_FOR_STATE"):
        raise Unsolved("it asks what other alerts do")
