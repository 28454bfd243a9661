"""Mypy itself refuses wrong numbers, metrics and rules where types can say it, and takes what is right."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TYPING = ROOT / "tests" / "typing"
WRONG = sorted((TYPING / "wrong").glob("*.py"))
#: Looking at a line twice, and expressions whose value nobody takes, are beside the point here.
OPTIONS = ("--no-error-summary", "--hide-error-context", "--no-pretty", "--no-color-output", "--show-error-codes")

Lines = Mapping[tuple[str, int], list[str]]


@pytest.fixture(scope="module")
def said() -> Lines:
    """What mypy says of each line, in one run over everything."""
    paths = [str(path.relative_to(ROOT)) for path in (TYPING / "right.py", *WRONG)]
    words = [sys.executable, "-m", "mypy", *OPTIONS, *paths]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    lines = defaultdict(list)
    for path, line, words_said in re.findall(r"^(.+?):(\d+): error: (.*)$", done.stdout, re.MULTILINE):
        lines[Path(path).name, int(line)].append(words_said)
    return lines


def _expected(path: Path) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        _, *errors = line.split("# error: ")
        if errors:
            yield number, [one.strip() for one in errors]


def _marked() -> list[tuple[str, int, list[str]]]:
    return [(path.name, line, errors) for path in WRONG for line, errors in _expected(path)]


@pytest.mark.parametrize(("name", "line", "errors"), _marked())
def test_a_wrong_line_is_an_error_of_types(name: str, line: int, errors: list[str], said: Lines) -> None:
    found = said.get((name, line), [])

    assert len(found) == len(errors), found
    assert all(error in told for error, told in zip(errors, found, strict=True)), found


def test_no_other_line_is_an_error(said: Lines) -> None:
    assert sorted(said) == sorted((name, line) for name, line, _ in _marked())
    assert len(said) > 60
