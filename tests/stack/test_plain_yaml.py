"""YAML that is put together from text is read back as what went in, whoever reads it."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.stack.plain_yaml import dump

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]
ODD_WORDS = (
    "on off yes no y n true null ~ 1e3 0x1f 0o7 010 1_000 1:20:30 .5 .inf 2001-01-01 = << ! & * @ ` % ? - : # | >"
)
#: What YAML 1.1 or 1.2 reads as something else than a text, or not at all, when it stands there without quotes.
TRAPS = (
    *ODD_WORDS.split(),
    *("a: b", "a #b", " lead", "trail ", "tab\tin", "\ttab", "two\nlines\n", "\n\n", "{{ $value }}", "[a]", "{a: b}"),
    *(
        'say "no"',
        "it's",
        "back\\slash",
        '\\n"',
        "\x85",
        "\u2028",
        "\ufeff",
        "\x00\x1b\x7f",
        "é",
        "\U0001f600",
        "x" * 5000,
    ),
    *("- - a", "---", "...", "%YAML 1.1", "", "'", '"', "'\"\\"),
)
TEXTS = st.one_of(st.sampled_from(TRAPS), st.text(st.characters(exclude_categories=["Cs"])))
KEYS = TEXTS.filter(lambda key: not key.startswith("#") and len(key) < 100)
SCALARS = st.one_of(TEXTS, st.booleans(), st.none(), st.integers(-(2**53), 2**53))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@pytest.mark.parametrize("loader", LOADERS)
@settings(deadline=None)
@given(data=st.dictionaries(KEYS, DATA, min_size=1, max_size=4))
def test_what_was_written_is_what_is_read(loader: Any, data: dict[str, Any]) -> None:
    assert yaml.load(dump(data), Loader=loader) == data  # noqa: S506 - safe ones


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("trap", TRAPS)
def test_no_text_is_read_as_something_else(loader: Any, trap: str) -> None:
    data = {"key": trap, "list": [trap, [trap], {"in": trap}], "deep": {"er": {"key": trap}}}
    data |= {} if trap.startswith("#") or len(trap) > 100 else {trap: trap}
    assert yaml.load(dump(data), Loader=loader) == data  # noqa: S506 - safe ones


def test_an_expression_stays_readable() -> None:
    assert dump({"expr": 'rate(x{a="b"}[5m])'}) == "expr: 'rate(x{a=\"b\"}[5m])'\n"


def test_a_comment_stands_where_it_was_put() -> None:
    assert dump({"# why": None, "a": [{"# here": None, "b": 1}]}) == "# why\na:\n  - # here\n    b: 1\n"
