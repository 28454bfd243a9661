"""What an alert must be doing at a sample of a play."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cli.scenarios.derive.rehearsal import Rehearsal
from cli.scenarios.derive.unsolved import Unsolved
from queries.scenario import Alarm, State

#: So many of the alerts that fire are looked at one by one; all are counted.
FEW = 2


def alarm(seen: Rehearsal, index: int, state: State, *, count: bool = True) -> Alarm:
    """In a state, with the labels of its rule."""
    judge = seen.judge
    held = len(seen.alerts(index)) if count and not judge.twin else 0
    return Alarm(judge.name, seen.at(index), state, dict(judge.labels), alerts=held or None, computed=True)


def firing(seen: Rehearsal, index: int) -> list[Alarm]:
    """Firing with the labels of the series that it holds for, and for no other.

    Raises:
        Unsolved: it holds for none.
    """
    judge, held = seen.judge, seen.alerts(index)
    if not held:
        raise Unsolved("what it judges goes up and down by itself")
    count = None if judge.twin else len(held)
    said = [judge.bears(of) for of in held[:FEW]]
    return [Alarm(judge.name, seen.at(index), "firing", one, alerts=count, computed=True) for one in said]


def undisturbed(seen: Rehearsal, calm: Rehearsal, index: int) -> Iterator[Alarm]:
    """Firing where it fires if nothing happens: asked of the rule, whatever its expression then says."""
    if seen.alerts(index):
        yield firing(seen, index)[0]
    elif calm.alerts(index):
        yield Alarm(seen.judge.name, seen.at(index), "firing", dict(seen.judge.labels))


def silent(seen: Rehearsal, index: int) -> Alarm:
    """Neither pending nor firing."""
    judge = seen.judge
    return Alarm(judge.name, seen.at(index), "silent", dict(judge.labels) if judge.twin else {}, computed=True)


def never(seen: Rehearsal, indices: Iterable[int]) -> Iterator[Alarm]:
    """Silent all along.

    Raises:
        Unsolved: it is not, by what we know of PromQL.
    """
    for index in sorted({*indices}):
        if seen.alerts(index):
            raise Unsolved("it fires inside its limit, too: what it judges drifts")
        yield silent(seen, index)
