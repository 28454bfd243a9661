"""YAML as its text says it: every member with its line and column, and no value guessed.

It is read from the parser's events. The parser's own composer takes the whole interpreter with it where something is
nested deeply, and forgets keys that stand there twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from queries.catalogs.not_a_catalog import NotACatalog

#: Characters, which are at most so many bytes.
LONGEST = 2_000_000
DEEPEST = 12
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Path: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class Member:
    """A value in the text, and where it begins.

    Attributes:
        text: of a scalar; None where it is a mapping or a list.
        plain: whether a scalar stands there without quotes.
        items: of a list.
        members: of a mapping, each with the place of its key.
    """

    line: int
    column: int
    text: str | None = None
    plain: bool = False
    items: list[Member] | None = None
    members: dict[str, tuple[tuple[int, int], Member]] | None = None

    @property
    def is_null(self) -> bool:
        """Whether nothing was said."""
        return self.plain and self.text in NULLS

    def at(self, path: Path) -> Member:
        """The member at a path, or the nearest above it that is there."""
        here = self
        for step in path:
            if isinstance(step, int) and here.items is not None and step < len(here.items):
                here = here.items[step]
            elif isinstance(step, str) and here.members is not None and step in here.members:
                here = here.members[step][1]
            else:
                break
        return here

    def key(self, path: Path) -> tuple[int, int]:
        """Where the key of a member stands; the member's own place where it has none."""
        above, last = self.at(path[:-1]), path[-1] if path else None
        if isinstance(last, str) and above.members is not None and last in above.members:
            return above.members[last][0]
        here = self.at(path)
        return here.line, here.column


def decoded(data: bytes, file: str, longest: int = LONGEST) -> str:
    """The bytes as text.

    Raises:
        NotACatalog: too many of them, or no UTF-8, or a NUL.
    """
    if len(data) > longest:
        raise NotACatalog.at(file, 0, f"more than {longest:,} bytes, and no more are read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotACatalog.at(file, line, "this is not UTF-8") from error
    if "\0" in text:
        raise NotACatalog.at(file, text.count("\n", 0, text.index("\0")) + 1, "a NUL byte is no text")
    return text


def members(text: str, file: str) -> Member:
    """The one document of a YAML text.

    Raises:
        NotACatalog: it is no YAML, or of a kind that nobody needs here: aliases, tags, several documents.
    """
    import yaml  # noqa: PLC0415 - whoever has no catalog of his own needs no YAML

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _document(yaml.parse(text, Loader=loader), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        what = f"this is not YAML: {error.problem or error.context}"
        fix = "indent with blanks, YAML takes no tabs" if _at(text, line, column) == "\t" else ""
        raise NotACatalog.at(file, line, what, column=column, fix=fix) from error
    except yaml.YAMLError as error:  # a character that YAML does not take
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        raise NotACatalog.at(file, line, "this is not YAML: a control character") from error


def _at(text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    return lines[line - 1][column - 1 : column] if 0 < line <= len(lines) else ""


class _Open:
    """A mapping or list whose end was not met yet; a mapping also knows the key that waits for its value."""

    __slots__ = ("key", "member")

    def __init__(self, member: Member) -> None:
        self.member, self.key = member, ("", (0, 0), False)


def _document(events: Iterator[Any], file: str) -> Member:
    root: Member | None = None
    stack: list[_Open] = []
    for event in events:
        kind = type(event).__name__
        if kind in ("SequenceEndEvent", "MappingEndEvent"):
            stack.pop()
        elif kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"):
            here = _member(event, kind, file)
            if stack:
                _put(stack[-1], here, file)
            elif root is None:
                root = here
            else:
                raise NotACatalog.at(file, here.line, "a second document; a catalog is one")
            if here.text is None:
                stack.append(_Open(here))
            if len(stack) > DEEPEST:
                raise NotACatalog.at(file, here.line, f"nested deeper than {DEEPEST}", column=here.column)
    if root is None:
        raise NotACatalog.at(file, 0, "there is nothing in it", fix="domain: NAME, and below it metrics: [...]")
    return root


def _member(event: Any, kind: str, file: str) -> Member:
    mark = event.start_mark
    line, column = mark.line + 1, mark.column + 1
    if kind == "AliasEvent" or event.anchor is not None:
        sign = "*" if kind == "AliasEvent" else "&"
        raise NotACatalog.at(file, line, f"{sign}{event.anchor}: a catalog has no anchors or aliases", column=column)
    if event.tag is not None:
        raise NotACatalog.at(file, line, f"{event.tag}: a catalog has no tags", column=column)
    if kind == "ScalarEvent":
        return Member(line, column, event.value, plain=not event.style)
    if kind == "SequenceStartEvent":
        return Member(line, column, items=[])
    return Member(line, column, members={})


def _put(above: _Open, here: Member, file: str) -> None:
    if above.member.items is not None:
        above.member.items.append(here)
        return
    those = above.member.members
    assert those is not None  # noqa: S101 - what is open is a list or a mapping
    key, place, waits = above.key
    if waits:
        those[key] = (place, here)
        above.key = ("", (0, 0), False)
        return
    if here.text is None:
        raise NotACatalog.at(file, here.line, "a key is a word", column=here.column)
    if here.text in those:
        raise NotACatalog.at(file, here.line, f"{here.text!r} stands there twice", column=here.column)
    above.key = (here.text, (here.line, here.column), True)
