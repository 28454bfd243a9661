"""Whatever the text: a tree that prints and parses again, or NotPromQL; quickly, and nothing else ever."""

import time
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from queries.expr import Expr
from queries.parse import NotPromQL, parse
from queries.promql import to_promql
from tests.queries.corpus import NEEDS_SHARED, dashboard_queries
from tests.queries.laws import LAW
from tests.queries.strategies import trees

#: Pieces that have broken parsers, ours or Prometheus'.
PIECES = (
    *("a", "sum", "rate", "by", "without", "on", "group_left", "offset", "bool", "and", "or", "atan2", "@", "start()"),
    *("(", ")", "[", "]", "{", "}", ",", ":", "5m", "1h30m", "0", "-", "+", "*", "/", "^", "==", "=~", "!=", ">", "="),
    *('"', "'", "`", '"x"', "`\\d`", "\\", "#", "\n", " ", "$", "$a", "${b:csv}", "[[c]]", "$__rate_interval", "1e400"),
    *("Inf", "NaN", "0x1f", "1_000", "é", "\x00", "\ud800", "😀", "999999999999999999y", "a" * 300, "-100", "1e15"),
)


#: What stands there instead of some of the text.
INSTEAD = st.just("") | st.sampled_from(PIECES)
QUERIES = st.deferred(lambda: st.sampled_from(dashboard_queries()))


@given(st.integers(0, 40_000), st.sampled_from(["(", "a+", "-", "{", "'", '"\\', "$a", "#\n", "`", "[5m:", "sum by("]))
def test_repeating_anything_is_quick(count: int, piece: str) -> None:
    begun = time.process_time()
    with suppress(NotPromQL):
        parse(piece * count + "a")
    assert time.process_time() - begun < 2


def _never_breaks(text: str) -> None:
    with suppress(NotPromQL):
        tree = parse(text)
        assert to_promql(parse(to_promql(tree))) == to_promql(tree)


@settings(LAW, max_examples=1_000)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=40))
def test_any_text_is_a_tree_or_refused(text: str) -> None:
    _never_breaks(text)


@LAW
@given(trees, st.data())
def test_a_tree_with_a_mutation_is_a_tree_or_refused(tree: Expr, data: st.DataObject) -> None:
    _never_breaks(_mutated(to_promql(tree), data))


@NEEDS_SHARED
@settings(LAW, max_examples=1_000)
@given(st.data())
def test_a_real_query_with_mutations_is_a_tree_or_refused(data: st.DataObject) -> None:
    text = data.draw(QUERIES)
    for _ in range(data.draw(st.integers(1, 3))):
        text = _mutated(text, data)
    _never_breaks(text)


def _mutated(text: str, data: st.DataObject) -> str:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 8)))
    return text[:start] + data.draw(INSTEAD) + text[end:]
