"""Regular expressions are hidden from the parser once it has accepted them: no tree and no refusal changes for that."""

import pytest

from queries.expr import Call, Match, Select, Text
from queries.parse import NotPromQL, parse
from queries.regexes import NAME, without_regexes


def _message(text: str) -> str:
    with pytest.raises(NotPromQL) as caught:
        parse(text)
    return str(caught.value)


def test_a_pattern_is_read_the_same_the_second_time() -> None:
    for _ in range(2):
        for op in ("=~", "!~"):
            assert parse(f'up{{job{op} "a|b\\\\.c", x="1"}}') == Select(
                "up", (Match("job", op, "a|b\\.c"), Match("x", "=", "1"))
            )


def test_the_parser_compiles_a_pattern_once(parsed: list[str]) -> None:
    for name in ("first", "second", "third"):
        parse(f'{name}{{job=~"seen .+ once"}}')
    assert sum("seen .+ once" in text for text in parsed) == 1


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_a_pattern_may_stand_in_any_quotes(quote: str) -> None:
    assert parse(f"up{{job=~{quote}a.+{quote}}}") == Select("up", (Match("job", "=~", "a.+"),))


@pytest.mark.parametrize("said", ['b=~"x.+"', "b!~'x.+'", "# =~'x.+'"])
def test_what_looks_like_a_pattern_in_a_string_is_text(said: str) -> None:
    quote = "'" if '"' in said else '"'
    parsed = parse(f'label_replace(up{{a=~"x.+"}}, "a", {quote}{said}{quote}, "c", "d")')
    assert isinstance(parsed, Call)
    assert parsed.args[0] == Select("up", (Match("a", "=~", "x.+"),))
    assert parsed.args[2] == Text(said)


def test_a_quote_in_a_comment_begins_no_string() -> None:
    assert parse('up{a=~"x.+"} # it\'s =~"y.+"\n or up{b=~"z.+"}') == parse('up{a=~"x.+"} or up{b=~"z.+"}')


@pytest.mark.parametrize("text", ['{job=~".*"}', '{job=~""}', '{job!~".+"}', '{job!~"a"}', '{job=~"a?"}'])
def test_a_selector_of_nothing_but_what_matches_nothing_is_refused(text: str) -> None:
    for _ in range(2):
        assert "non-empty matcher" in _message(text)


@pytest.mark.parametrize("text", ['up{job=~"("}', 'up{a=~"x", job=~"(?!x)y"}', 'up{job=~"a**"}', 'up{job=~"x{2000}"}'])
def test_a_pattern_that_cannot_be_read_is_refused_every_time(text: str) -> None:
    assert _message(text) == _message(text)
    assert "regular expression" in _message(text) or "illegal regex" in _message(text)


def test_a_mistake_beside_a_pattern_is_told_of_the_text_as_it_was_written() -> None:
    assert NAME not in _message('sum(up{job=~"a.+"}[5m])')
    assert _message('rate(up{job=~"a.+"})') == _message('rate(up{job="a"})')


def test_a_name_that_is_a_pattern_stays_one() -> None:
    assert parse('{__name__=~"up|down"}') == Select("", (Match("__name__", "=~", "up|down"),))
    assert parse('{__name__=~"up"}') == Select("", (Match("__name__", "=~", "up"),))


def test_a_value_that_looks_like_a_hidden_pattern_is_itself() -> None:
    text = f'up{{a="{NAME}0_", b=~"x.+"}}'
    assert parse(text) == Select("up", (Match("a", "=", f"{NAME}0_"), Match("b", "=~", "x.+")))


def test_variables_in_a_pattern_come_back_as_they_were() -> None:
    assert parse('rate(up{job=~"$job", a!~"[[b]]"}[$__rate_interval])') == parse(
        'rate(up{a!~"[[b]]",job=~"$job"}[$__rate_interval])'
    )
    assert "$job" in repr(parse('up{job=~"$job"}'))


def test_a_text_without_patterns_is_left_alone() -> None:
    assert without_regexes('up{job="a"} # ~', lambda literal: literal) == ('up{job="a"} # ~', {})
