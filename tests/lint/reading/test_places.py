"""A path leads to the line and the column where the value stands, and into its text."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.lint.reading.document import Placed
from cli.lint.reading.files import decoded
from cli.lint.reading.json_text import parsed as json_parsed
from cli.lint.reading.yaml_text import parsed as yaml_parsed
from cli.lint.spot import Path, Spot
from tests.lint.reading.given import dashboard, piped

SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=12)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
)
BLOCK = """\
groups:
- name: g
  rules:
  - alert: A
    expr: |
      up
        == 0

      or absent(up)
  - alert: B
    expr: >-
      sum(
        a
      ) > 0
  - alert: C
    expr: sum(a)
      > 1
  - alert: D
    expr: 'a{b=''c''} > 2'
  - alert: E
    expr: "a{b=\\"c\\"} \\
      > 3"
"""


def json_of(text: str) -> Placed:
    return json_parsed(decoded("x.json", text.encode()))


def yaml_of(text: str) -> Placed:
    (document,) = yaml_parsed(decoded("x.yaml", text.encode()), 1_000_000)
    return document


def paths(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """Every member of a value, and the value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(one for key, item in inner for one in paths(item, (*path, key)))]


def character(document: Placed, spot: Spot, offset: int) -> str:
    line, column = document.position_in(spot.path, offset)
    return document.text.split("\n")[line - 1][column - 1 :]


