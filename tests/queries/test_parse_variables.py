"""Grafana's variables are read in every place where one can stand, and put back there."""

import pytest

from queries.expr import Binary, Call, Minus, Number, Select, Variable, Window, walk
from queries.parse import NotPromQL, parse
from queries.promql import to_promql
from tests.queries.laws import same


def _refused(text: str) -> str:
    with pytest.raises(NotPromQL) as caught:
        parse(text)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "rate(x[$__rate_interval])",
        "rate(x[$w])",
        "rate(x[ ${w} ])",
        "rate(x[[[w]]])",
        "increase(x[${__range_s}s])",
        "increase(x[[[__range_ms]]ms])",
        "x[1h:$step]",
        "x[$span:]",
        "max_over_time(x[$__range:$__interval])",
        "x offset $o",
        "x OFFSET $o",
        "x offset -$o",
        "x offset ${n}d",
        "x @ $__from",
        "x @ ${__to:date:seconds}",
        "x @ $when offset $o",
        "$metric",
        '$metric{a="b"}',
        "${m:raw}_total",
        "foo_[[m]]_bar",
        "foo_${a}_${b}",
        'x{$label="b"}',
        'x{prefix_${l}="b"}',
        'x{instance=~"${instance:regex}", job=~"$job"}',
        "sum by ($by) (x)",
        "sum by (${by:csv}, a) (x)",
        "sum without ($by) (x)",
        "a * on ($k) group_left ($extra) b",
        "a / ignoring ([[k]]) b",
        "x > $limit",
        "x * $__range_s",
        "-$x",
        "topk($k, x)",
        "clamp_max(x, $max) + clamp_min($metric, $min)",
        "vector($x)",
        "histogram_quantile($q, sum by (le) (rate(x_bucket[$__rate_interval])))",
        "quantile_over_time($q, x[5m]) or $a * $b ^ [[c]]",
        "vector(-$x) - -$y",
        '${a}_${b}{c_$d_e="1"} or ${f}g',
    ],
)
def test_a_variable_in_any_place_is_read_and_put_back(text: str) -> None:
    tree = parse(text)
    printed = to_promql(tree)

    assert printed.lower().replace(" ", "") == text.lower().replace(" ", "")
    assert same(parse(printed), tree)


@pytest.mark.parametrize(
    "text",
    [
        *("$agg(x)", "x $op y", "up{$a,$b}", "x[$a$b]", "x[5$unit]", "sum by (a) $x", "x @ $a$b", "x @ 1$a"),
        *("vector(0.$q)", "vector(${a}5)", "vector(${a}.5)", "vector(1e$x)", "x[${n}x]", "x offset 1$d", "x[1h$m]"),
    ],
)
def test_a_variable_where_no_name_number_or_time_stands_is_refused(text: str) -> None:
    assert _refused(text)


def test_a_variable_is_a_number_a_name_or_a_time_as_its_place_asks() -> None:
    assert parse("topk($k, x)") == parse("topk( $k,x )")
    assert Variable("$k") in set(walk(parse("topk($k, x)")))
    assert parse("x > $limit") == Binary(">", Select("x"), Select("$limit"))
    assert parse("rate(x[$w])") == Call("rate", (Window(Select("x"), "$w"),))
    assert parse("vector(-$x)") == Call("vector", (Minus(Variable("$x")),))
    assert parse("$__range_s") == Variable("$__range_s")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("x offset\n$o", "x offset $o"),
        ("x >\n$limit * 2", "x > $limit * 2"),
        ("1_000 * $a1_0", "1000 * $a1_0"),
        ("1_000 * ${a}_1_0", "1000 * ${a}_1_0"),
    ],
)
def test_what_stands_around_a_variable_is_left_alone(text: str, printed: str) -> None:
    assert to_promql(parse(text)) == printed


def test_a_number_that_looks_like_a_stand_in_stays_a_number() -> None:
    assert parse("1073000000 + 1") == Binary("+", Number(1073000000), Number(1))
    assert parse("vector(1073000000.5)") == Call("vector", (Number(1073000000.5),))


def test_the_first_reading_says_what_is_wrong() -> None:
    assert _refused("$a + (") == _refused("a + (")
