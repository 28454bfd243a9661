"""What changes the number of a child, bound once for all calls of a place.

A child asks itself at each change whether it bears its labels, and walks through its buckets: that is a third of what a
measured call costs. Where prometheus_client keeps its numbers is not promised: elsewhere, its own methods are taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from typing import Any


def nothing(*_: object) -> None:
    """What is not asked for is not counted."""


def up(child: Any) -> Callable[[], None]:
    """One more of a counter or a gauge."""
    return nothing if child is None else _changing(child, 1) or child.inc


def down(gauge: Any) -> Callable[[], None]:
    """One less."""
    return nothing if gauge is None else _changing(gauge, -1) or gauge.dec


def observing(child: Any) -> Callable[[float], None]:
    """An observation of a histogram or a summary; a finite one."""
    if child is None:
        return nothing
    try:
        add, bounds = child._sum.inc, tuple(child._upper_bounds)  # noqa: SLF001 - see above
        buckets = tuple(one.inc for one in child._buckets)  # noqa: SLF001 - likewise
    except AttributeError:
        observe: Callable[[float], None] = child.observe
        return observe

    def sorted_in(amount: float) -> None:
        add(amount)
        buckets[bisect_left(bounds, amount)](1)

    return sorted_in


def _changing(child: Any, by: float) -> Callable[[], None] | None:
    change = getattr(getattr(child, "_value", None), "inc", None)
    return None if change is None else partial(change, by)
