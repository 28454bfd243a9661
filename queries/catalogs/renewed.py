"""A catalog read anew: what the page says is renewed, what a person knew besides stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from queries.catalog import Catalog
from queries.catalogs.file import OBSERVED
from queries.exposed import Exposed
from queries.labels import Label
from queries.unit import EVENTS


class Renewed(NamedTuple):
    """A catalog and what became of its metrics.

    Attributes:
        new: names that the page has and the catalog had not.
        gone: names that the catalog has, or had, and the page has not.
        retyped: what a person may have said otherwise on purpose: "x was a gauge, the page says counter".
    """

    catalog: Catalog
    new: tuple[str, ...]
    gone: tuple[str, ...]
    retyped: tuple[str, ...]


def renewed(old: Catalog, page: Iterable[Exposed], *, prune: bool = False) -> Renewed:
    """The catalog with what the page says of its metrics, in the catalog's order, new ones behind.

    Args:
        old: what a person may have written on.
        page: the metrics of the page.
        prune: whether what the page has not is taken out; it may only have no series yet.
    """
    found = {one.name: replace(one, targets=old.target_labels) for one in page}
    known = {one.name for one in old.metrics}
    kept = [_renewed(one, found[one.name]) if one.name in found else one for one in old.metrics]
    if prune:
        kept = [one for one in kept if one.name in found]
    new = tuple(one for name, one in found.items() if name not in known)
    return Renewed(
        replace(old, metrics=(*kept, *new)),
        tuple(one.name for one in new),
        tuple(one.name for one in old.metrics if one.name not in found),
        tuple(_retyped(old.metrics, found)),
    )


def _retyped(old: Iterable[Exposed], found: dict[str, Exposed]) -> Iterator[str]:
    for one in old:
        said = found[one.name].kind if one.name in found else "unknown"
        if "unknown" not in (said, one.kind) and said != one.kind:
            yield f"{one.name} was a {one.kind}, the page says {said}"


def _renewed(old: Exposed, page: Exposed) -> Exposed:
    kind = old.kind if page.kind == "unknown" else page.kind
    made = replace(
        old,
        kind=kind,
        unit=old.unit or page.unit,
        buckets=page.buckets or old.buckets if kind == "histogram" and not old.native else (),
        counts=old.counts if old.kind in OBSERVED else page.counts,
        native=old.native and kind == "histogram",
        help=page.help or old.help,
    )
    made = made if kind in OBSERVED else replace(made, counts=EVENTS)
    if page.open:  # no series yet, so that nobody can see their labels
        return made
    # without labels of its own it was only open because it had no series
    open_ = old.open and bool(old.labels)
    return replace(made, labels=_labels(old, page), optional=old.optional | page.optional, open=open_)


def _labels(old: Exposed, page: Exposed) -> tuple[Label, ...]:
    """In the old order; a label that series may lack stays although the page has it nowhere now."""
    has = {one.name for one in page.labels}
    kept = [one for one in old.labels if one.name in has or one.name in old.optional]
    known = {one.name for one in kept}
    return (*kept, *(one for one in page.labels if one.name not in known))
