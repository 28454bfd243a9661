"""Matchers are hidden from the parser once it has accepted them: no tree and no refusal changes for that."""

import promql_parser
import pytest

from queries.expr import Match, Select
from queries.matchers import NAME, without_matchers
from queries.parse import NotPromQL, parse


def test_matchers_are_read_once_and_come_back_in_every_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = promql_parser.parse

    def parsed(text: str) -> object:
        seen.append(text)
        return real(text)

    monkeypatch.setattr(promql_parser, "parse", parsed)
    for name in ("first", "second", "third"):
        assert parse(f'{name}{{seen="once", job!~"a.+"}}') == Select(
            name, (Match("job", "!~", "a.+"), Match("seen", "=", "once"))
        )
    assert sum("seen" in text for text in seen) == 1


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
    assert NAME not in said[0]


def test_braces_in_strings_comments_and_variables_are_left_alone() -> None:
    text = 'label_replace(up, "a", "{b=\\"c\\"}", "d", "e") # {f="g"}'
    assert without_matchers(text, lambda _: (Match("x", "=", "y"),)) == (text, {})
    assert parse("up{a=\"{b='c'}\"}") == Select("up", (Match("a", "=", "{b='c'}"),))
    assert "${__rate_interval}" in repr(parse('rate(up{a="b"}[${__rate_interval}])'))


def test_a_label_that_looks_like_hidden_matchers_is_itself() -> None:
    read = parse(f'up{{{NAME}0_=~".*"}} + down{{a="b"}}')
    assert Match(f"{NAME}0_", "=~", ".*") in read.left.match  # type: ignore[union-attr]
