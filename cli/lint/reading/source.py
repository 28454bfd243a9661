"""The text of a file, or a file's text inside a string of another: what a place in it is in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from cli.lint.spot import Path

if TYPE_CHECKING:
    from cli.lint.reading.document import Placed


class Source(Protocol):
    """A text that stands somewhere in a file."""

    @property
    def file(self) -> str:
        """As the person named it."""

    @property
    def whole(self) -> str:
        """All of the file."""

    @property
    def text(self) -> str:
        """What the offsets count in."""

    @property
    def raw(self) -> bytes:
        """The text as UTF-8."""

    def place(self, offset: int) -> int | None:
        """The character of the file that a character of the text is; None where they are not written alike."""

    def position(self, offset: int) -> tuple[int, int]:
        """Its line and column, from 1 on; those of the string that the text stands in where it cannot be told."""


class File:
    """A file that was read; lines are counted from the place that was asked for last: findings stand side by side."""

    __slots__ = ("_last", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self._last = 0, 1  # a character and its line

    @property
    def whole(self) -> str:
        """The text is the file."""
        return self.text

    @property
    def raw(self) -> bytes:
        """The text as it is parsed; nobody needs it afterwards."""
        return self.text.encode()

    def place(self, offset: int) -> int:
        """The text is the file."""
        return offset

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1 on."""
        text, (last, line) = self.text, self._last
        line += text.count("\n", last, offset) if last <= offset else -text.count("\n", offset, last)
        self._last = offset, line
        return line, offset - text.rfind("\n", 0, offset)


class Inside:
    """A text that is a string of a document: the dashboard in a ConfigMap."""

    __slots__ = ("document", "path", "text")

    def __init__(self, document: Placed, path: Path, text: str) -> None:
        self.document, self.path, self.text = document, path, text

    @property
    def file(self) -> str:
        """The file that the string stands in."""
        return self.document.file

    @property
    def raw(self) -> bytes:
        """The text as a file's."""
        return self.text.encode("utf-8", "replace")

    @property
    def whole(self) -> str:
        """All of that file."""
        return self.document.text

    def place(self, offset: int) -> int | None:
        """The character of the file, where a block writes the text as it is: in quotes each has one more meaning."""
        return self.document.offset_in(self.path, offset) if self.document.style(self.path) == "|" else None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file."""
        return self.document.position_in(self.path, offset)
