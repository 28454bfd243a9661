"""One thing that a catalog says of a service and that is otherwise there, and all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

#: unknown: exported, and in no catalog; missing: the other way round; job: one that is not scraped, or another one.
Kind: TypeAlias = Literal["unknown", "missing", "renamed", "type", "label", "value", "bucket", "job"]
KINDS: tuple[Kind, ...] = ("job", "renamed", "missing", "unknown", "type", "label", "value", "bucket")


class Difference(NamedTuple):
    """One difference.

    Attributes:
        kind: of what.
        metric: its name; the new one where it was renamed; empty where a whole job is meant.
        job: whose it is; empty where nobody knows.
        what: a sentence that goes on after the metric's name, no full stop.
        declared: what the catalog says: a type, labels, values, bounds, the old name.
        exported: what the service says instead.
        hint: what to do about it; may be empty.
    """

    kind: Kind
    metric: str
    job: str
    what: str
    declared: tuple[str, ...] = ()
    exported: tuple[str, ...] = ()
    hint: str = ""


class Compared(NamedTuple):
    """What a comparison found.

    Attributes:
        differences: by kind, then by name.
        unseen: promised, and not to be seen before something happens: a value of a label, the series of a metric.
        aside: what was exported and not compared, as a count by its reason: "runtime", "ignored", "job node".
        metrics: how many of the catalogs' metrics were compared.
    """

    differences: tuple[Difference, ...]
    unseen: tuple[str, ...] = ()
    aside: Mapping[str, int] = {}
    metrics: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        """How many differences there are of each kind that there is."""
        found = [one.kind for one in self.differences]
        return {kind: found.count(kind) for kind in KINDS if kind in found}
