"""An expression's scene: which parts it needs, between which bounds, and how finely they are seen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cli.scenarios.derive.cast import actors
from cli.scenarios.derive.condition import Alternative, Never, Test, alternatives
from cli.scenarios.derive.parts import parts
from cli.scenarios.derive.scene import Scene
from cli.scenarios.derive.track import LOOKBACK
from cli.scenarios.derive.uses import uses
from cli.scenarios.derive.world import Recorded
from queries.catalog import Catalogs
from queries.expr import Binary, Expr, Number, Subquery, walk

#: Samples are so far apart; coarser where it must be watched for long.
INTERVALS = (5, 10, 15, 30, 60, 90, 120, 150, 300, 600, 900, 1800, 3600)
#: Of a recording, which nobody waits for, they may lie further apart.
COARSE = (7200, 14400, 21600, 43200)
USUAL = 60
FINEST = 15
#: So many samples are enough of what is looked back at twice; fewer of a recording.
ENOUGH, ENOUGH_OF_A_RECORDING = 300, 120
MANY = 1500
#: A window needs so many samples to be believed; so few where it takes long.
IN_A_WINDOW = (4, 2)


class Way(NamedTuple):
    """How a scene is set.

    Attributes:
        replicas: how many there are where an aggregation brings them together.
        alike: whether everything that is not known bears every label that any selector says.
    """

    replicas: int = 2
    alike: bool = False


#: In the order in which they are tried.
WAYS = (Way(), Way(alike=True), Way(replicas=1), Way(replicas=1, alike=True))


def scene(
    expr: Expr,
    recorded: Mapping[str, Sequence[Recorded]],
    catalogs: Catalogs,
    lasting: float | None,
    way: Way = WAYS[0],
) -> Scene:
    """The parts that an expression needs, and how finely they are seen.

    Args:
        expr: of an alert or a recording.
        recorded: what it may read of recordings.
        catalogs: what is known of its metrics.
        lasting: seconds that an alert waits and goes on; None of a recording.
        way: how the scene is set.

    Raises:
        Unsolved: nothing satisfies its selectors.
    """
    used = list(uses(expr, recorded))
    tests = tuple(_tests(alternatives(expr)))
    cast = parts(used, catalogs, _limits(tests), alike=way.alike)
    reach = max((one.reach for one in used), default=0.0)
    past = max((one.past for one in used), default=0.0)
    window = min((one.window for one in used if one.window), default=math.inf)
    read = (rule.expr for one in used for hint in one.hints for rule in recorded.get(hint.name, ()))
    # the span of a subquery is no window here, and would be skipped by samples that lie further apart
    coarsely = lasting is None and not any(isinstance(node, Subquery) for one in (expr, *read) for node in walk(one))
    interval = _interval(lasting or 0.0, reach, window, coarsely=coarsely)
    return Scene(expr, recorded, cast, actors(cast, way.replicas), interval, reach, past, tests)


def _tests(among: Iterable[Alternative]) -> Iterator[Binary]:
    for clause in (one for alternative in among for one in alternative):
        if isinstance(clause, Test):
            yield clause.compared
        elif isinstance(clause, Never):
            yield from _tests(clause.alternatives)


def _limits(tests: Iterable[Binary]) -> list[float]:
    """Where the buckets of what is judged may lie: at the limit, in the units that it is converted from."""
    found: list[float] = []
    for test in tests:
        for limit in (abs(one.value) for one in (test.left, test.right) if isinstance(one, Number)):
            pairs = (node for node in walk(test) if isinstance(node, Binary))
            scales = [abs(one.value) for node in pairs for one in (node.left, node.right) if isinstance(one, Number)]
            others = [one for one in scales if one not in (0, 1, limit)]
            found += [limit, *(limit / one for one in others), *(limit * one for one in others)]
    return list(dict.fromkeys(found))


def _interval(lasting: float, reach: float, window: float, *, coarsely: bool) -> float:
    """Fine enough for the narrowest window, coarse enough for the longest wait."""
    known, enough = ((*INTERVALS, *COARSE), ENOUGH_OF_A_RECORDING) if coarsely else (INTERVALS, ENOUGH)
    long = 2 * reach + 2 * lasting
    first = min(USUAL, max(lasting / 2, FINEST) if lasting else USUAL)
    last = 0.0
    for samples in IN_A_WINDOW:
        fine = [one for one in known if one <= max(window / samples, INTERVALS[0])]
        offered = [one for one in fine if one >= first] or fine[-1:]
        if window == math.inf:  # a gauge that misses a scrape must not be taken for one that is gone
            offered = [one for one in offered if 2 * one < LOOKBACK]
        last = next((one for one in offered if long / one <= enough), offered[-1])
        if long / last <= MANY:
            break
    return float(last)
