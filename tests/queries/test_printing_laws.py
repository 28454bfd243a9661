"""What is printed parses to the same tree, in the fewest parentheses and one spelling."""

from dataclasses import replace
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.expr import (
    Aggregate,
    Binary,
    Call,
    Expr,
    Match,
    Matching,
    Minus,
    Number,
    Select,
    Subquery,
    Text,
    Variable,
    Window,
)
from queries.parse import NotPromQL, parse
from queries.promql import PRECEDENCE, PRINTERS, bucket, number, quoted, to_promql
from tests.queries.laws import LAW, explicit, fewer_parentheses, same
from tests.queries.strategies import numbers, scalars, texts, trees, vectors

A, B, C = Select("a"), Select("b"), Select("c")


def test_every_kind_of_node_is_printed() -> None:
    assert PRINTERS.keys() == set(get_args(Expr))


@LAW
@given(trees)
def test_what_is_printed_parses_to_the_same_tree_and_prints_the_same(tree: Expr) -> None:
    text = to_promql(tree)

    again = parse(text)

    assert same(again, tree)
    assert to_promql(again) == text


@LAW
@given(vectors())
def test_every_parenthesis_written_out_is_the_same_tree(tree: Expr) -> None:
    assert same(parse(explicit(tree)), tree)


@LAW
@given(vectors(2) | scalars(2))
def test_no_parentheses_can_be_left_out(tree: Expr) -> None:
    for text in fewer_parentheses(to_promql(tree)):
        try:
            other = parse(text)
        except NotPromQL:
            continue
        assert not same(other, tree), text


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Binary("*", Binary("+", A, B), C), "(a + b) * c"),
        (Binary("+", A, Binary("*", B, C)), "a + b * c"),
        (Binary("-", A, Binary("-", B, C)), "a - (b - c)"),
        (Binary("^", A, Binary("^", B, C)), "a ^ b ^ c"),
        (Binary("^", Binary("^", A, B), C), "(a ^ b) ^ c"),
        (Binary("and", Binary("or", A, B), C), "(a or b) and c"),
        (Binary("or", A, Binary("unless", B, C)), "a or b unless c"),
        (Binary(">", Binary("/", A, B), Number(0.5)), "a / b > 0.5"),
        (Binary("atan2", Binary("%", A, B), C), "a % b atan2 c"),
        (Minus(Binary("^", A, B)), "-a ^ b"),
        (Binary("^", Minus(A), B), "(-a) ^ b"),
        (Binary("^", Number(-1), Number(2)), "(-1) ^ 2"),
        (Binary("*", Minus(A), B), "-a * b"),
        (Binary("*", A, Number(-1)), "a * -1"),
        (Binary("^", A, Minus(B)), "a ^ -b"),
        (Minus(Binary("*", A, B)), "-(a * b)"),
        (Minus(Minus(A)), "--a"),
        (Binary("==", A, B, Matching(()), returns_bool=True), "a == bool on () b"),
        (
            Binary("*", A, B, Matching(("y", "x"), group="left", include=("w", "v"))),
            "a * on (x, y) group_left (v, w) b",
        ),
        (Binary("/", A, B, Matching(("x",), ignoring=True)), "a / ignoring (x) b"),
        (Aggregate("sum", A, ("b", "a")), "sum by (a, b) (a)"),
        (Aggregate("sum", A), "sum(a)"),
        (Aggregate("sum", A, (), without=True), "sum without () (a)"),
        (Aggregate("topk", A, ("x",), param=Number(3)), "topk by (x) (3, a)"),
        (Aggregate("count_values", A, param=Text("v")), 'count_values("v", a)'),
        (Call("time"), "time()"),
        (Aggregate("topk", A, param=Variable("$k")), "topk($k, a)"),
        (Select("a", offset="-5m", at="start()"), "a @ start() offset -5m"),
        (Window(Select("a", at="100", offset="1h"), "5m"), "a[5m] @ 100 offset 1h"),
        (Subquery(Minus(A), "1h"), "(-a)[1h:]"),
        (Subquery(Binary("+", A, B), "1h", "5m", "1d", "end()"), "(a + b)[1h:5m] @ end() offset 1d"),
        (Subquery(Aggregate("sum", A), "1h"), "sum(a)[1h:]"),
    ],
)
def test_precedence_and_order_are_those_of_prometheus(tree: Expr, text: str) -> None:
    assert to_promql(tree) == text
    assert same(parse(text), tree) or to_promql(parse(text)) == text


