"""From numbers to what a panel shows: its unit, its ends, its thresholds; and what cannot stand in one panel."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from panels.alarms import alarm_lines, alerts_of
from panels.panel import Limits, Look, State, Step
from panels.theme import CLEAR, GREEN, RED, YELLOW
from queries import BOOL, Counter, Gauge, Histogram, Mistake, Quantity, Query, Summary, Unit
from queries.condition import limit_of, within_reach

#: What a flag's values are called where nobody says another word for them.
UP_OR_DOWN = (State(0, "down", RED), State(1, "up", GREEN))


#: How a metric becomes a number.
_READ = {Counter: "rate(...)", Gauge: "total(...)", Histogram: "quantile(0.95, ...)", Summary: "mean(...)"}


def numbers_only(title: str, queries: Iterable[object]) -> None:
    """Mistake for what is no number: a metric that nobody reads, a text, an alert's condition."""
    for one in queries:
        if not isinstance(one, Query):
            raise Mistake(
                f"panel {title!r} asks a {type(one).__name__}", fix=_READ.get(type(one), "a number: rate(...)")
            )


def one_unit(title: str, queries: Sequence[Query], look: Look) -> Unit:
    """The unit that all numbers of an axis have; Mistake where they mix."""
    if not queries:
        raise Mistake(f"panel {title!r} has no query")
    numbers_only(title, queries)
    if any(query.kind == "buckets" for query in queries):
        raise Mistake(f"panel {title!r} shows buckets as if they were values", fix="heatmap(...), or quantile(...)")
    units = {query.unit for query in queries}
    if len(units) > 1:
        listed = ", ".join(sorted(unit.name for unit in units))
        fix = "one panel a unit, or right=[...] for a second axis"
        raise Mistake(f"panel {title!r} mixes units: {listed}", fix=fix)
    own = units.pop()
    said = look.get("unit", own)
    if not isinstance(said, Unit):
        raise Mistake(f"panel {title!r}: unit={said!r} is no unit", fix=f"leave it out: {own}")
    if said.dimension != own.dimension:
        raise Mistake(f"panel {title!r}: {own} cannot be shown in {said}")
    return said


def shown_in(queries: Iterable[Query], unit: Unit) -> tuple[Query, ...]:
    """The numbers in the unit that the panel shows."""
    return tuple(query if query.unit == unit else query.as_unit(unit) for query in queries)


def ends(queries: Sequence[Query]) -> tuple[float | None, float | None]:
    """The least and the greatest value that any of the numbers can have; None where one of them has no end."""
    lows, highs = [query.low for query in queries], [query.high for query in queries]
    low = None if None in lows else min(one for one in lows if one is not None)
    high = None if None in highs else max(one for one in highs if one is not None)
    return low, high


def widest(queries: Sequence[Query]) -> Query:
    """The numbers of one axis as one: a limit is in reach where any of them can come to it."""
    low, high = ends(queries)
    return replace(queries[0], low=low, high=high)


def states(queries: Sequence[Query], look: Look) -> tuple[State, ...]:
    """What the values are called: as said, else the two words of a flag."""
    said = look.get("states")
    if said is not None:
        return tuple(said)
    return UP_OR_DOWN if queries[0].unit == BOOL else ()


def limit_lines(query: Query, limits: Limits) -> tuple[Step, ...]:
    """Thresholds that are drawn as lines: no colour below the first one."""
    lines = sorted((value, color) for _, color, value in _said(query, limits))
    return (Step(None, CLEAR), *(Step(value, color) for value, color in lines)) if lines else ()


def zones(query: Query, limits: Limits) -> tuple[Step, ...]:
    """Thresholds that colour the value itself: fine, soon not, not."""
    said = _said(query, limits)
    if not said:
        return ()
    steps: list[Step] = []
    color_below = GREEN
    for value, color in sorted(((v, c) for side, c, v in said if side == "below"), reverse=True):
        steps.insert(0, Step(value, color_below))
        color_below = color
    above = sorted((v, c) for side, c, v in said if side == "above")
    return (Step(None, color_below), *steps, *(Step(value, color) for value, color in above))


def _said(query: Query, limits: Limits) -> list[tuple[str, str, float]]:
    colors = {"yellow": YELLOW, "red": RED}
    found = []
    for name, limit in limits.items():
        color, _, side = name.partition("_")
        if color not in colors or side not in ("above", "below"):
            continue
        if not isinstance(limit, Quantity | int | float):
            raise Mistake(f"{name}={limit!r} is no limit", fix="a number, or a quantity: SECONDS(2)")
        amount = limit_of(query, limit)
        within_reach(query, amount)
        found.append((side, colors[color], amount.value))
    alarms = alarm_lines(query, alerts_of(limits))
    for side, color, value in found:
        red = next((one for its, painted, one in alarms if (its, painted) == (side, RED)), value)
        if color == RED and value != red:
            what = f"red_{side}={value:g}, and its alert rings at {red:g}: red is the alarm's colour"
            raise Mistake(what, fix=f"leave red_{side} out, or say yellow_{side}")
    found = list(dict.fromkeys([*found, *alarms]))
    _in_order(found)
    return found


def _in_order(said: list[tuple[str, str, float]]) -> None:
    for side, sign in (("above", 1), ("below", -1)):
        yellow, red = ([v for its, one, v in said if (its, one) == (side, color)] for color in (YELLOW, RED))
        late = next((v for v in yellow if red and (red[0] - v) * sign <= 0), None)
        if late is not None:
            raise Mistake(f"yellow_{side}={late:g} comes after red_{side}={red[0]:g}", fix="swap them")
    below = [v for side, _, v in said if side == "below"]
    above = [v for side, _, v in said if side == "above"]
    if below and above and max(below) >= min(above):
        raise Mistake(f"no value is fine between {max(below):g} (below) and {min(above):g} (above)")
