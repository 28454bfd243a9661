"""How many series an expression touches, as far as the catalogs say."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from cli.explain.phrase import listed
from queries.expr import Select
from queries.known import Known


class Read(NamedTuple):
    """Series that are read.

    Attributes:
        series: how many at most, for each combination of values of the labels in `each`.
        each: the labels whose values no catalog lists: nobody can say how many there are.
    """

    series: int
    each: tuple[str, ...]


class Cost(NamedTuple):
    """What one evaluation reads.

    Attributes:
        reads: what is known; a selector that stands there twice is read twice.
        unknown: metrics that no catalog knows.
    """

    reads: tuple[Read, ...]
    unknown: tuple[str, ...]

    def __str__(self) -> str:
        said = [f"at most {one.series:,} series{_for_each(one)}" for one in self.reads]
        if any(one.each for one in self.reads):
            said.append("the catalog does not say how many of these there are")
        if self.unknown:
            said.append(f"{'and ' if self.reads else ''}all series of {listed(self.unknown)}, which no catalog knows")
        return f"reads {'; '.join(said)}" if said else "reads no series"


def cost(known: Known) -> Cost:
    """The series of all its selectors."""
    reads: Counter[tuple[str, ...]] = Counter()
    unknown: dict[str, None] = {}
    for one in known.walk():
        if not isinstance(one.node, Select):
            continue
        if one.series is None:
            unknown[one.node.name or "an unnamed metric"] = None
        elif one.empty is None:
            count, each = _of(one)
            reads[each] += count
    return Cost(tuple(Read(count, each) for each, count in reads.items()), tuple(unknown))


def _of(known: Known) -> tuple[int, tuple[str, ...]]:
    """How many series a selector picks, and for each of what."""
    count, each = 1, list[str]()
    for label in sorted(known.labels):
        values = known.values.get(label)
        if values is None:
            each.append(label)
        else:
            count *= max(1, len(values))
    return count, (*each, *(("further labels",) if known.open else ()))


def _for_each(one: Read) -> str:
    return f" for each {listed(one.each)}" if one.each else ""
