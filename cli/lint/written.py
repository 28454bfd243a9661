"""The line of Python in which a panel or a rule was written: where its name stands as a text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

#: How a spot names what it is: `panel "Errors", query A`; `alert HighErrorRate`.
NAMED = re.compile(r'panel "(?P<panel>[^"]*)"|(?:alert|recording|record) (?P<rule>[\w:]+)')


def line_of(written: str, where: str) -> str:
    """The line of what is meant; that of its page or module where its name stands in no line of it.

    Args:
        written: of the page or group: "dashboards_py/ai_api.py:24"; a group may be of several modules.
        where: what is meant, for a person.
    """
    named = NAMED.match(where)
    name = (named["panel"] or named["rule"]) if named is not None else ""
    if not name:
        return written
    said = re.compile(rf"""(["']){re.escape(name)}\1""")
    return next((line for one in written.split(", ") if (line := _found(one, said))), written)


def _found(written: str, said: re.Pattern[str]) -> str:
    file, _, line = written.rpartition(":")
    if not file or not line.isdigit():
        return ""
    lines = _lines(file)
    # a page's value begins at its line; what it is made of may stand before it
    first = min(int(line) - 1, len(lines))
    order = [*range(first, len(lines)), *range(first)]
    return next((f"{file}:{index + 1}" for index in order if said.search(lines[index])), "")


@lru_cache(maxsize=256)
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(Path(file).read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError, ValueError):
        return ()
