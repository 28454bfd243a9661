"""Every node is found in the text as it was written: what stands there parses to that very node."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.expr import Binary, Expr, Match, Select, Variable, Window, children, rebuild, walk
from queries.parse import NotPromQL, parse
from queries.position import Path, span_of, spans
from queries.promql import to_promql
from queries.template import STRING
from tests.queries.corpus import NEEDS_SHARED, dashboard_queries, source_expressions
from tests.queries.laws import LAW, explicit, same
from tests.queries.strategies import trees


def _paths(expr: Expr, path: Path = ()) -> Iterator[tuple[Path, Expr]]:
    yield path, expr
    for index, child in enumerate(children(expr)):
        yield from _paths(child, (*path, index))


def _said(text: str) -> list[str]:
    """What stands at each node, in the order of the text."""
    expr = parse(text)
    found = spans(text, expr)
    return [text[slice(*found.at(path))] for path, _ in _paths(expr)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x", ["x"]),
        (' ( x{a="b"} ) # why', ['x{a="b"}']),
        ("x offset -5m @ end()", ["x offset -5m @ end()"]),
        ('{__name__="x"}', ['{__name__="x"}']),
        ('{"my.metric", "my label"="v"}', ['{"my.metric", "my label"="v"}']),
        ('x{by="1", on="2"}', ['x{by="1", on="2"}']),
        ("x{a=`)\\(`} # )\n", ["x{a=`)\\(`}"]),
        ("rate(x[5m])", ["rate(x[5m])", "x[5m]", "x"]),
        ("rate( x [5m] offset 1d )", ["rate( x [5m] offset 1d )", "x [5m] offset 1d", "x"]),
        ("(a + b)[1h:5m] @ end()", ["(a + b)[1h:5m] @ end()", "a + b", "a", "b"]),
        ("x offset 5m[1h:] offset 1d", ["x offset 5m[1h:] offset 1d", "x offset 5m"]),
        ("max_over_time(sum(x)[1h:])", ["max_over_time(sum(x)[1h:])", "sum(x)[1h:]", "sum(x)", "x"]),
        ("hour( )", ["hour( )"]),
        ("sum by (a) (x) + 1", ["sum by (a) (x) + 1", "sum by (a) (x)", "x", "1"]),
        ("sum(x) BY (a) + 1", ["sum(x) BY (a) + 1", "sum(x) BY (a)", "x", "1"]),
        ("topk without (a) (3, (x))", ["topk without (a) (3, (x))", "3", "x"]),
        ('count_values("(", x)', ['count_values("(", x)', '"("', "x"]),
        ("((a) + (b)) * c", ["((a) + (b)) * c", "(a) + (b)", "a", "b", "c"]),
        ("a - b - c", ["a - b - c", "a - b", "a", "b", "c"]),
        ("a ^ b ^ c", ["a ^ b ^ c", "a", "b ^ c", "b", "c"]),
        ("a + b * c > 1", ["a + b * c > 1", "a + b * c", "a", "b * c", "b", "c", "1"]),
        ("a OR b unless c", ["a OR b unless c", "a", "b unless c", "b", "c"]),
        ("a == bool on () b", ["a == bool on () b", "a", "b"]),
        ("a > bool (b)", ["a > bool (b)", "a", "b"]),
        ("a*on(x)group_left(y)(b)", ["a*on(x)group_left(y)(b)", "a", "b"]),
        ("a / ignoring (x) group_right b", ["a / ignoring (x) group_right b", "a", "b"]),
        ("-1^2", ["-1^2", "1^2", "1", "2"]),
        ("-a * -b", ["-a * -b", "-a", "a", "-b", "b"]),
        ("-a ^ -b * c", ["-a ^ -b * c", "-a ^ -b", "a ^ -b", "a", "-b", "b", "c"]),
        ("+x - +(y)", ["x - +(y)", "x", "y"]),
        ("--1 - -(2)", ["--1 - -(2)", "--1", "-(2)"]),
        ("0x1F - 1e-3 + 1_000", ["0x1F - 1e-3 + 1_000", "0x1F - 1e-3", "0x1F", "1e-3", "1_000"]),
        (".5e+1 - 5.", [".5e+1 - 5.", ".5e+1", "5."]),
        ("x > -Inf", ["x > -Inf", "x", "-Inf"]),
        ("offset - offset offset -5m", ["offset - offset offset -5m", "offset", "offset offset -5m"]),
        ("and offset -5m - and @ 5", ["and offset -5m - and @ 5", "and offset -5m", "and @ 5"]),
        ("a @ 5 - 3", ["a @ 5 - 3", "a @ 5", "3"]),
        ("by and and and or", ["by and and and or", "by and and", "by", "and", "or"]),
        ('$metric{a="$a"} / ${m:raw}_total', ['$metric{a="$a"} / ${m:raw}_total', '$metric{a="$a"}', "${m:raw}_total"]),
        ("rate(x[[[w]]]) > [[limit]]", ["rate(x[[[w]]]) > [[limit]]", "rate(x[[[w]]])", "x[[[w]]]", "x", "[[limit]]"]),
        ("increase(x[${__range_s}s])", ["increase(x[${__range_s}s])", "x[${__range_s}s]", "x"]),
        ("topk($k, -$__to * x)", ["topk($k, -$__to * x)", "$k", "-$__to * x", "-$__to", "$__to", "x"]),
        ("sum(\n  a # )\n  /\n  b\n)", ["sum(\n  a # )\n  /\n  b\n)", "a # )\n  /\n  b", "a", "b"]),
    ],
)  # fmt: skip
def test_each_node_stands_where_it_was_written(text: str, said: list[str]) -> None:
    assert _said(text) == said


def test_equal_nodes_stand_at_places_of_their_own() -> None:
    text = "a + a"
    expr = parse(text)
    assert isinstance(expr, Binary)

    assert expr.left == expr.right
    assert (span_of(text, expr, (0,)), span_of(text, expr, (1,))) == ((0, 1), (4, 5))


@pytest.mark.parametrize(
    ("text", "match", "said"),
    [
        ('x{a="b", c=~"d"}', Match("c", "=~", "d"), 'c=~"d"'),
        ('y{a="b"} / x{ a = "b" }', Match("a", "=", "b"), 'a="b"'),
        ('x{a="b,}", c="d",}', Match("a", "=", "b,}"), 'a="b,}"'),
        ("x{a=~`\\d`, a=~'\\\\d+'}", Match("a", "=~", "\\d+"), "a=~'\\\\d+'"),
        ('x{"my label"!="v"}', Match("my label", "!=", "v"), '"my label"!="v"'),
        ('x{$label="b", a=""}', Match("$label", "=", "b"), '$label="b"'),
        ('x{a="", b="1"}', Match("a", "=", ""), 'a=""'),
        ('{a="b" # why\n, __name__!~"b.*"}', Match("__name__", "!~", "b.*"), '__name__!~"b.*"'),
        ('{__name__="a", __name__="b"}', Match("__name__", "=", "b"), '__name__="b"'),
        ('x{a="b"}', Match("a", "=", "else"), 'x{a="b"}'),
        ("x", Match("a", "=", "b"), "x"),
    ],
)
def test_a_matcher_stands_in_the_braces_of_its_series(text: str, match: Match, said: str) -> None:
    expr = parse(text)
    first = next(path for path, node in _paths(expr) if isinstance(node, Select))

    assert text[slice(*span_of(text, expr, first, match))] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sum by (a, b) (x)", "by (a, b)"),
        ("sum(by) WITHOUT (a)", "WITHOUT (a)"),
        ("sum (x)", "sum (x)"),
        ("by - on(on) group_left (a) x", "on(on)"),
        ("a > bool ignoring (b) c", "ignoring (b)"),
        ("a / b", "a / b"),
    ],
)
def test_the_labels_of_a_grouping_and_of_a_matching_are_found(text: str, said: str) -> None:
    assert text[slice(*spans(text, parse(text)).labels(()))] == said


def _comparable(expr: Expr) -> Expr:
    """A variable that stands alone is read as a name, whatever it was."""
    return rebuild(expr, lambda node: Select(node.text) if isinstance(node, Variable) else node)


def _strays(text: str) -> list[tuple[str, Expr]]:
    """The nodes whose words, parsed alone, are another node."""
    expr = parse(text)
    found = spans(text, expr)
    windows = {id(node.of) for node in walk(expr) if isinstance(node, Window)}
    strays = []
    for path, node in _paths(expr):
        said = text[slice(*found.at(path))]
        # the offset of a window's series stands behind the window
        wanted = replace(node, offset="", at="") if id(node) in windows and isinstance(node, Select) else node
        try:
            right = same(_comparable(parse(said)), _comparable(wanted))
        except NotPromQL:
            right = False
        if not right:
            strays.append((said, node))
    return strays


def _parses(text: str) -> bool:
    try:
        parse(text)
    except NotPromQL:
        return False
    return True


@NEEDS_SHARED
@pytest.mark.parametrize("queries", [dashboard_queries, source_expressions])
def test_every_node_of_real_queries_is_found(queries: Callable[[], tuple[str, ...]]) -> None:
    for text in queries():
        assert not _parses(text) or _strays(text) == []


@NEEDS_SHARED
def test_every_matcher_of_real_queries_is_found() -> None:
    for text in dashboard_queries():
        expr = parse(text)
        found = spans(text, expr)
        for path, node in _paths(expr):
            for match in node.match if isinstance(node, Select) else ():
                start, end = found.match(path, match)
                label = re.escape(match.label)
                # `{"x"}` says `__name__="x"`
                assert re.match(rf'"?{label}"?\s*{match.op}' if label != "__name__" else '__name__|"', text[start:end])


@LAW
@given(trees)
def test_every_node_of_any_tree_is_found(tree: Expr) -> None:
    assert _strays(to_promql(tree)) == []
    assert _strays(explicit(tree)) == []


@LAW
@given(trees)
def test_blanks_comments_and_capitals_do_not_lose_a_node(tree: Expr) -> None:
    parts = STRING.split(to_promql(tree))
    code = [re.sub(r"\b(by|without|on|bool|and|or)(?= )", lambda word: word[0].upper(), part) for part in parts[::2]]
    # `start( )` is no time
    parts[::2] = [re.sub(r"\((?!\))", "( # )(\n\t", re.sub(r"(?<!\()\)", " \n)", part)) for part in code]

    assert _strays("".join(parts)) == []


@LAW
@given(trees, trees | st.text(max_size=40) | st.text("()[]{},+-\"'`#$ab ", max_size=40))
def test_a_text_of_another_tree_breaks_nothing(tree: Expr, other: Expr | str) -> None:
    text = other if isinstance(other, str) else to_promql(other)

    found = spans(text, tree)

    for path, _ in _paths(tree):
        for start, end in (found.at(path), found.match(path, Match("a", "=", "b")), found.labels(path)):
            assert 0 <= start <= end <= len(text)


def test_what_is_not_found_is_the_whole_text() -> None:
    found = spans("rate(x", parse("rate(x[5m]) + y"))

    assert found.at((0,)) == found.at((5, 5)) == found.labels((0,)) == found.match((7,), Match("a", "=", "b")) == (0, 6)
