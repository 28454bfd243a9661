"""What stands at a place of a document, as strictly as Prometheus reads it, and what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from cli.lint.reading.document import Placed
from cli.lint.reading.vocabulary import nearest
from cli.lint.spot import Path
from cli.lint.subject import Unreadable
from queries.source import Source


class Strict:
    """One document that is read.

    Attributes:
        is_written: whether somebody wrote it; what a server answers has no lines that anybody could look at.
        wrong: what could not be taken over, each with its place.
        notes: what was left out and says nothing of the rules.
    """

    def __init__(self, document: Placed, *, is_written: bool = True) -> None:
        self.document, self.is_written = document, is_written
        self.wrong: list[Unreadable] = []
        self.notes: list[Unreadable] = []

    def inside(self, document: Placed) -> Strict:
        """Who reads a document that is a string of this one; what is wrong there is wrong here."""
        reader = Strict(document, is_written=self.is_written)
        reader.wrong, reader.notes = self.wrong, self.notes
        return reader

    def at(self, path: Path) -> Any:
        """The value there; None where there is none."""
        return self.document.at(path)

    def about(self, path: Path, why: str) -> Unreadable:
        """A sentence about the value there."""
        place = self.document.position(path) if self.is_written else (0, 0)
        return Unreadable(self.document.file, why, *place)

    def refuse(self, path: Path, why: str) -> None:
        """What is there cannot be taken over."""
        self.wrong.append(self.about(path, why))

    def line(self, path: Path) -> Source:
        """Where a value of ours would say that it was written."""
        return Source(self.document.file, self.document.position(path)[0])

    def mapping(self, path: Path, what: str) -> Mapping[str, Any] | None:
        """A mapping; empty where nothing is said, None where it is none."""
        value = self.at(path)
        if value is None:
            return {}
        if isinstance(value, dict):
            return value
        self.refuse(path, f"{what} is no mapping")
        return None

    def known(self, path: Path, names: tuple[str, ...], what: str) -> None:
        """Refuses what Prometheus knows no name for; all else is taken."""
        for name in self.at(path):
            if name not in names:
                near = nearest(name, names)
                meant = f"; did you mean {near!r}?" if near else ""
                self.misnamed((*path, name), f"{what}: Prometheus knows no {name!r} here, it is left out{meant}")

    def misnamed(self, path: Path, why: str) -> None:
        """The member there has a name that says nothing to Prometheus."""
        place = self.document.position_of_key(path) if self.is_written else (0, 0)
        self.wrong.append(Unreadable(self.document.file, why, *place))

    def text(self, path: Path, what: str) -> str | None:
        """A scalar as Prometheus' YAML reader makes a text of it: as it is written. None where it is none."""
        value = self.at(path)
        if value is None:
            return ""
        if isinstance(value, str):
            if value.isascii() or value.encode(errors="replace").decode() == value:
                return value
            self.refuse(path, f"{what} holds half a character")
            return None
        node = self.document.node(path)
        if isinstance(value, bool | int | float) and node is not None:
            return self.document.source.text[node.start : node.end]
        self.refuse(path, f"{what} is no text")
        return None

    def texts(self, path: Path, what: str) -> dict[str, str] | None:
        """A mapping of names to texts; None where one of them is none."""
        found = self.mapping(path, what)
        if found is None:
            return None
        said = {name: self.text((*path, name), f"{what}: {name}") for name in found}
        texts = {name: text for name, text in said.items() if text is not None}
        return texts if len(texts) == len(said) else None

    def number(self, path: Path, what: str) -> int | None:
        """A whole number; 0 where nothing is said, None where it is none."""
        value = self.at(path)
        if value is None:
            return 0
        is_whole = isinstance(value, int) or (isinstance(value, float) and isfinite(value) and value == int(value))
        if is_whole and not isinstance(value, bool) and value >= 0:
            return int(value)
        self.refuse(path, f"{what} is no whole number")
        return None
