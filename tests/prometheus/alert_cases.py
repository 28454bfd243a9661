"""The situations that an alert's own values ask for: just beyond its limit for long enough, just inside, gone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from queries import AlertRule, RuleGroup
from queries.duration import seconds, spelled
from queries.expr import Binary, Call, Expr, Number, Select, Window, rebuild, selects, walk
from queries.promql import to_promql
from tests.prometheus.alert_series import (
    READER,
    Line,
    Lines,
    Place,
    lines,
    notation,
    one_after_the_other,
)
from tests.prometheus.promtool import Case, RuleFile, firing, holds, rule_file

#: How far beyond a limit, or inside it, a value is.
MARGIN = 0.02
#: Samples are this far apart; coarser where it must be watched for long.
INTERVALS = (15, 60, 600)
ENOUGH = 400
#: So many times what a guard asks for.
PLENTY = 5000


@dataclass(frozen=True, slots=True)
class Situation:
    """Series, and what must come of them.

    Attributes:
        name: what it is.
        fires: whether the alert fires, once it has lasted.
        series: what there is.
        number: what is judged; None where nothing is there to be judged.
        value: which value it has.
        before: the series of the time before, so long ago that a comparison looks back at them.
        offset: how long that is.
        fills: whether the number has the value only when its windows are full.
    """

    name: str
    fires: bool
    series: Lines
    number: Expr | None = None
    value: float = 0.0
    before: Lines | None = None
    offset: str = ""
    fills: bool = False


def cases(groups: tuple[RuleGroup, ...]) -> Iterator[Case]:
    """Every situation of every alert of the groups, siblings included."""
    for group in groups:
        for rule in group.alerts():
            alone = rule_file([replace(group, rules=(replace(rule, gone=None),))])
            for one in situations(rule.when.expr):
                yield _case(rule, one, alone)


def situations(expr: Expr) -> Iterator[Situation]:
    """What can be the case with a condition."""
    match expr:
        case Call("absent", (Select() as select,)):
            yield Situation("it is gone", fires=True, series={'up{job="another", instance="c:80"}': Line(1.0)})
            yield Situation("it is there", fires=False, series=lines(select, 1.0))
        case Binary("or", main, Call("absent") as gone):
            yield from situations(main)
            yield next(situations(gone))
        case Binary("and", Binary(">", long, Number(limit)), Binary(">", short, Number(same))) if limit == same:
            yield from _in_both(long, short, limit)
        case Binary("and", main, Binary(">", guard, Number(floor))):
            yield from _guarded(main, guard, floor)
        case Binary(op, judged, Number(limit)):
            for fires in (True, False):
                yield _against(judged, op, limit, fires=fires)
        case Binary("<", judged, other):
            yield from _against_the_past(judged, other)
        case _:
            raise NotImplementedError(f"no situation for {expr}")


def _against(judged: Expr, op: str, limit: float, *, fires: bool, whole: float = 10.0) -> Situation:
    """A value just beyond a limit, or just inside."""
    step = abs(limit) * MARGIN or 1.0
    value = {">": limit + step, "<": limit - step, "==": limit}[op]
    if not fires:
        value = {">": limit - step, "<": limit + step, "==": limit + step}[op]
    name = f"{'beyond' if fires else 'inside'} {limit:g}"
    counts = any(isinstance(node, Call) and node.function == "increase" for node in walk(judged))
    return Situation(
        name,
        fires=fires,
        series=lines(judged, value, Place(whole=whole)),
        number=judged,
        value=value,
        fills=counts and value != 0,
    )


def _in_both(long: Expr, short: Expr, limit: float) -> Iterator[Situation]:
    """A burn in both of its windows; in the long one alone it is over, in the short one alone it has just begun."""
    for burns, still in ((True, True), (False, False), (True, False), (False, True)):
        of_long, of_short = (_against(one, ">", limit, fires=it) for one, it in ((long, burns), (short, still)))
        name = f"{of_long.name} in the long window, {of_short.name} in the short one"
        yield replace(of_long, name=name, fires=burns and still, series={**of_long.series, **of_short.series})


def _guarded(main: Expr, guard: Expr, floor: float) -> Iterator[Situation]:
    """Beyond the limit with just enough of it, inside with plenty, beyond with too little to mean anything."""
    assert isinstance(main, Binary)
    assert isinstance(main.right, Number)
    assert {one.name for one in selects(guard)} <= {one.name for one in selects(main)}, "a guard of something else"
    limit = main.right.value
    for fires in (True, False):
        # with so much of it the guard is passed at once, and what is judged is a share: no window has to be full
        yield replace(_against(main.left, main.op, limit, fires=fires, whole=PLENTY * floor), fills=False)
    for fires, name in ((True, "of just enough"), (False, "of too little")):
        whole = floor * (1 + MARGIN if fires else 1 - MARGIN)
        one = _against(main.left, main.op, limit, fires=True, whole=whole)
        yield replace(one, name=f"{one.name}, {name}", fires=fires, fills=True)


def _against_the_past(judged: Expr, past: Expr) -> Iterator[Situation]:
    """A floor of 0.5 by the values of the past, and a value below it or above."""
    offset = next(one.offset for one in selects(past))
    floor = 0.5
    for fires, value in ((True, floor * (1 - MARGIN)), (False, floor * (1 + MARGIN))):
        name = f"{'below' if fires else 'above'} the floor of {offset} ago"
        now, then = lines(judged, value), lines(_of_now(past), floor)
        one = Situation(name, fires=fires, series=now, number=judged, value=value, fills=True)
        yield replace(one, before=then, offset=offset)


def _of_now(past: Expr) -> Expr:
    return rebuild(past, lambda node: replace(node, offset="") if isinstance(node, Select) else node)


def _case(rule: AlertRule, one: Situation, rules: RuleFile) -> Case:
    """Fires when it has lasted, not before; or never does, although the value is there."""
    lasting = seconds(rule.lasting) if rule.lasting else 0.0
    spans = (READER.windows.get(node.span, node.span) for node in walk(rule.when.expr) if isinstance(node, Window))
    settled = max((seconds(span) for span in spans), default=0.0) if one.fills else 0.0
    interval = next(one for one in INTERVALS if (lasting + settled) / one < ENOUGH)
    long_ago = seconds(one.offset) if one.offset else 0.0
    late = ceil((lasting + settled) / interval) * interval + 2 * interval
    early = max(lasting - interval, settled)
    samples = int(late / interval) + 1
    series = notation(one.series, interval, samples)
    if one.before is not None:
        first = int(long_ago / interval) + 1
        series = one_after_the_other(one.before, one.series, interval, first, samples)
    at = _span(long_ago + late)
    checks = [firing([rule.alert], at, fires=one.fires, during="" if one.fires else at)]
    if one.fires and early > 0:
        checks.append(firing([rule.alert], _span(long_ago + early), fires=False, during=_span(long_ago + early)))
    if one.number is not None:
        number = to_promql(one.number, READER)
        checks.append(holds(f"min(abs(({number}) - {one.value:.12g}) < bool {abs(one.value) / 1000 or 1e-6:.12g})", at))
    name = f"{rule.alert}: {one.name}"
    test = {"interval": _span(interval), "name": name, "input_series": series, "promql_expr_test": checks}
    return Case(name, rules, test)


def _span(length: float) -> str:
    return spelled(round(length * 1000))
