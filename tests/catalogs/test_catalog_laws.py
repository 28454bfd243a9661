"""What holds for every catalog: what is written is read again, and nothing that is read breaks the reader."""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import jsonschema
from hypothesis import example, given, settings
from hypothesis import strategies as st

from queries.catalog import Catalog
from queries.catalogs.exposition import read_exposition
from queries.catalogs.file import read_catalog
from queries.catalogs.not_a_catalog import NotACatalog
from queries.catalogs.schema import plain, schema
from queries.catalogs.schema_fit import SAYS_NOTHING, WORDS, fits
from queries.catalogs.scraped import metrics_of
from queries.catalogs.text import catalog_text
from queries.catalogs.unit_names import named, spelled
from queries.catalogs.yaml_members import members
from queries.unit import Unit
from tests.catalogs.strategies import catalogs, units

SAID = """domain: d
jobs: [a]
scrape_interval: 15s
metrics:
- {name: a, type: histogram, unit: seconds, labels: {x: [b, c], y: null}, optional: [y], buckets: [1, 2.5], low: 0}
- name: b
  help: "What it is: 100 %."
"""
PAGE = """# HELP a_seconds How long.
# TYPE a_seconds histogram
a_seconds_bucket{x="\\"b\\\\",le="0.5"} 1 123
a_seconds_bucket{x="\\"b\\\\",le="+Inf"} 2e0 # {trace_id="1"} 0.5
a_seconds_sum{x="\\"b\\\\"} NaN
a_seconds_count{x="\\"b\\\\"} 2
{"a.b","c d"="e"} -Inf
# EOF
"""
#: How long reading may take whatever stands there (seconds).
PATIENCE = 5.0


@given(catalogs())
@settings(deadline=None)
def test_what_is_written_is_read_again(catalog: Catalog) -> None:
    text = catalog_text(catalog)

    assert read_catalog(text.encode(), "c.yaml") == catalog
    assert catalog_text(catalog) == text


@given(units())
def test_a_unit_is_found_by_its_name(unit: Unit) -> None:
    assert named(spelled(unit)) == unit


@st.composite
def broken(draw: st.DrawFn, text: str) -> bytes:
    """A text with a piece cut out, doubled, or replaced by what nobody expects."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 12)))
    odd = [
        "",
        "\t",
        "\0",
        "\n",
        "- ",
        "[" * 500,
        "{",
        "}",
        "*a",
        "&a ",
        "!!a ",
        '"',
        "'",
        ": ",
        "#",
        "\\",
        ",",
        "1e999",
        "é",
    ]
    piece = draw(st.sampled_from(odd) | st.just(text[start:end] * 2))
    return (text[:start] + piece + text[end:]).encode() + draw(st.sampled_from([b"", b"\xff", b"\x1f\x8b"]))


@given(st.data())
@settings(deadline=None)
def test_a_broken_catalog_is_a_catalog_or_says_why_not(data: st.DataObject) -> None:
    began = time.process_time()
    with suppress(NotACatalog):
        read_catalog(data.draw(broken(SAID)), "c.yaml")
    assert time.process_time() - began < PATIENCE


@given(st.data())
@settings(deadline=None)
def test_a_broken_page_is_a_page_or_says_why_not(data: st.DataObject) -> None:
    began = time.process_time()
    with suppress(NotACatalog):
        metrics = metrics_of(read_exposition(data.draw(broken(PAGE)), "m.prom"))
        text = catalog_text(Catalog("d", metrics, source="c.yaml"))
        assert read_catalog(text.encode(), "c.yaml").metrics == metrics
    assert time.process_time() - began < PATIENCE


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_bytes_of_any_kind_break_nobody(data: bytes) -> None:
    for read in (read_catalog, read_exposition):
        with suppress(NotACatalog):
            read(data, "x")


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from([*"12 x^*", " per ", "seconds", "days^9", "1e-300 x ", "usd"])).map("".join)
)
def test_any_text_is_a_unit_or_none(text: str) -> None:
    with suppress(ValueError):
        unit = named(text)
        assert named(spelled(unit)).dimension == unit.dimension


_leaves = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.floats()
    | st.sampled_from(["", "a", "15s", "gauge", "x" * 1001])
)
_values = st.recursive(
    _leaves, lambda of: st.lists(of, max_size=2) | st.dictionaries(st.sampled_from(["", "a", "b"]), of, max_size=2)
)
_metrics = st.dictionaries(st.sampled_from([*schema()["$defs"]["metric"]["properties"], "other"]), _values, max_size=4)


@st.composite
def odd_catalogs(draw: st.DrawFn) -> Any:
    """What has the members of a catalog, and anything in them."""
    name = st.sampled_from([*schema()["properties"], "other"])
    said: dict[str, Any] = {"domain": "d", "metrics": [{"name": "m"} | draw(_metrics)]}
    return said | draw(st.dictionaries(name, _values, max_size=2)) if draw(st.booleans()) else said


@given(odd_catalogs() | _values)
@settings(deadline=None)
@example({"domain": "d", "metrics": [], "scrape_interval": 0})
@example({"domain": "d", "metrics": [], "scrape_interval": float("nan")})
@example({"domain": "d", "metrics": [{"name": "m", "shared": 1, "low": True, "labels": {"": None}}]})
def test_the_quick_look_and_the_schema_agree(value: Any) -> None:
    judge = jsonschema.Draft202012Validator(schema())

    assert fits(value, schema(), schema()) == judge.is_valid(value)


@given(catalogs())
@settings(deadline=None)
def test_what_is_written_fits_the_schema(catalog: Catalog) -> None:
    said = plain(members(catalog_text(catalog), "c.yaml"))

    jsonschema.Draft202012Validator(schema()).validate(said)


def _words(schema: Any) -> Iterator[str]:
    yield from schema
    for word, said in schema.items():
        below = said.values() if word in ("properties", "$defs") else [said]
        for one in below:
            if isinstance(one, dict):
                yield from _words(one)


def test_the_quick_look_knows_every_word_of_the_schema() -> None:
    assert set(_words(schema())) == {*WORDS, *SAYS_NOTHING}
