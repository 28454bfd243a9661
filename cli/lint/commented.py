"""Suppressions in comments: of YAML, for the block that the line begins; of Python, for what the line makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cli.lint.finding import Place
from cli.lint.suppression import MARK, Suppression, directive, in_lines, written_at

COMMENT = re.compile(r"(?:^|\s)#\s*(?P<raw>dash: ignore\b(?P<said>.*))")


def in_yaml(file: str, text: str) -> Iterator[Suppression]:
    """Each covers the line that it stands on or before, and all that is indented below that line."""
    lines = text.splitlines()
    for number, found in _comments(lines):
        first = _meant(lines, number, found)
        covers = in_lines(file, first + 1, _end(lines, first), found["raw"])
        place = Place(file, number + 1, found.start("raw") + 1)
        yield Suppression(directive(found["said"]), place, file, covers)


def in_python(file: str, lines: Sequence[str]) -> Iterator[Suppression]:
    """Each covers what came from the line that it stands on or before."""
    for number, found in _comments(lines):
        source = f"{file}:{_meant(lines, number, found) + 1}"
        place = Place(file, number + 1, found.start("raw") + 1)
        yield Suppression(directive(found["said"]), place, "", written_at(source))


def _comments(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in enumerate(lines):
        found = COMMENT.search(line.rstrip()) if MARK in line else None
        if found is not None:
            yield number, found


def _meant(lines: Sequence[str], number: int, found: re.Match[str]) -> int:
    """The line itself; of a comment that stands alone, the next that is none."""
    if lines[number][: found.start()].strip():
        return number
    after = next((after for after in range(number + 1, len(lines)) if not _is_empty(lines[after])), number)
    # what stands further to the left is no part of what the comment is in: the last line of an expression
    return after if _indent(lines[after]) >= _indent(lines[number]) else number


def _end(lines: Sequence[str], first: int) -> int:
    """The last line (from 1 on) of the block that begins at a line (from 0 on)."""
    indent, item = _indent(lines[first]), _is_item(lines[first])
    for number in range(first + 1, len(lines)):
        line = lines[number]
        # a list may stand as far to the left as the key that it belongs to
        if not _is_empty(line) and (deep := _indent(line)) <= indent and (deep < indent or item or not _is_item(line)):
            return number
    return len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_item(line: str) -> bool:
    return line.lstrip(" ").startswith("- ")


def _is_empty(line: str) -> bool:
    return line.strip()[:1] in ("", "#")
