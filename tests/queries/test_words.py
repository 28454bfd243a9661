"""The words of `queries`: each of them there for who asks, none of their modules loaded for who does not."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import queries
from queries import words

ROOT = Path(__file__).parents[2]


def _said(script: str) -> str:
    """By a process that has imported nothing yet."""
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("word", words.__all__)
def test_a_word_is_what_the_package_gives(word: str) -> None:
    assert getattr(queries, word) is getattr(words, word)
    assert word in dir(queries)
    # as soon as it is imported a module of that name would stand for the word
    assert find_spec(f"queries.{word}") is None


def test_who_wants_every_word_gets_them() -> None:
    missing = f"from queries import *; print({{*{words.__all__!r}}} - {{*globals()}})"

    assert _said(missing) == "set()\n"


def test_what_is_no_word_is_missing_as_anywhere() -> None:
    word = "Countre"
    with pytest.raises(AttributeError, match="module 'queries' has no attribute 'Countre'"):
        getattr(queries, word)


def test_who_asks_for_the_package_finds_the_modules_behind_its_words() -> None:
    assert _said("import queries; print(queries.metric.Counter is queries.Counter)") == "True\n"


def test_who_checks_types_is_told_of_a_word_that_is_none(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text("from queries import Counter, Countre\n", encoding="utf-8")

    said = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file=", str(page)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 'has no attribute "Countre"; maybe "Counter"?' in said.stdout
    assert "Found 1 error" in said.stdout


def test_to_infer_loads_no_more_than_it_needs() -> None:
    asks = "import sys, queries.infer; print('queries.words' in sys.modules, 'queries.slo' in sys.modules)"

    assert _said(asks) == "False False\n"
