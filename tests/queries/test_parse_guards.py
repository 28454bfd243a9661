"""The traps of promql-parser: what is deep, long, odd or only its own is refused, and says why."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.expr import Text
from queries.guard import LONGEST, MOST_OPERATORS, MOST_VARIABLES, _refusal_of_code, refusal
from queries.parse import NotPromQL, parse
from queries.promql import to_promql
from tests.queries.laws import same

#: What is counted, alone and where it does not count.
GUARDED = (
    *("(", "[", "{", ")", "+", "<=", "==", "or ", "a or(b)", " AND", "unless\n", "atan2", "$a", "[[b]]", "${c}"),
    *('"', "'", "`", "#", "\n", " ", "a", "@", "-", '"\\xff"', "\\"),
)


@contextmanager
def _quick(seconds: float) -> Iterator[None]:
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds


def _refused(text: str) -> str:
    with pytest.raises(NotPromQL) as caught:
        parse(text)
    return str(caught.value)


# T5: deep and long -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("(" * 7_000 + "a" + ")" * 7_000, "nested deeper than 100"),
        ("(" * 20_000 + "a" + ")" * 20_000, "longer than 16000 bytes"),
        ("abs(" * 101 + "a" + ")" * 101, "nested deeper than 100"),
        ("[" * 101, "nested deeper than 100"),
        ("+".join("a" * 5_000), "more than 200 operators"),
        ("or ".join(["a "] * 300), "more than 200 operators"),
        ("-" * 5_000 + "a", "more than 200 operators"),
        (" AND ".join(["a"] * 1_500), "more than 200 operators"),
        (" atan2 ".join(["a"] * 300), "more than 200 operators"),
        (" " * 20_000 + "a", "longer than 16000 bytes"),
        ("é" * 8_001, "longer than 16000 bytes"),
        ("+ $a " * 100, "more than 32 variables"),
        ("[[a]] + " * 40 + "b", "more than 32 variables"),
        ("", "nothing to parse"),
        (" \n\t", "nothing to parse"),
        ("a\x00", "a NUL byte is no PromQL"),
    ],
)
def test_deep_long_and_empty_texts_are_refused_at_once(text: str, why: str) -> None:
    with _quick(0.5):
        assert _refused(text) == why


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100 + "a" + ")" * 100,
        "abs(" * 100 + "a" + ")" * 100,
        " + ".join(["a"] * (MOST_OPERATORS + 1)),
        " ^ ".join(["a"] * (MOST_OPERATORS + 1)),
        "-" * MOST_OPERATORS + "a",
        " + ".join(["(a)"] * 120),
        "(" * 100 + "a" + " + a)" * 100 + " + a" * 100,
        "sum(" * 50 + "max_over_time((a)[1h:])" + ")" * 50,
        f'a{{b="{"x" * (LONGEST - 10)}"}}',
        'a{b="' + "(" * 500 + '"}',
        "a # " + "(" * 500,
        " + ".join(["$a"] * MOST_VARIABLES),
    ],
)
def test_the_longest_and_deepest_that_is_taken_is_read_and_printed(text: str) -> None:
    with _quick(2):
        tree = parse(text)
        assert same(parse(to_promql(tree)), tree)


def test_a_text_of_many_variables_that_no_reading_helps_is_refused_soon() -> None:
    with _quick(5):
        assert _refused(" + ".join(["$a"] * MOST_VARIABLES + ["b"] * 150) + " +")


@given(st.lists(st.tuples(st.sampled_from(GUARDED), st.integers(1, 250)), max_size=4))
def test_a_cheap_look_overlooks_nothing(parts: list[tuple[str, int]]) -> None:
    text = "".join(piece * count for piece, count in parts) + "a"

    assert refusal(text) == _refusal_of_code(text)


# T3, T6: panics and what is no Exception ---------------------------------------------------------


@pytest.mark.parametrize("text", ["x @ -100", "x @  - 1", "x @\n-1", "x[5m] @ -0.5", "x @ # why\n -100", "x[1h:] @ -3"])
def test_a_time_before_1970_is_refused_before_the_parser_panics(text: str) -> None:
    assert _refused(text) == "a time before 1970 after @"


@pytest.mark.parametrize(
    "text", ["x @ 1e15", "x @ 1e300", "x @ Inf", "x @ NaN", "x[999999999y]", "x offset 99999999999w"]
)
def test_times_and_durations_out_of_range_are_refused(text: str) -> None:
    assert _refused(text)


def test_a_panic_of_the_parser_is_an_error_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(text: str) -> None:
        raise PanicException(text)

    monkeypatch.setattr("promql_parser.parse", panic)

    assert _refused("x") == "the parser broke on it"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, MemoryError])
def test_an_interruption_is_no_fault_of_the_text(
    interruption: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(text: str) -> None:
        raise interruption(text)

    monkeypatch.setattr("promql_parser.parse", interrupted)

    with pytest.raises(interruption):
        parse("x")


def test_a_node_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("promql_parser.parse", lambda _: object())

    assert _refused("x") == "object is not known here"


def test_characters_that_are_none_are_refused() -> None:
    assert _refused('x{a="\ud800"}')


# T4: durations -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x[0]", "a window of no time at all"),
        ("x[0s]", "duration must be greater than 0"),
        ("x[1h:0s]", "duration must be greater than 0"),
        ("x[4294967296ms]", "duration must be greater than 0"),
        ("x[-5m]", ""),
    ],
)
def test_windows_of_no_time_are_refused(text: str, why: str) -> None:
    assert why in _refused(text)


# T7, T9, T10: what only the parser takes ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ln(-1)", "ln() wants a vector, not a scalar"),
        ("ln(1 + time())", "expected type vector in call to function 'ln', got scalar"),
        ("rate(-x)", "expected type matrix"),
        ("vector(-x)", "expected type scalar"),
        ('-"s"', "unary expression only allowed"),
        ("-x[5m]", "unary expression only allowed"),
        ("-x[1h:]", "unary expression only allowed"),
        ('"a" + 1', ""),
        ("x[5m] + 1", ""),
        ("rate(x)", ""),
        ("vector(x)", ""),
        ("sum(1)", ""),
        ('topk("a", x)', ""),
        ("1 and 2", ""),
        ("1 > 2", ""),
        ("1[1h:]", ""),
        ('x{a="b" or c="d"}', '"or" between matchers is VictoriaMetrics, Prometheus rejects it'),
        ("a + fill(0) b", "fill() is an experiment that Prometheus rejects"),
        ("a + on (x) fill_right(1) b", "fill() is an experiment that Prometheus rejects"),
        ('x{a=~"a{1001}"}', "Prometheus cannot read the regular expression 'a{1001}'"),
        ('x{a=~"a{2,1001}"}', "Prometheus cannot read the regular expression 'a{2,1001}'"),
        ('x{a!~"a**"}', "Prometheus cannot read the regular expression 'a**'"),
        ('x{a=~"(?x)a"}', "Prometheus cannot read the regular expression '(?x)a'"),
        ('x{a=~"\\\\u0041"}', "Prometheus cannot read the regular expression '\\\\u0041'"),
        ('x{a="\\xff"}', "a byte in a string that is no character"),
        ('"\\\\\\377"', "a byte in a string that is no character"),
        ("sum(x) offset 7d", "offset modifier must be preceded by"),
        ("x{}{}", ""),
        ("{}", ""),
        ('{a=~".*"}', ""),
        ('a{__name__="b"}', ""),
        ("a b", ""),
        ("1__0", "bad number"),
        ("1_", "bad number"),
        ("x[1_0m]", "bad number"),
        ("1" * 15_000 + "_a", "bad number"),
        ("a * on (x) group_left (x) b", ""),
        ("$", "unexpected character: '$'"),
        ("${", "unexpected character: '$'"),
    ],
)
def test_what_prometheus_rejects_is_rejected(text: str, why: str) -> None:
    assert why in _refused(text)


def test_not_promql_is_a_value_error_that_says_why() -> None:
    assert isinstance(NotPromQL("why"), ValueError)
    assert parse('"s"') == Text("s")


@pytest.mark.parametrize("pattern", ["a++", "a**", "a*+", "(a?)?*", "a{1001}"])
def test_a_repetition_that_re2_refuses_is_refused(pattern: str) -> None:
    with pytest.raises(NotPromQL, match="regular expression"):
        parse(f'x{{a=~"{pattern}"}}')