@pytest.mark.parametrize("outer", PRECEDENCE)
@pytest.mark.parametrize("inner", PRECEDENCE)
def test_any_two_operators_come_back_in_the_fewest_parentheses(outer: str, inner: str) -> None:
    for tree in (
        Binary(outer, Binary(inner, A, B), C),
        Binary(outer, A, Binary(inner, B, C)),
        Binary(outer, Minus(A), Minus(Binary(inner, B, C))),
    ):
        text = to_promql(tree)
        assert parse(text) == tree
        assert all(parse(other) != tree for other in fewer_parentheses(text))


@pytest.mark.parametrize(
    ("select", "text"),
    [
        (Select("a", (Match("z", "=", "1"), Match("b", "!~", "x"))), 'a{b!~"x", z="1"}'),
        (Select("my.metric"), '{"my.metric"}'),
        (Select("my.metric", (Match("a b", "=", "c"),)), '{"my.metric", "a b"="c"}'),
        (Select("", (Match("a", "=", "b"),)), '{a="b"}'),
        (Select("bool"), '{"bool"}'),
        (Select("Inf"), '{"Inf"}'),
        (Select("offset"), "offset"),
        (Select("sum", (Match("by", "=", "without"),)), 'sum{by="without"}'),
        (Select("a", (Match("NaN", "=", "1"),)), 'a{"NaN"="1"}'),
        (Select("$metric"), "$metric"),
        (Select("a_${x:raw}_b"), "a_${x:raw}_b"),
    ],
)
def test_names_are_quoted_where_they_have_to_be(select: Select, text: str) -> None:
    assert to_promql(select) == text
    assert same(parse(text), Select(select.name, tuple(sorted(select.match))))


def test_a_long_odd_name_is_printed_at_once() -> None:
    assert to_promql(Select("a" * 5000 + ".b")) == '{"' + "a" * 5000 + '.b"}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1.0, "1"), (0.5, "0.5"), (-3, "-3"), (1e22, "1e+22"), (1e-7, "1e-07"), (500_000, "500000"),
        (float("inf"), "Inf"), (float("-inf"), "-Inf"), (float("nan"), "NaN"), (-0.0, "-0"),
    ],
)  # fmt: skip
def test_a_number_is_as_short_as_it_parses_back(value: float, text: str) -> None:
    assert number(value) == text


@given(numbers)
def test_a_number_parses_back_to_itself(value: Number) -> None:
    assert same(parse(to_promql(value)), value)


@given(texts)
def test_a_string_parses_back_to_itself_and_is_one_line(text: str) -> None:
    assert parse(quoted(text)) == Text(text)
    assert "\n" not in quoted(text)


def test_a_string_is_escaped_only_where_it_must_be() -> None:
    assert quoted('a"b\\c\n\t\r\x00\x1fé😀\x7f') == '"a\\"b\\\\c\\n\\t\\r\\u0000\\u001fé😀\x7f"'


@pytest.mark.parametrize(("bound", "text"), [(1, "1.0"), (0.5, "0.5"), (1e10, "10000000000.0"), (float("inf"), "+Inf")])
def test_a_bucket_is_printed_as_prometheus_3_writes_it(bound: float, text: str) -> None:
    assert bucket(bound) == text


@LAW
@given(vectors(1), st.randoms(use_true_random=False))
def test_the_order_in_which_labels_were_said_does_not_matter(tree: Expr, random: Random) -> None:
    assert to_promql(_shuffled(tree, random)) == to_promql(tree)


def _shuffled(tree: Expr, random: Random) -> Expr:
    match tree:
        case Select(match=match):
            return replace(tree, match=tuple(random.sample(match, len(match))))
        case Aggregate(by=by, of=of):
            return replace(tree, by=tuple(random.sample(by, len(by))), of=_shuffled(of, random))
        case _:
            return tree


def test_what_is_no_tree_is_not_printed() -> None:
    with pytest.raises(KeyError):
        to_promql("up")  # type: ignore[arg-type]