@settings(deadline=None)
@given(VALUES, st.sampled_from([None, 1, 4]), st.booleans())
def test_every_member_of_json_is_found_and_every_character_of_its_texts(
    value: Any,
    indent: int | None,
    ascii_: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    text = " \n" + json.dumps(value, indent=indent, ensure_ascii=ascii_)
    document = json_of(text)

    for path, member in reversed(paths(document.value)):
        span = document.span(path)
        assert span is not None
        assert json.loads(text[slice(*span)]) == member
        line, column = document.position(path)
        before = text[: span[0]]
        assert (line, column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
        if isinstance(member, str):
            for offset in range(len(member) + 1):
                at = document.offset_in(path, offset)
                assert at is not None
                assert json.loads(f'"{text[at : span[1] - 1]}"') == member[offset:]


@settings(deadline=None)
@given(VALUES, st.booleans(), st.sampled_from([None, "'", '"', "|", ">"]))
def test_every_text_in_yaml_is_found_where_it_is_written(value: Any, flow: bool, style: str | None) -> None:  # noqa: FBT001 - hypothesis gives it
    text = yaml.dump({"a": value}, default_flow_style=flow, default_style=style, allow_unicode=True, width=20)
    try:
        document = yaml_of(text)
    except Exception as stop:  # noqa: BLE001 - a key may be written twice once it is a text
        assert "twice" in str(stop)  # noqa: PT017 - likewise
        return

    lines = text.split("\n")
    for path, member in paths(document.value):
        line, column = document.position(path)
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        for offset, char in enumerate(member) if isinstance(member, str) else ():
            at = document.offset_in(path, offset)
            if char.isalnum() and char.isascii():
                assert at is not None
                assert text[at] == char or text[at] == "\\"


def test_the_dashboard_s_text_is_pointed_at() -> None:
    text = json.dumps(dashboard(), indent=2)
    (page,) = piped(text).pages
    spot = page.panels[0].targets[0].spot.below("expr")
    line, column = spot.document.position(spot.path)

    assert text.split("\n")[line - 1][column - 1 :].startswith('"up"')
    assert spot.document.position_in(spot.path, 0) == (line, column + 1)
    assert spot.document.position(spot.below("not", 3, "there").path) == (line, column)
    assert spot.document.position(("panels", 7)) == spot.document.position(("panels",))
    assert spot.document.span(("panels", 7)) is None
    assert spot.document.text == text


def test_a_key_with_an_escape_is_found() -> None:
    document = json_of('{"\\u0061b": 1,\n "c" : [true, {"x\\"y": -1.5e3}]}')

    assert document.position(("ab",)) == (1, 13)
    assert document.position(("c", 1, 'x"y')) == (2, 24)


@pytest.mark.parametrize(
    ("rule", "word", "line", "column"),
    [
        (0, "up", 6, 7),
        (0, "== 0", 7, 9),
        (0, "absent", 9, 10),
        (1, "sum", 12, 7),
        (1, "> 0", 14, 9),
        (2, "> 1", 17, 7),
        (3, "'c'", 19, 16),
        (3, "> 2", 19, 23),
        (4, '"c"', 21, 16),
        (4, "> 3", 22, 7),
    ],
)
def test_a_word_of_an_expression_in_yaml_is_pointed_at(rule: int, word: str, line: int, column: int) -> None:
    alert = piped(BLOCK).groups[0].alerts[rule]
    spot = alert.spot.below("expr")

    assert spot.document.position_in(spot.path, alert.expr.index(word)) == (line, column)


def test_a_block_begins_with_its_text_and_not_with_its_sign() -> None:
    spot = piped(BLOCK).groups[0].alerts[0].spot.below("expr")

    assert spot.document.position(spot.path) == (6, 7)


def test_what_stands_in_a_string_of_yaml_is_found_in_the_file() -> None:
    inner = json.dumps(dashboard(), indent=2).replace("\n", "\n    ")
    text = f"apiVersion: v1\nkind: ConfigMap\ndata:\n  a.json: |\n    {inner}\n"
    (page,) = piped(text).pages
    spot = page.panels[0].targets[0].spot.below("expr")
    at = spot.document.offset_in(spot.path, 0)
    span = spot.document.span(spot.path)

    assert at is not None
    assert span is not None
    assert text[at:].startswith('up"')
    assert text[slice(*span)] == '"up"'
    line, column = spot.document.position_in(spot.path, 0)
    assert text.split("\n")[line - 1][column - 1 :].startswith('up"')
    assert spot.document.text == text


def test_what_stands_in_a_string_of_json_is_found_in_the_file() -> None:
    text = orjson.dumps({"kind": "ConfigMap", "apiVersion": "v1", "data": {"a": json.dumps(dashboard())}}).decode()
    (page,) = piped(text).pages
    spot = page.panels[0].targets[0].spot.below("expr")
    line, column = spot.document.position_in(spot.path, 1)

    assert line == 1
    assert text[column - 1 :].startswith('p\\"')
    assert spot.document.offset_in(spot.path, 1) is None, "nobody can write there without counting the quotes around"
    assert spot.document.span(spot.path) is None


def test_a_file_of_ten_megabytes_answers_at_once() -> None:
    panel = {"type": "stat", "title": "x" * 5000, "targets": [{"expr": f"up{number}"} for number in range(20)]}
    text = json.dumps(dashboard(panels=[panel] * 2000))
    (page,) = piped(text).pages

    assert len(text) > 10_000_000
    spot = page.panels[1999].targets[19].spot.below("expr")
    line, column = spot.document.position_in(spot.path, 0)
    assert (line, text[column - 1 : column + 3]) == (1, "up19")


def test_an_anchor_and_a_tag_are_no_part_of_the_text() -> None:
    document = yaml_of("a: &x !!str up == 0\nb: &y\n  c: *x\nd: &z\ne: &s |\n  up\n")

    assert document.position_in(("a",), 3) == (1, 16)
    assert document.position(("b",)) == (3, 3)
    assert document.position_in(("b", "c"), 3) == (1, 16), "where the alias' text stands"
    assert document.position(("e",)) == (6, 3)
    assert document.position(("d",))[0] == 4


def test_a_document_says_how_its_texts_are_written() -> None:
    document = piped(BLOCK).groups[0].spot.document
    styles = [document.style(("groups", 0, "rules", index, "expr")) for index in range(5)]

    assert (document.is_json, styles) == (False, ["|", ">", "", "'", '"'])
    assert (json_of('{"a": "b"}').is_json, json_of('{"a": "b"}').style(("a",))) == (True, '"')
    assert document.style(("absent",)) == ""


@pytest.mark.parametrize("before", [(), ("b",), ("a",), ("a", 1)])
def test_of_two_members_of_one_name_the_first_is_the_place_whoever_asked_before(before: Path) -> None:
    document = json_of('{"a": [1, 2],\n "a": [3, 4],\n "b": 0}')
    document.position(before)

    assert document.position(("a", 1)) == (1, 11)
    assert document.position_of_key(("a",)) == (1, 2)
