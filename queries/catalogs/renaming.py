"""A metric that nobody exports any more, and one that nobody declared: are they the same under another name?"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from queries.catalogs.seen import Seen
from queries.exposed import Exposed

#: How alike two names must be, of 1; two words of three.
ALIKE = 0.6


def renamed(missing: Iterable[Exposed], unknown: Iterable[Seen]) -> dict[str, Seen]:
    """For the name of a missing metric the one that it probably became; each becomes one, the likeliest first.

    Its type must be the same. A name that the catalog knows as its old one is certain; the same help comes next; then
    names that are alike, the more so where labels and buckets are the same.
    """
    missing, unknown = list(missing), list(unknown)
    pairs = sorted(
        ((_likely(old, new), at, then) for at, old in enumerate(missing) for then, new in enumerate(unknown)),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    found: dict[str, Seen] = {}
    taken: set[int] = set()
    for likely, at, then in pairs:
        if likely and missing[at].name not in found and then not in taken:
            found[missing[at].name] = unknown[then]
            taken.add(then)
    return found


def _likely(old: Exposed, new: Seen) -> float:
    if old.renamed_from == new.name:
        return 10.0
    if "unknown" not in (old.kind, new.metric.kind) and old.kind != new.metric.kind:
        return 0.0
    alike = SequenceMatcher(None, old.name, new.name).ratio()
    same_labels = {one.name for one in old.labels} == {one.name for one in new.metric.labels}
    same_buckets = bool(old.buckets) and old.buckets == new.metric.buckets
    if old.help and old.help == new.metric.help:
        return 5.0 + alike
    if alike < ALIKE or not (same_labels or new.metric.open):
        return 0.0
    return alike + same_labels + same_buckets
