"""What a person is told: which line of this very test is wrong, and what to write instead."""

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from queries import Mistake


def told(wrong: Callable[[], Any]) -> str:
    """The message of a mistake without its place, which must be a line of the function that made it."""
    with pytest.raises(Mistake) as caught:
        wrong()
    path, lines = inspect.getsourcefile(wrong), _lines(wrong)
    found = re.fullmatch(r"(.*):(\d+): (.*)", str(caught.value), re.DOTALL)
    assert found is not None
    assert found[1] == path
    assert int(found[2]) in lines, f"{caught.value}: not one of {sorted(lines)}"
    assert str(caught.value.where) == f"{found[1]}:{found[2]}"
    return found[3]


def _lines(wrong: Callable[[], Any]) -> set[int]:
    return {line for line, *_ in wrong.__code__.co_positions() if line is not None}
