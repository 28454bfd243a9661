"""What is wrong with an answer: against what its number claims, and against the world that it was computed from."""

import math
from collections.abc import Iterator

from queries import BOOL, RATIO, TIMESTAMP, RuleGroup
from tests.prometheus.asked import Asked, of_group
from tests.prometheus.clock import DAY
from tests.prometheus.lifelike import World
from tests.prometheus.past import Told
from tests.prometheus.reference import Reference
from tests.prometheus.server import Answer, Prometheus

#: Sums in another order differ in the last digits.
CLOSE = 1e-9


def faults(asked: Asked, server: Prometheus, at: float) -> list[str]:
    """What of its answer is not as claimed: an error, nothing, other labels, values out of range."""
    answer = server.query(asked.text, at)
    return [f"{asked.where}: {one} at {at:.0f}: {asked.text}" for one in _faults(asked, answer, at)]


def differences(asked: Asked, server: Prometheus, world: World, at: float) -> list[str]:
    """Where its answer is not what follows from the world's own numbers."""
    answer = server.query(asked.text, at).values
    reference = Reference(world, at, asked.windows, asked.chosen, asked.role).vector(asked.expr)
    found = [f"{labels} is missing" for labels in reference.keys() - answer.keys()]
    found += [f"{labels} is too much" for labels in answer.keys() - reference.keys()]
    for labels in reference.keys() & answer.keys():
        right, said = reference[labels], answer[labels]
        if not (math.isclose(right, said, rel_tol=CLOSE, abs_tol=1e-15) or (math.isnan(right) and math.isnan(said))):
            found.append(f"{said!r} instead of {right!r} for {labels}")
    return [f"{asked.where}: {one} at {at:.0f}: {asked.text}" for one in sorted(found)]


def misses(right: Told, answer: Answer, *, close: float = 1e-6) -> list[str]:
    """Where an answer is not what happened; `right` is by the values of its labels, in the order of their names."""
    wanted: dict[tuple[str, ...], float] = right if isinstance(right, dict) else {(): right}
    got = {tuple(value for _, value in labels): value for labels, value in answer.values.items()}
    found = [f"{key} is missing" for key in wanted.keys() - got.keys()]
    found += [f"{key} is too much" for key in got.keys() - wanted.keys()]
    pairs = ((key, wanted[key], got[key]) for key in wanted.keys() & got.keys())
    found += [
        f"{said!r} instead of {one!r} for {key}"
        for key, one, said in pairs
        if not math.isclose(one, said, rel_tol=close)
    ]
    return sorted(found)


def firing(group: RuleGroup, server: Prometheus, at: float) -> list[str]:
    """The alerts of a group whose condition holds."""
    whole = {one.alert for one in group.alerts()}
    return [asked.where for asked in of_group(group) if asked.where in whole and server.query(asked.text, at).values]


def _faults(asked: Asked, answer: Answer, at: float) -> Iterator[str]:
    yield from (f"it says {one!r}" for one in answer.talk)
    yield from (f"two series bear {labels}" for labels in answer.twice)
    if not answer.values and not asked.may_be_empty and not answer.talk:
        yield "no answer"
    for labels, value in answer.values.items():
        names = tuple(name for name, _ in labels)
        if names != tuple(sorted(asked.labels)):
            yield f"it claims the labels {asked.labels} and bears {names}"
        yield from _out_of_range(asked, value, at)


def _out_of_range(asked: Asked, value: float, at: float) -> Iterator[str]:
    if not math.isfinite(value):
        yield f"it is {value}"
    slack = CLOSE * max(1.0, abs(value))
    if asked.low is not None and value < asked.low - slack:
        yield f"{value!r} is less than {asked.low}"
    if asked.high is not None and value > asked.high + slack:
        yield f"{value!r} is more than {asked.high}"
    if asked.unit == TIMESTAMP and not at - DAY <= value <= at:
        yield f"the time {value!r} is not just before now"
    if asked.unit == BOOL and value not in (0, 1):
        yield f"{value!r} is neither yes nor no"
    if asked.unit is not None and asked.unit.adds_up and asked.low is None and value < 0:
        yield f"less than no {asked.unit}: {value!r}"
    if asked.unit == RATIO and asked.high == 1 and value > 1 + slack:
        yield f"more than the whole: {value!r}"
