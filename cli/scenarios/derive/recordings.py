"""Scenarios of recording rules: what is recorded, of whom, while everything goes steadily and while it changes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from cli.lint.subject import Group, Recording
from cli.scenarios.derive.alerts import recordings, source_of
from cli.scenarios.derive.cast import bystanders, strangers
from cli.scenarios.derive.evaluate import vector
from cli.scenarios.derive.labels import Labels, labels, written
from cli.scenarios.derive.naming import short
from cli.scenarios.derive.parts import Part
from cli.scenarios.derive.premise import CLOSE, premise_of
from cli.scenarios.derive.rehearsal import Judge, Rehearsal
from cli.scenarios.derive.scene import Scene
from cli.scenarios.derive.setting_up import WAYS, scene
from cli.scenarios.derive.stage import Phase, Play, Setting, State
from cli.scenarios.derive.underivable import Underivable
from cli.scenarios.derive.unsolved import Unsolved
from cli.scenarios.derive.world import Recorded, World
from queries.catalog import Catalogs
from queries.expr import Select
from queries.parse import NotPromQL, parse
from queries.promql import to_promql
from queries.scenario import Scenario, Value

#: Each part goes at its own pace, so that no two of them can be taken for each other.
APART = 0.3
#: So little of the usual is hardly anything.
LITTLE = 1e-6
#: Longer than so many samples nobody watches; a month has 720 hours.
MANY = 800
#: Nor so many, where what it reads of other recordings can be given, and coarser.
LONG = 300
#: So many of its series are looked at one by one; all are counted.
FEW = 4


def scenarios(
    groups: Sequence[Group], catalogs: Catalogs, others: Sequence[Group] = (), only: Collection[str] = ()
) -> Iterator[Scenario | Underivable]:
    """What can be derived of each recording rule, and what cannot."""
    recorded = recordings((*groups, *others))
    for group in groups:
        for place, rule in enumerate(group.recordings if not group.managed else ()):
            if only and rule.name not in only:
                continue
            earlier = frozenset(one.name for one in group.recordings[:place])
            try:
                yield from _of_recording(rule, earlier, recorded, catalogs)
            except (NotPromQL, Unsolved, ArithmeticError, RecursionError, ValueError) as why:
                yield Underivable(rule.name, str(why))


def _of_recording(
    rule: Recording, earlier: frozenset[str], recorded: Mapping[str, Sequence[Recorded]], catalogs: Catalogs
) -> list[Scenario]:
    expr = parse(rule.expr)
    judge = Judge(rule.name, expr, 0.0, 0.0, {})
    failed: Unsolved | None = None
    for way in WAYS:
        stage = scene(expr, recorded, catalogs, None, way)
        if stage.warm > LONG and _are_silent(stage):
            stage = scene(expr, {}, catalogs, None, way)
        try:
            late = _late(stage, earlier)
            kinds = (_without, _hardly, _standing)
            others = (one for kind in kinds for one in kind(stage, judge, rule, late))
            return [_watched(stage, judge, rule, late), *others]
        except Unsolved as why:
            failed = why
    raise failed or Unsolved("there is nothing in it")


def _are_silent(stage: Scene) -> bool:
    """Whether the recordings that it reads say nothing without data: then their series can be given, and coarser."""
    read = {hint.name for part in stage.cast for use in part.uses for hint in use.hints}
    empty = World(stage.interval, {}, {})
    return bool(read) and not any(vector(one.expr, empty, 0.0) for name in read for one in stage.recorded[name])


def _late(stage: Scene, earlier: frozenset[str]) -> int:
    """How many evaluations what it reads of other recordings may be late: those behind it, or of other groups.

    Raises:
        Unsolved: it matters, since it never stands still.
    """
    read = [use.hints for part in stage.cast for use in part.uses]
    late = max((len(hints) for hints in read if any(one.name not in earlier for one in hints)), default=0)
    if late and stage.warm + late > MANY:
        raise Unsolved("it looks back for long at what is recorded behind it, or in another group")
    return late


def _watched(stage: Scene, judge: Judge, rule: Recording, late: int) -> Scenario:
    before, after = _paced(stage, 1.0), _paced(stage, 1.7)
    shown = stage.rest(judge.expr, before)
    kept = sorted({name for of in shown for name, _ in of}) if isinstance(shown, dict) else []
    extra = (*bystanders(stage.cast, kept), *strangers(stage.cast))
    changes = min(stage.warm, MANY) + late
    phases = (Phase(0, before), Phase(changes, after))
    play = Play(stage.cast, (*stage.troupe, *extra), phases, quiet=_paced(stage, 2.3), loud=before)
    seen = Rehearsal(stage, judge, play)
    length = min(stage.settling, MANY)
    half, end = changes + length // 2, changes + length + 1 + late
    expected: list[Value] = []
    for index in dict.fromkeys((changes - 1, *(() if late else (half,)), end)):
        found = {labels(dict(of) | dict(rule.labels)): value for of, value in seen.value(judge.expr, index).items()}
        if not found or not all(map(math.isfinite, found.values())):
            raise Unsolved("it records nothing, or no number")
        expected += premise_of(judge.expr, seen, index)
        expected += _recorded(rule.name, found, seen, index)
    name = f"{rule.name}: what is recorded"
    series = play.series(seen.world, end + 2)
    return Scenario(name=name, series=series, expected=expected, interval=seen.at(1), source=source_of(rule))


def _without(stage: Scene, judge: Judge, rule: Recording, late: int) -> Iterator[Scenario]:
    """What is recorded while one of its selectors finds nothing."""
    if len(stage.cast) == 1:
        return
    usual, at = _paced(stage, 1.0), min(stage.warm, MANY) + late
    for number, part in enumerate(stage.cast):
        phase = Phase(0, (*usual[:number], None, *usual[number + 1 :]))
        what = f"without {short(to_promql(Select(part.name, part.match)))}"
        yield from _heard(stage, judge, rule, what, (phase,), (at,))


def _hardly(stage: Scene, judge: Judge, rule: Recording, late: int) -> Iterator[Scenario]:
    """What is recorded of very little: a share stays one."""
    if any(map(_flows, stage.cast)):
        phase, at = Phase(0, _paced(stage, LITTLE)), min(stage.warm, MANY) + late
        yield from _heard(stage, judge, rule, "there is hardly anything", (phase,), (at,))


def _flows(part: Part) -> bool:
    """Whether it is what is counted, or what another recording made of that."""
    return part.counts or ":" in part.name


def _standing(stage: Scene, judge: Judge, rule: Recording, late: int) -> Iterator[Scenario]:
    """What is recorded while nothing is counted, and when its series end then: how long it remembers them."""
    if not any(map(_flows, stage.cast)):
        return
    pairs = zip(stage.cast, _paced(stage, 1.0), strict=True)
    still = tuple(own._replace(level=0.0, slope=0.0) if own and _flows(part) else own for part, own in pairs)
    ends, length = min(stage.warm, MANY) + late, min(stage.settling, MANY)
    phases = (Phase(0, still), Phase(ends, tuple(None for _ in stage.cast)))
    moments = (ends - 1, ends + 3 * length // 4, ends + length + 1 + late)
    yield from _heard(stage, judge, rule, "nothing is counted, and then its series end", phases, moments)


def _heard(  # noqa: PLR0917 - each is one thing of the scenario
    stage: Scene, judge: Judge, rule: Recording, what: str, phases: tuple[Phase, ...], moments: Sequence[int]
) -> Iterator[Scenario]:
    """What is recorded at some moments, among strangers; nothing where that is no number."""
    actors = (*stage.troupe, *strangers(stage.cast))
    seen = Rehearsal(stage, judge, Play(stage.cast, actors, phases, loud=_paced(stage, 1.0)))
    expected: list[Value] = []
    for at in moments:
        found = {labels(dict(of) | dict(rule.labels)): value for of, value in seen.value(judge.expr, at).items()}
        if not all(map(math.isfinite, found.values())):
            return
        expected += [*premise_of(judge.expr, seen, at), *_recorded(rule.name, found, seen, at)]
    series = seen.play.series(seen.world, moments[-1] + 2)
    name = f"{rule.name}: {what}"
    yield Scenario(name=name, series=series, expected=expected, interval=seen.at(1), source=source_of(rule))


def _recorded(name: str, found: Mapping[Labels, float], seen: Rehearsal, index: int) -> Iterator[Value]:
    yield Value(f"count({name})", seen.at(index), float(len(found)) or None, CLOSE)
    named = sorted({label for of in found for label, _ in of})
    for of, value in sorted(found.items())[:FEW]:
        alone = tuple((dict.fromkeys(named, "") | dict(of)).items())  # what others bear and it does not is empty
        yield Value(f"sum({written(name, alone)})", seen.at(index), value, CLOSE)


def _paced(stage: Scene, factor: float) -> State:
    """Everything as usual, but each part by another factor, and a histogram's observations somewhere in the middle."""
    state: list[Setting | None] = []
    for number, (part, own) in enumerate(zip(stage.cast, stage.usual, strict=True)):
        if own is None or own.clock:
            state.append(own)
            continue
        times = factor * (1 + APART * number)
        state.append(own._replace(level=own.level * times, slope=own.slope * times, spread=_spread(part, factor)))
    return tuple(state)


def _spread(part: Part, factor: float) -> float:
    """Some of the observations below the bound that is asked for, or the one in the middle, and some above."""
    if not part.bounds:
        return 0.0
    asked = [place for place, bound in enumerate(part.bounds) if bound in part.written]
    place = asked[0] if asked else max(0, len(part.bounds) // 2 - 1)
    return min(place + factor / 4, len(part.bounds) - 1)
