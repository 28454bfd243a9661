"""Any catalog that somebody could have written."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from queries.catalog import Catalog
from queries.exposed import Exposed, Kind
from queries.labels import TARGET, Label
from queries.unit import BOOL, BYTES, EVENTS, HOURS, PERCENT, RATIO, SECONDS, TIMESTAMP, TOKENS, USD, Unit, counted

KINDS: tuple[Kind, ...] = ("counter", "gauge", "histogram", "summary", "unknown")
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
_odd = st.sampled_from(["null", "~", "on", "1.10", "0x1", "#a", "a: b", "- a", "{", "'", '"', "a\nb", "é", "=", "<<"])
words = st.one_of(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), _odd, texts.filter(bool))
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-1000, 1000).map(float)
_KNOWN = [SECONDS, BYTES, TOKENS, USD, RATIO, PERCENT, BOOL, TIMESTAMP, HOURS]


def _is_counted(word: str) -> bool:
    return re.search(r"[*^\d]| per | x ", word) is None and word.strip() == word and " ".join(word.split()) == word


_counted = st.from_regex(r"[a-z]{3,8}( [a-z]{3,8})?", fullmatch=True).filter(_is_counted).map(counted)
simple = st.sampled_from(_KNOWN) | _counted


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """A unit, or what one gets by multiplying and dividing some."""
    made = draw(simple)
    for _ in range(draw(st.integers(0, 2))):
        other = draw(simple)
        made = made * other if draw(st.booleans()) else made / other
    return made


@st.composite
def metrics(draw: st.DrawFn, targets: tuple[str, ...], jobs: tuple[str, ...]) -> Exposed:
    """A metric of a catalog with these targets' labels and jobs."""
    kind = draw(st.sampled_from(KINDS))
    names = draw(st.lists(words.filter(lambda one: one not in ("__name__", "le", "quantile")), max_size=3, unique=True))
    native = kind == "histogram" and draw(st.booleans())
    buckets = draw(st.lists(numbers, max_size=4, unique=True)) if kind == "histogram" and not native else []
    low, high = sorted(draw(st.tuples(numbers, numbers)))
    maybe_unit = st.none() | units()
    return Exposed(
        draw(words),
        kind,
        draw(maybe_unit),
        tuple(Label(one, tuple(draw(st.lists(words, max_size=2, unique=True)))) for one in names),
        optional=frozenset(one for one in names if draw(st.booleans())),
        buckets=tuple(sorted(buckets)),
        counts=draw(maybe_unit) if kind in ("histogram", "summary") else EVENTS,
        native=native,
        expected_max=draw(st.none() | numbers),
        low=draw(st.sampled_from([None, low])),
        high=draw(st.sampled_from([None, high])),
        shared=draw(st.booleans()),
        open=draw(st.booleans()),
        help=draw(texts),
        odd_name=draw(texts),
        since=draw(st.sampled_from(["", "1.10", "v2", "null"])),
        until=draw(st.sampled_from(["", "2.0"])),
        renamed_from=draw(texts),
        jobs=tuple(one for one in jobs if draw(st.booleans())),
        targets=targets,
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A catalog as a file would say it."""
    some = st.lists(words, max_size=2, unique=True).map(tuple)
    targets = draw(st.just(TARGET) | some)
    jobs = draw(some)
    return Catalog(
        draw(words),
        tuple(draw(st.lists(metrics(targets, jobs), max_size=4, unique_by=lambda one: one.name))),
        jobs,
        draw(st.sampled_from([15.0, 60.0, 0.5, 90.0, 0.0001])),
        targets,
        draw(some),
        "c.yaml",
    )
