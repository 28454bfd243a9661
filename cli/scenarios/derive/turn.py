"""A number turned round: what has to be turned, and how far, so that an expression has the value that is wanted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TypeAlias

from cli.scenarios.derive.unsolved import Unsolved

#: The number and what is wanted of it less; None where it has no value.
Miss: TypeAlias = Callable[[float], float | None]
#: So near, measured by the value that is wanted, is there.
THERE = 1e-9
STEPS = 100


def root(miss: Miss, values: tuple[float, ...], scale: float) -> Iterator[float]:
    """Where nothing is missed; where it jumps over that, both sides of the jump.

    Args:
        miss: how much a value misses; it is taken to be continuous but for jumps.
        values: between which neighbours to look.
        scale: how big what is wanted is.
    """
    close = max(scale, 1e-12) * THERE
    quick = _straight(miss, values, close)
    if quick is not None:
        yield quick
        return
    before: tuple[float, float] | None = None
    for value in values:
        missed = _missed(miss, value)
        if missed is None:
            before = None
            continue
        if abs(missed) <= close:
            yield value
            return
        if before is not None and (before[1] < 0) != (missed < 0):
            yield from _between(miss, before, (value, missed), close)
            return
        before = value, missed


def _straight(miss: Miss, values: tuple[float, ...], close: float) -> float | None:
    """Most numbers are proportional to what is turned."""
    low, high = (values[0], values[len(values) // 2])
    first, second = _missed(miss, low), _missed(miss, high)
    if first is None or second is None or first == second:
        return None
    found = low - first * (high - low) / (second - first)
    if not min(values) <= found <= max(values):
        return None
    missed = _missed(miss, found)
    return found if missed is not None and abs(missed) <= close else None


def _between(miss: Miss, low: tuple[float, float], high: tuple[float, float], close: float) -> Iterator[float]:
    """The Illinois method, and halves where that does not help."""
    (one, left), (other, right) = low, high
    for step in range(STEPS):
        middle = (one + other) / 2 if step % 3 == 2 else one - left * (other - one) / (right - left)  # noqa: PLR2004 - each third
        if middle in (one, other) or abs(other - one) <= 1e-13 * max(abs(one), abs(other)):
            break
        missed = _missed(miss, middle)
        if missed is None:
            break
        if abs(missed) <= close:
            yield middle
            return
        if (missed < 0) == (left < 0):
            one, left = middle, missed
            right = right / 2 if step % 3 == 1 else right
        else:
            other, right = middle, missed
            left = left / 2 if step % 3 == 1 else left
    yield other
    yield one


def _missed(miss: Miss, value: float) -> float | None:
    try:
        missed = miss(value)
    except (Unsolved, OverflowError, ZeroDivisionError):
        return None
    return missed if missed is not None and math.isfinite(missed) else None
