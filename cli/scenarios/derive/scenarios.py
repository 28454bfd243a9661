"""The scenarios of one clause: what happens, and what must come of it at which time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from cli.scenarios.derive.checks import alarm, firing, never, silent, undisturbed
from cli.scenarios.derive.condition import Presence, Test, is_exact
from cli.scenarios.derive.naming import short, sides
from cli.scenarios.derive.premise import premise
from cli.scenarios.derive.rehearsal import Rehearsal
from cli.scenarios.derive.stage import Phase, State
from cli.scenarios.derive.theatre import Theatre
from cli.scenarios.derive.track import LOOKBACK
from cli.scenarios.derive.underivable import Underivable
from cli.scenarios.derive.unsolved import Unsolved
from queries.expr import Select
from queries.promql import to_promql
from queries.scenario import Alarm, Scenario, Value

#: After so many samples a restart is forgotten, however long a window is.
LONG = 100
TWO = 2
#: Something that nobody asks for, so that there is a series at all.
ANOTHER = {'another_metric{job="another"}': "1x1"}


def scenarios(of: Theatre) -> Iterator[Scenario | Underivable]:
    """All that can be said; one kind that cannot be is no reason to say nothing of the others."""
    for kind in _kinds(of):
        try:
            yield from kind()
        except Unsolved as why:
            yield Underivable(of.judge.name, str(why), to_promql(of.found.clause.expr))


def _kinds(of: Theatre) -> Iterator[Callable[[], Iterable[Scenario]]]:
    clause = of.found.clause
    beyond, inside = sides(clause)
    yield lambda: [_fires(of, beyond)]
    yield lambda: [_stays(of, inside, of.found.inside)]
    if isinstance(clause, Test) and is_exact(clause) and of.found.exact is not None:
        exact = of.found.exact
        yield lambda: [_at_the_limit(of, clause.op, exact)]
    if of.side:
        return
    yield lambda: [_resolves(of, "well again", of.found.well)]
    if of.has_windows and isinstance(clause, Test):
        yield lambda: [_resolves(of, f"{inside} again", of.found.inside, filled=True)]
    yield lambda: _restarts(of)
    yield lambda: _without(of)
    if not isinstance(clause, Presence) or not clause.absent:
        yield lambda: [_ends(of)]


def _fires(of: Theatre, name: str) -> Scenario:
    """Silent while only a part of its window is bad, pending for as long as it must hold, then firing."""
    holds, fires = of.fires(slowly=True)
    seen = of.then_bad(slowly=True)
    slack = seen.slack
    quiet = sorted({one for one in (of.scene.warm - 1, holds - 1 - slack) if one >= 0})
    waits = sorted({one for one in (holds + slack, fires - 1 - slack) if holds + slack <= one < fires})
    checks = [
        *(silent(seen, one) for one in quiet),
        *(alarm(seen, one, "pending") for one in waits),
        *firing(seen, fires + slack),
        *firing(seen, fires + 1 + slack),
    ]
    return _scenario(of, f"{name}: fires", seen, fires + 1 + slack, checks, fires + slack)


def _stays(of: Theatre, name: str, state: State) -> Scenario:
    """Silent for as long as it would have taken."""
    warm = of.turns_bad(slowly=False)
    seen = of.play(Phase(0, of.found.well), Phase(warm, state), others=True)
    settled = of.settled(slowly=False)
    end = settled if of.drifts(state) else settled + seen.lasting + 2
    return _scenario(of, f"{name}: silent", seen, end, never(seen, (settled, (settled + end) // 2, end)), end)


def _at_the_limit(of: Theatre, op: str, exact: State) -> Scenario:
    """To the last digit."""
    if op in (">", "<"):
        return _stays(of, "at the limit", exact)
    return _fires(replace(of, found=replace(of.found, bad=exact)), "at the limit")


def _resolves(of: Theatre, name: str, state: State, *, filled: bool = False) -> Scenario:
    """Silent when it is so again and the window is over; of several that were `filled` before the shortest is."""
    back = max(of.fires()[1], of.settled(slowly=False) if filled else 0) + 3
    seen = of.then_bad(Phase(back, state))
    over = seen.turns(back, back + of.scene.settling, into=False)
    last = over + seen.keeping - 1 - seen.slack
    end = over + seen.keeping + seen.slack
    checks = [
        *firing(seen, back - 1),
        *((alarm(seen, last, "firing", count=False),) if last >= back else ()),
        silent(seen, end),
        silent(seen, end + 2),
    ]
    return _scenario(of, f"{name}: resolves", seen, end + 2, checks, back - 1)


def _restarts(of: Theatre) -> Iterator[Scenario]:
    """Counters begin again at nothing, gauges miss a scrape: that is no reason to fall silent, nor to fire."""
    scene, found = of.scene, of.found
    counts = any(part.counts for part in scene.cast)
    gauges = not all(part.counts for part in scene.cast) and 2 * scene.interval < LOOKBACK
    if not (counts or gauges) or of.about_restarts:
        return
    what = "a restart" if counts else "a missed scrape"
    at = of.fires()[1] + 2
    missed = frozenset({at} if gauges else ())
    if not isinstance(found.clause, Presence) and not (missed and of.is_about_samples):
        seen, calm = of.then_bad(Phase(at, found.bad, fresh=True), missed=missed), of.then_bad()
        end = at + min(scene.settling, LONG)
        checks = [check for one in (at, at + 1, (at + end) // 2, end) for check in undisturbed(seen, calm, one)]
        if checks:
            yield _scenario(of, f"{what} while it fires: goes on", seen, end, checks, at - 1)
    if not scene.past:
        at = max(at, of.settled(slowly=False))
        phases = (Phase(0, found.well), Phase(1, found.inside), Phase(at, found.inside, fresh=True))
        seen = of.play(*phases, missed=frozenset({at} if gauges else ()))
        settled = at + min(scene.settling, LONG)
        end = settled + (0 if of.drifts(found.inside) else seen.lasting)
        checks = list(never(seen, (at, at + 1, settled, end)))
        yield _scenario(of, f"{what} while all is well: silent", seen, end, checks, at - 1)


def _without(of: Theatre) -> Iterator[Scenario]:
    """One of its metrics, or one of its selectors, finds nothing, and all else is well."""
    scene, well = of.scene, of.found.well
    if len(scene.cast) < TWO or scene.past:
        return
    for number, part in enumerate(scene.cast):
        state = (*well[:number], None, *well[number + 1 :])
        seen = of.play(Phase(0, state))
        end = scene.warm + seen.lasting + 2
        fires = bool(seen.alerts(end))
        checks = firing(seen, end) if fires else [silent(seen, scene.warm), silent(seen, end)]
        name = f"without {short(to_promql(Select(part.name, part.match)))}: {'fires' if fires else 'silent'}"
        yield _scenario(of, name, seen, end, checks, end)


def _ends(of: Theatre) -> Scenario:
    """Its series are there no longer: it falls silent, or says so."""
    scene = of.scene
    nobody: State = tuple(None for _ in scene.cast)
    at = of.fires()[1] + 3
    seen = of.then_bad(Phase(at, nobody), gone=at)
    end = at + scene.settling + seen.keeping + 1
    if not seen.alerts(end):
        last = seen.turns(at, end, into=False) + seen.keeping + seen.slack
        checks = [*firing(seen, at - 1), silent(seen, last), silent(seen, last + 2)]
        return _scenario(of, "its series end: silent", seen, last + 2, checks, at - 1)
    at = scene.warm
    seen = of.play(Phase(0, of.found.well), Phase(at, nobody), others=True, gone=at)
    fires = seen.turns(at, at + scene.settling, into=True) + seen.lasting + seen.slack
    checks = [silent(seen, at - 1), *firing(seen, fires)]
    return _scenario(of, "its series end: fires", seen, fires + 1, checks, at - 1)


def _scenario(  # noqa: PLR0917 - each is one thing of the scenario
    of: Theatre, name: str, seen: Rehearsal, end: int, checks: Iterable[Alarm], known: int
) -> Scenario:
    """What it takes for granted first; `known` is the sample at which that is looked at."""
    expected: list[Alarm | Value] = [*premise(of.found.clause, seen, known), *checks]
    return Scenario(
        name=f"{name} ({of.side})" if of.side else name,
        series=seen.play.series(seen.world, end + 2) or ANOTHER,
        expected=expected,
        interval=seen.at(1),
        source=of.source,
    )
