"""What Prometheus takes is read, however it is written, and printed in one form."""

import pytest

from queries.expr import Call
from queries.parse import NotPromQL, parse
from queries.promql import to_promql


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("x[90m]", "x[1h30m]"),
        ("x[1w]", "x[7d]"),
        ("x[1y2w3d4h5m6s7ms]", "x[382d4h5m6s7ms]"),
        ("x[300]", "x[5m]"),
        ("x[1.5]", "x[1s500ms]"),
        ("x[4294967295ms]", "x[49d17h2m47s295ms]"),
        ("x offset 7d", "x offset 7d"),
        ("x offset -5m @ end()", "x @ end() offset -5m"),
        ("x @ 1609746000.123", "x @ 1609746000.123"),
        ("x @ 1e9", "x @ 1000000000"),
        ("x[1h:]", "x[1h:]"),
        ("x offset 5m[1h:5m] offset -1d @ start()", "x offset 5m[1h:5m] @ start() offset -1d"),
    ],
)
def test_durations_offsets_and_times_have_one_spelling(text: str, printed: str) -> None:
    assert to_promql(parse(text)) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('x{a=~"a{10,1000}"}', 'x{a=~"a{10,1000}"}'),
        ('x{a="\\\\xff"}', 'x{a="\\\\xff"}'),
        ("x{a=`\\xff`}", 'x{a="\\\\xff"}'),
        ("x{a=~`\\d+\\.`}", 'x{a=~"\\\\d+\\\\."}'),
        ('`a"b`', '"a\\"b"'),
        ("`\n`", '"\\n"'),
        ("x{a='it\\'s'}", 'x{a="it\'s"}'),
        ('x{a="\\u00e9\\t"}', 'x{a="é\\t"}'),
        ('x{a="#"} # } (', 'x{a="#"}'),
        ("SUM BY (b, a) (x) AND y", "sum by (a, b) (x) and y"),
        ("sum(x) by (a)", "sum by (a) (x)"),
        ("sum by () (x)", "sum(x)"),
        ("x{}", "x"),
        ("((x))", "x"),
        ("+x", "x"),
        ("rate(+x[5m])", "rate(x[5m])"),
        ("--1", "1"),
        ("-(1)", "-1"),
        ("a -1", "a - 1"),
        ("0x1F", "31"),
        ("1_000 + 0x1_F + 1_0.5_0e1_0", "1000 + 31 + 105000000000"),
        ('x{a="1_0"} > 1_0 # 1_0', 'x{a="1_0"} > 10'),
        ("x_1_0:1_0 - 1_0", "x_1_0:1_0 - 10"),
        ("x[1_000] offset 1_0", "x[16m40s] offset 10s"),
        ('{"my.metric", "my label"="v"}', '{"my.metric", "my label"="v"}'),
        ('{__name__="a"}', "a"),
        ('{__name__="my.metric"}', '{"my.metric"}'),
        ('{__name__="a", __name__!="b"}', '{__name__!="b", __name__="a"}'),
        ('{__name__="a", __name__=~"b"}', '{__name__="a", __name__=~"b"}'),
        ('{__name__="", a="b"}', '{__name__="", a="b"}'),
        ('{__name__="$metric"}', '{__name__="$metric"}'),
        ("a * on (x) group_left b", "a * on (x) group_left () b"),
        ("a / ignoring () group_right (c, b) b", "a / ignoring () group_right (b, c) b"),
        ("1 > bool 2", "1 > bool 2"),
        ("hour()", "hour()"),
        ("timestamp(x @ start())", "timestamp(x @ start())"),
        ('label_replace(x, "a", "$1", "b", "(.*)")', 'label_replace(x, "a", "$1", "b", "(.*)")'),
    ],
)
def test_what_prometheus_takes_is_taken_and_printed_in_one_form(text: str, printed: str) -> None:
    assert to_promql(parse(text)) == printed


def test_what_prometheus_2_has_is_read_although_3_has_it_no_longer() -> None:
    smoothed = parse("holt_winters(queue_depth[5m], 0.5, 0.5)")

    assert isinstance(smoothed, Call)
    assert smoothed.function == "holt_winters"
    with pytest.raises(NotPromQL, match="matrix"):
        parse("holt_winters(queue_depth, 0.5, 0.5)")


@pytest.mark.parametrize("pattern", ["[*+]+", "[+*]", r"\\++", r"\\*\\*", "a+?", "[[:alpha:]]+", "[]*+]x"])
def test_signs_that_repeat_nothing_are_read(pattern: str) -> None:
    assert parse(f'x{{a=~"{pattern}"}}') == parse(f'x{{a=~"{pattern}"}}')
