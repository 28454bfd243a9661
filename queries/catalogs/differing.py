"""A metric as the catalog declares it, beside the same as a service exports it: type, labels, values, buckets."""

from __future__ import annotations

from collections.abc import Iterator

from queries.catalogs.difference import Difference
from queries.catalogs.seen import Seen
from queries.exposed import Exposed, bound
from queries.source import did_you_mean

#: So many wrong values of a label are told.
SHOWN = 5


def differing(metric: Exposed, seen: Seen, extra: frozenset[str] = frozenset()) -> Iterator[Difference]:
    """Every difference of one metric in one job.

    Args:
        metric: as the catalog has it.
        seen: as it is exported.
        extra: labels that relabelling may add.
    """
    kinds = (metric.kind, seen.metric.kind)
    if "unknown" not in kinds and kinds[0] != kinds[1]:
        what = f"is a {kinds[0]} in the catalog, and exported as a {kinds[1]}"
        yield Difference("type", metric.name, seen.job, what, (kinds[0],), (kinds[1],))
        return  # everything else follows from it
    if seen.metric.open:
        return  # without series nobody sees its labels
    yield from _labels(metric, seen, extra)
    yield from _values(metric, seen)
    yield from _buckets(metric, seen)


def unseen(metric: Exposed, seen: Seen) -> Iterator[str]:
    """What it promises and nothing shows yet."""
    if seen.metric.open:
        yield f"{metric.name}: it has no series yet"
        return
    for label in metric.labels:
        values = seen.values.get(label.name, frozenset())
        if values and (lacking := [one for one in label.values if one not in values]):
            yield f"{metric.name}: no series with {label.name} {' or '.join(lacking)} yet"


def _labels(metric: Exposed, seen: Seen, extra: frozenset[str]) -> Iterator[Difference]:
    declared = tuple(one.name for one in metric.labels)
    exported = tuple(one.name for one in seen.metric.labels)

    def differs(what: str, hint: str = "") -> Difference:
        return Difference("label", metric.name, seen.job, what, declared, exported, hint)

    unknown = [one for one in exported if one not in declared and one not in extra]
    lacking = [one for one in declared if one not in exported and one not in metric.optional]
    if len(unknown) == len(lacking) == 1 and seen.metric.optional.isdisjoint(unknown):
        yield differs(f"bears the label {unknown[0]} in the place of {lacking[0]}: probably renamed")
        return
    for one in unknown if not metric.open else ():
        hint = did_you_mean(one, declared, of="the catalog has")
        yield differs(f"bears the label {one}, which the catalog has not", hint)
    for one in lacking:
        yield differs(f"lacks the label {one}, which the catalog promises")
    for one in declared:
        if one in seen.metric.optional - metric.optional:
            yield differs(f"bears the label {one} on some of its series only", f"optional: [{one}]")


def _values(metric: Exposed, seen: Seen) -> Iterator[Difference]:
    for label in metric.labels:
        wrong = sorted(seen.values.get(label.name, frozenset()) - set(label.values)) if label.values else []
        if not wrong:
            continue
        more = f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        what = f"has {label.name}={', '.join(map(repr, wrong[:SHOWN]))}{more}, which its closed set has not"
        hint = did_you_mean(wrong[0], label.values, of="the set is")
        yield Difference("value", metric.name, seen.job, what, label.values, tuple(wrong), hint)


def _buckets(metric: Exposed, seen: Seen) -> Iterator[Difference]:
    """Only where both say some: a native histogram has none, and not every catalog says them."""
    if metric.native or not metric.buckets or not seen.metric.buckets or metric.buckets == seen.metric.buckets:
        return
    declared, exported = (tuple(bound(one) for one in those) for those in (metric.buckets, seen.metric.buckets))
    what = f"has the buckets {', '.join(exported)}, and the catalog says {', '.join(declared)}"
    yield Difference("bucket", metric.name, seen.job, what, declared, exported)
