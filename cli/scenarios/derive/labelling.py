"""Which labels the series of a selector bear, and with which values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cli.scenarios.derive.labels import candidates, finds
from cli.scenarios.derive.unsolved import Unsolved
from queries.exposed import Series
from queries.expr import Match
from queries.labels import TARGET

#: The one that is judged, one beside it that is always well, and the further replicas; one that no selector may find.
SUBJECT, BYSTANDER, FURTHER, STRANGER = "a", "c", "bdefghijklm", "stranger"


def usual(label: str, name: str) -> str:
    """What a label says that may say anything."""
    return f"{name}:80" if label == "instance" else name


def borne(
    match: Iterable[Match], siblings: Iterable[Iterable[Match]], known: Series | None, named: Iterable[str]
) -> list[str]:
    """The labels that the series of a selector bear.

    Args:
        match: its matchers.
        siblings: those of the other selectors of the metric.
        known: what the catalogs say of it.
        named: the labels that it must bear where they say nothing.
    """
    said = [one.label for one in match] + [one.label for other in siblings for one in other]
    sure = sorted(known.always) if known is not None and not known.open else None
    every = [*TARGET, *said, *named] if sure is None else [*sure, *said]
    return [one for one in dict.fromkeys(every) if one != "__name__"]


def closed(label: str, known: Series | None) -> list[str]:
    """The values that it can have, where that is known."""
    return sorted(known.values.get(label, ())) if known is not None else []


def value(label: str, match: Sequence[Match], known: Series | None, hints: Sequence[Match]) -> str:
    """A value that the matchers find: one that is said elsewhere, if it can be, so that series find their partners.

    Raises:
        Unsolved: there is none.
    """
    own = [one for one in match if one.label == label]
    said = [one.value for one in hints if one.label == label and one.op == "=" and one.value]
    for one in candidates(own, closed(label, known) or (*said, *_hinted(label, hints), usual(label, SUBJECT))):
        return one
    raise Unsolved(f"no value of {label} is found by {', '.join(f'{m.label}{m.op}{m.value!r}' for m in own)}")


def _hinted(label: str, hints: Sequence[Match]) -> Iterator[str]:
    """Values that what is said elsewhere of the label would find."""
    for one in hints:
        if one.label == label and one.op == "=~":
            yield from list(candidates([one]))[:1]


def apart(
    chosen: dict[str, str], match: Sequence[Match], other: Sequence[Match], known: Series | None
) -> dict[str, str]:
    """The same labels with one changed, so that the other selector no longer finds the series."""
    for one in other:
        if one in match:
            continue
        own = [m for m in match if m.label == one.label]
        for text in candidates(own, closed(one.label, known) or ("a", "b")):
            if not finds(one, text) and (text or one.op in ("=", "=~")):
                return chosen | {one.label: text}
    return chosen


def kept_out(one: Match, match: Sequence[Match]) -> list[str]:
    """Two values of its label that this matcher alone keeps out; fewer where there are no more."""
    rest = [other for other in match if other.label == one.label and other != one]
    inside = (one.value, *candidates([Match(one.label, "=~", one.value)])) if one.op in ("!=", "!~") else ("",)
    offered = dict.fromkeys((STRANGER, f"another-{STRANGER}", *inside))
    return [text for text in offered if not finds(one, text) and all(finds(m, text) for m in rest)][:2]
