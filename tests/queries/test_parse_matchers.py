"""Names and matchers are hidden from the parser: no tree and no refusal changes for that, and a shape is read once."""

import re

import pytest

from queries.expr import Match, Select, selects
from queries.matchers import BRACES, STAND_IN, without_selectors
from queries.parse import NotPromQL, parse
from tests.queries.corpus import NEEDS_SHARED, dashboard_queries

#: What a lexer of PromQL takes for something else than a name, in whichever version.
_WORDS = """and or unless atan2 by without on ignoring group_left group_right bool offset fill fill_left fill_right inf
    nan start end step range sum min max avg group stddev stdvar count count_values bottomk topk quantile limitk
    limit_ratio anchored smoothed rate vector time ms 5m 1e5 0x1f"""
WORDS = _WORDS.split()


def test_matchers_are_read_once_and_come_back_in_every_tree(parsed: list[str]) -> None:
    for name in ("first", "second", "third"):
        assert parse(f'{name}{{seen="once", job!~"a.+"}}') == Select(
            name, (Match("job", "!~", "a.+"), Match("seen", "=", "once"))
        )
    assert sum("seen" in text for text in parsed) == 1


def test_a_name_in_quotes_stays_where_it_stands() -> None:
    for name in ("my.metric", "other.metric"):
        read = parse(f'{{"{name}", job=~"a|b"}}')
        assert isinstance(read, Select)
        assert Match("job", "=~", "a|b") in read.match
        assert name in repr(read)


@pytest.mark.parametrize("text", ['up{__name__="x"}', 'up{__name__!="x", a="b"}', 'up{a=""', "{}", '{a=""}'])
def test_what_the_parser_refuses_is_refused_in_its_own_words_every_time(text: str) -> None:
    said = []
    for _ in range(2):
        with pytest.raises(NotPromQL) as caught:
            parse(text)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert STAND_IN not in said[0]


def test_braces_in_strings_comments_and_variables_are_left_alone() -> None:
    text = 'label_replace(up, "a", "{b=\\"c\\"}", "d", "e") # {f="g"}'
    assert without_selectors(text, lambda _: (Match("x", "=", "y"),)) == (text, {})
    assert parse("up{a=\"{b='c'}\"}") == Select("up", (Match("a", "=", "{b='c'}"),))
    assert "${__rate_interval}" in repr(parse('rate(up{a="b"}[${__rate_interval}])'))


def test_a_label_that_looks_like_hidden_matchers_is_itself() -> None:
    read = parse(f'up{{{STAND_IN}0_=~".*"}} + down{{a="b"}}')
    assert Match(f"{STAND_IN}0_", "=~", ".*") in read.left.match  # type: ignore[union-attr]


def _apart(text: str) -> str:
    """The same text with a blank before its braces: then only what stands in them is hidden."""

    def apart(found: re.Match[str]) -> str:
        is_variable = found.string[: found.start()].endswith("$")
        return found[0] if is_variable or found["said"] is None else f" {found[0]}"

    return BRACES.sub(apart, text)


def _outcome(text: str) -> object:
    try:
        return parse(text)
    except NotPromQL as refused:
        return str(refused)


def test_queries_of_one_shape_are_read_once_and_each_keeps_its_own_names(parsed: list[str]) -> None:
    trees = {}
    for name in ("a_first", "a_second", "a:third"):
        trees[name] = parse(f'topk(7, irate({name}{{of="{name}"}}[7m7s])) * -{name}_b{{of="{name}"}}')
    assert sum("7m7s" in text for text in parsed) == 1
    for name, tree in trees.items():
        own = Match("of", "=", name)
        assert list(selects(tree)) == [Select(name, (own,)), Select(f"{name}_b", (own,))]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "form", ["{}{{a='b'}}", "sum by (c) (rate({}{{a='b'}}[5m]))", "x_y {}{{a='b'}}", "[1h:{}{{a='b'}}]"]
)
def test_a_word_of_the_parser_is_no_name(word: str, form: str) -> None:
    text = form.format(word)
    for one in (text, text.replace(word, word.upper())):
        assert isinstance(_outcome(one), str) == isinstance(_outcome(_apart(one)), str)


@pytest.mark.parametrize(
    "name", ["$a_b", "${a}_b", "[[a]]_b", "x_${a}", "x_$a_b", "${a:csv}x_y", "1_b", "é_b", "a.b_c"]
)
def test_a_name_with_a_variable_or_what_is_none_stands_as_it_was(name: str) -> None:
    text = f"sum(rate({name}{{a='b'}}[5m]))"
    assert _outcome(text) == _outcome(_apart(text))


@pytest.mark.parametrize(
    "text",
    [
        "max_over_time(rate(a_b{c='d'}[5m] offset 1h)[1h:1m] @ start()) unless on (x) (-e_f{g='h'} @ 5)",
        "topk by (x) (scalar(a_b{c='d'}), quantile without (y) (0.5, e_f{g='h'} offset -5m))",
        "a_b{c='d'} + ignoring (x) group_left (y) e_f{g=~'$h|i'} > bool 1",
        "label_replace(a_b{c='d'}, 'x', '$1', 'y', '(.*)') or absent(e_f{g='h', __name__='i'})",
        "sum(rate(a_b{c='d'}[$__rate_interval])) / sum by ($e) (e_f{g='h'}) * ${k}",
    ],
)
def test_every_node_comes_back_with_what_stands_below_it(text: str) -> None:
    assert _outcome(text) == _outcome(_apart(text))
    assert STAND_IN not in repr(_outcome(text))


@NEEDS_SHARED
def test_hidden_names_change_no_tree_of_a_public_dashboard() -> None:
    for text in dashboard_queries():
        assert _outcome(text) == _outcome(_apart(text)), text
