"""The words of `queries`: each of them there for who asks, none of their modules loaded for who does not."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

import queries
from queries import words


@pytest.mark.parametrize("word", words.__all__)
def test_a_word_is_what_the_package_gives(word: str) -> None:
    assert getattr(queries, word) is getattr(words, word)
    assert word in dir(queries)
    # as soon as it is imported a module of that name would stand for the word
    assert find_spec(f"queries.{word}") is None


def test_who_wants_every_word_gets_them() -> None:
    everything: dict[str, object] = {}

    exec("from queries import *", everything)  # noqa: S102 - how a page may say it

    assert set(words.__all__) <= set(everything)


def test_what_is_no_word_is_missing_as_anywhere() -> None:
    with pytest.raises(AttributeError, match="module 'queries' has no attribute 'Countre'"):
        queries.Countre  # noqa: B018 - to look is the test


def test_to_infer_loads_no_more_than_it_needs() -> None:
    asks = "import sys, queries.infer; print('queries.words' in sys.modules, 'queries.slo' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)

    assert said.stdout == "False False\n"
