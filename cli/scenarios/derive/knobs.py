"""What can be turned so that a number changes: a level, a pace, how often something changes, how slow it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal, TypeAlias

from cli.scenarios.derive.condition import TURNED
from cli.scenarios.derive.operators import COMPARES
from cli.scenarios.derive.parts import Part
from cli.scenarios.derive.stage import Setting, State
from cli.scenarios.derive.uses import OF_SLOPES, OF_STEPS, Use
from queries.expr import Binary, Number
from queries.unit import BOOL, RATIO

Field: TypeAlias = Literal["level", "slope", "steps", "spread", "everything"]
#: As far from what is as a limit may be that another one hides.
NEAR = (0.5, 0.9, 0.95, 0.98, 1.0, 1.02, 1.05, 1.1, 2.0)
#: How much there is of what nobody says anything about.
USUAL = 10.0
#: From next to nothing to more than anybody has, one to each power of ten.
POWERS = tuple(10.0**power for power in range(-7, 19))


@dataclass(frozen=True, slots=True)
class Knob:
    """One field of one part's setting; or everything, which all the parts have as a factor.

    Attributes:
        values: between which values it is looked for, in this order.
    """

    part: int
    field: Field
    values: tuple[float, ...]

    def around(self, state: State) -> tuple[float, ...]:
        """The values to look between, and some close to what is."""
        own = state[self.part]
        if self.field == "everything" or own is None or not (now := getattr(own, self.field)):
            return self.values
        near = {now * share for share in NEAR}
        return (self.values[0], *sorted({*self.values[1:], *(one for one in near if one > self.values[0])}))

    def turned(self, state: State, value: float) -> State:
        """The state with that value."""
        if self.field == "everything":
            return tuple(one if one is None or one.clock else _times(one, value) for one in state)
        own = state[self.part] or Setting()
        changed: dict[str, Any] = {self.field: value}
        return (*state[: self.part], own._replace(**changed), *state[self.part + 1 :])


def _times(one: Setting, factor: float) -> Setting:
    return one._replace(level=one.level * factor, slope=one.slope * factor)


def usual(cast: Sequence[Part], tests: Collection[Binary] = ()) -> State:
    """How everything is as long as nobody turns anything: what a comparison only filters is let through by it.

    Args:
        cast: the parts.
        tests: the comparisons that are no filters: they judge.
    """
    return tuple(_usual(part, tests) for part in cast)


def _usual(part: Part, tests: Collection[Binary]) -> Setting:
    if part.counts:
        return Setting(slope=USUAL, spread=0.0)
    if any(one.clock for one in part.uses):
        return Setting(slope=1.0, clock=True)
    said = next((one.limit for one in part.uses if one.limit is not None and one.limit not in tests), None)
    unit = part.known.unit if part.known is not None else None
    level = 1.0 if unit == BOOL or part.name == "up" else 0.5 if unit == RATIO else USUAL
    if said is not None:
        level = _let_through(said, level)
    return Setting(level=level)


def _let_through(filter_: Binary, level: float) -> float:
    """A level that a filter within an expression lets through."""
    limit = next(side.value for side in (filter_.right, filter_.left) if isinstance(side, Number))
    op = filter_.op if isinstance(filter_.right, Number) else TURNED[filter_.op]
    offered = (level, limit, limit + 1, limit - 1)
    return next((one for one in offered if COMPARES[op](one, limit)), level)


def knobs(cast: Sequence[Part], used: Sequence[Use], *, now: bool = True) -> Iterator[Knob]:
    """What can be turned for these selectors, the likeliest first."""
    own = [(number, part, use) for number, part in enumerate(cast) for use in used if part.plays(use)]
    order = {use: place for place, use in enumerate(used)}
    own.sort(key=lambda one: order[one[2]])
    own = [one for one in own if not (now and one[2].past)] or own
    first = list(dict.fromkeys(knob for number, part, use in own for knob in _of_use(number, part, use)))
    last = [Knob(0, "everything", tuple(one for one in POWERS if one))]
    later = [replace(one, values=tuple(-value for value in POWERS)) for one in first if _may_be_negative(cast, one)]
    yield from dict.fromkeys(chain(first, last, later))


def _of_use(number: int, part: Part, use: Use) -> Iterator[Knob]:
    if part.bounds:
        yield Knob(number, "spread", tuple(range(len(part.bounds))))
        yield Knob(number, "slope" if part.counts else "level", (0.0, *POWERS))
    elif use.clock:
        back = tuple(-one for one in reversed(POWERS))
        yield Knob(number, "level", (*back, 0.0, *POWERS))
    elif use.function in OF_STEPS:
        sign = 1 if use.function == "changes" else -1
        yield Knob(number, "steps", tuple(sign * one / 3600 for one in (0.0, *range(1, 241))))
    elif use.function in OF_SLOPES and not part.counts:
        back = tuple(-one for one in reversed(POWERS))
        yield Knob(number, "slope", (*back, 0.0, *POWERS))
        yield Knob(number, "level", (0.0, *POWERS))
    elif part.counts:
        yield Knob(number, "slope", (0.0, *POWERS))
    else:
        yield Knob(number, "level", (0.0, *POWERS))


def possible(cast: Sequence[Part], state: State) -> bool:
    """Whether no level is one that its metric never has: an alert that needs it never fires."""
    return all(own is None or _has(part, own) for part, own in zip(cast, state, strict=True))


def _has(part: Part, own: Setting) -> bool:
    if part.counts or part.bounds or own.clock:
        return True
    known = part.known.of if part.known is not None else None
    low, high = (known.low, known.high) if known is not None else (None, None)
    if part.name == "up":  # Prometheus' own: a scrape worked or did not
        low, high = 0.0, 1.0
    return (low is None or own.level >= low) and (high is None or own.level <= high)


def _may_be_negative(cast: Sequence[Part], knob: Knob) -> bool:
    known = cast[knob.part].known
    return knob.field == "level" and not cast[knob.part].bounds and (known is None or known.of.low != 0)
