"""Does what is counted begin at 0? A series that begins with its first error shows no increase, and rate() no error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from queries.metric import Counter, Histogram, Metric, Summary

#: The sample that says how many there are, of each kind that counts.
COUNTS = {Counter: "", Histogram: "_count", Summary: "_count"}


def missing(metric: Metric, samples: Iterable[Any]) -> Iterator[str]:
    """The combinations of closed values that are not there, beside each of the open labels that is.

    A gauge has none: nothing was measured yet. Nor has an open label that nobody gave a value.
    """
    if (suffix := COUNTS.get(type(metric))) is None:
        return
    closed = [one for one in metric.own if one.values]
    opened = [one.name for one in metric.own if not one.values]
    there: dict[tuple[str, ...], set[tuple[str, ...]]] = {} if opened else {(): set()}
    for one in samples:
        if one.name == metric.name + suffix and one.labels.keys() == {own.name for own in metric.own}:
            values = tuple(one.labels[label.name] for label in closed)
            there.setdefault(tuple(one.labels[name] for name in opened), set()).add(values)
    every = list(product(*(one.values for one in closed)))
    absent = [(beside, one) for beside, known in there.items() for one in every if one not in known] if closed else []
    if absent:
        beside, values = absent[0]
        said = _said([one.name for one in closed], values) + (f" beside {_said(opened, beside)}" if beside else "")
        more = f", and {len(absent) - 1} more are" if absent[1:] else " is"
        yield f"{metric.name}: {said}{more} not there, at 0, before the first; a service that cannot: zeros=False"


def _said(names: Iterable[str], values: Iterable[str]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in zip(names, values, strict=True))
