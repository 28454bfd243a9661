"""A value that was read, and where in its file each member of it stands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, NamedTuple

from cli.lint.reading.source import Source
from cli.lint.reading.written import Written
from cli.lint.spot import Path


class Node(NamedTuple):
    """Where a value stands in the text.

    Attributes:
        start: of its first character, a quote if it has one; `end` one behind its last.
        style: how a string is written: a quote, YAML's "|" or ">", or "" for a plain one.
    """

    start: int
    end: int
    style: str = ""


class Placed(ABC):
    """A file, or one document of a file with several, or a file that is a string of another.

    Attributes:
        source: the text.
        value: what it says.
    """

    __slots__ = ("source", "value")

    def __init__(self, source: Source, value: Any) -> None:
        self.source, self.value = source, value

    @property
    def file(self) -> str:
        """As the person named it."""
        return self.source.file

    @property
    def text(self) -> str:
        """All of the file."""
        return self.source.whole

    def position(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1 on, of the value at a path; of its nearest ancestor where it is not there."""
        return self.source.position(self.start(path))

    def position_of_key(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1 on, of the name of the member at a path."""
        return self.source.position(self.named(path))

    def position_in(self, path: Path, offset: int) -> tuple[int, int]:
        """Line and column of a character of the text at a path; the text's own where it cannot be told."""
        at = self._within(path, offset)
        return self.source.position(self.start(path) if at is None else at)

    def offset_in(self, path: Path, offset: int) -> int | None:
        """The character of the file that a character of the text at a path is; None where it cannot be told."""
        at = self._within(path, offset)
        return None if at is None else self.source.place(at)

    def span(self, path: Path) -> tuple[int, int] | None:
        """From where to where in the file the value at a path is written, with its quotes; None where it is not."""
        node = self.node(path)
        if node is None:
            return None
        start, last = self.source.place(node.start), self.source.place(max(node.start, node.end - 1))
        return None if start is None or last is None else (start, last + 1)

    @abstractmethod
    def forget(self) -> None:
        """Keeps no longer what was found out about places; it is found again where somebody asks."""

    @property
    @abstractmethod
    def is_json(self) -> bool:
        """Whether it is JSON; YAML otherwise."""

    def style(self, path: Path) -> str:
        """How the text at a path is written: a quote, YAML's "|" or ">", or "" for a plain one."""
        node = self.node(path)
        return node.style if node is not None else ""

    def at(self, path: Path) -> Any:
        """The value at a path; None where it is not there."""
        value = self.value
        try:
            for step in path:
                value = value[step]
        except (LookupError, TypeError):
            return None
        return value

    @abstractmethod
    def start(self, path: Path) -> int:
        """Where in the text the value at a path begins, or the nearest of its ancestors that is there."""

    @abstractmethod
    def named(self, path: Path) -> int:
        """Where in the text the key of the member at a path begins."""

    @abstractmethod
    def node(self, path: Path) -> Node | None:
        """Where the value at a path stands; None where it is not there."""

    def _within(self, path: Path, offset: int) -> int | None:
        node, value = self.node(path), self.at(path)
        if node is None or not isinstance(value, str):
            return None
        return Written(self.source.text, node.start, node.end, node.style, value).place(offset)
