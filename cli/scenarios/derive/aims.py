"""Values beyond a limit, inside it and far from it, those that mean most first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

#: How far beyond a limit, or inside it, a value is.
MARGIN = 0.02
#: Whole limits up to here are counted by people: nearer than the next number.
COUNTED = 1000
Aim: TypeAlias = Literal["beyond", "inside", "well", "at"]


def aims(aim: Aim, op: str, limit: float) -> Iterator[float]:
    """The values to try."""
    if aim == "at":
        yield limit
    elif op in ("==", "!="):
        yield from (limit,) if (aim == "beyond") == (op == "==") else _others(limit)
    else:
        up = op.startswith(">")
        yield from dict.fromkeys(_well(limit, up=up) if aim == "well" else _near(limit, up=up == (aim == "beyond")))
        if (op in (">=", "<=")) == (aim == "beyond"):
            yield limit


def _others(limit: float) -> Iterator[float]:
    yield 1 - limit if limit in (0, 1) else limit + 1
    yield limit * (1 + MARGIN)
    yield limit - 1


def _near(limit: float, *, up: bool) -> Iterator[float]:
    """Just above, or just below."""
    sign = 1 if up else -1
    step = abs(limit) * MARGIN
    if limit == round(limit) and abs(limit) < COUNTED:
        step = min(step, 0.5)
    yield limit + sign * (step or 1.0)
    if not limit:
        yield sign * MARGIN
    for whole in (1.0, 100.0):  # a share ends there
        if up and 0 < limit < whole:
            yield (limit + whole) / 2
    if limit == round(limit):
        yield limit + sign


def _well(limit: float, *, up: bool) -> Iterator[float]:
    """Far inside: below where too much is judged, above where too little is."""
    if limit:
        yield limit / 2 if up == (limit > 0) else limit * 2
    else:
        yield -1.0 if up else 1.0
        yield MARGIN * (-1 if up else 1)
    yield from _near(limit, up=not up)
    yield limit
