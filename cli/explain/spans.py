"""Windows and offsets as a person says them: "over the last 5 minutes", "a week earlier"."""

from __future__ import annotations

import re

from queries.duration import LONGEST, milliseconds
from queries.source import Mistake

UNITS = (
    ("week", 604_800_000),
    ("day", 86_400_000),
    ("hour", 3_600_000),
    ("minute", 60_000),
    ("second", 1_000),
    ("millisecond", 1),
)
#: Grafana's own windows: from one point of a line to the next, nothing that a reader of the page has chosen.
STEPS = frozenset({"__rate_interval", "__interval", "__auto", "__interval_ms"})
RANGES = frozenset({"__range", "__range_s", "__range_ms"})
NAME = re.compile(r"\w+")


def over(span: str) -> str:
    """The window of a rate or an average; nothing for one that Grafana computes from the width of the panel."""
    known = _grafana(span)
    return known if known is not None else f"over the last {_length(span)}"


def within(span: str) -> str:
    """The window of an increase, which is never left out: the number grows with it."""
    known = _grafana(span)
    if known == "":
        return "from one point to the next"
    return known.replace("over", "in", 1) if known else f"in the last {_length(span)}"


def earlier(offset: str) -> str:
    """An offset: "a week earlier"."""
    back, direction = offset.removeprefix("-"), "later" if offset.startswith("-") else "earlier"
    if _grafana(back) is not None:
        return f"{back} {direction}"
    length = _length(back)
    return f"{_article(length)}{length} {direction}"


def ahead(seconds: float) -> str:
    """A time from now: "in 4 hours"."""
    length = _spoken(round(seconds * 1000)) if 0 < seconds * 1000 <= LONGEST else f"{seconds:g} seconds"
    return f"in {_article(length)}{length}"


def _grafana(span: str) -> str | None:
    """What stands for a variable; None where the span is a duration."""
    if not span.startswith(("$", "[[")):
        return None
    found = NAME.search(span)
    name = found[0] if found else ""
    if name in STEPS:
        return ""
    return "over the time that the page shows" if name in RANGES else "over the time chosen on the page"


def _length(span: str) -> str:
    try:
        return _spoken(milliseconds(span))
    except Mistake:
        return span


def _spoken(length: int) -> str:
    """The greatest unit of which it is a whole number: "hour", "90 minutes"."""
    unit, size = next(((unit, size) for unit, size in UNITS if length and length % size == 0), UNITS[-1])
    count = length // size
    return unit if count == 1 else f"{count} {unit}s"


def _article(length: str) -> str:
    if length[:1].isdigit():
        return ""
    return "an " if length == "hour" else "a "
