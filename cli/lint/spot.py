"""Where something stands: a document, and the path of a member in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, Protocol, TypeAlias

Path: TypeAlias = tuple[str | int, ...]


@lru_cache(maxsize=1000)
def spelled(path: Path) -> str:
    """As a person writes it: `panels[2].targets[0].expr`."""
    return "".join([f"[{one}]" if isinstance(one, int) else f".{one}" for one in path]).removeprefix(".")


class Document(Protocol):
    """A file, or one document of a file with several."""

    @property
    def file(self) -> str:
        """As the person named it."""

    @property
    def text(self) -> str:
        """All of the file."""

    @property
    def value(self) -> Any:
        """What it says."""

    def position(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1 on, of the value at a path; of its nearest ancestor where it is not there."""

    def position_of_key(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1 on, of the name of the member at a path."""

    @property
    def is_json(self) -> bool:
        """Whether it is JSON; YAML otherwise."""

    def offset_in(self, path: Path, offset: int) -> int | None:
        """The character of the file that a character of the text at a path is; None where it cannot be told."""

    def span(self, path: Path) -> tuple[int, int] | None:
        """From where to where in the file the value at a path is written, with its quotes; None where it is not."""

    def style(self, path: Path) -> str:
        """How the text at a path is written: a quote, YAML's "|" or ">", or "" for a plain one."""

    def position_in(self, path: Path, offset: int) -> tuple[int, int]:
        """Line and column of a character of the text at a path; the text's own where it cannot be told."""

    def forget(self) -> None:
        """Keeps no longer what was found out about places; it is found again where somebody asks."""


class Spot(NamedTuple):
    """A member of a document.

    Attributes:
        document: the file.
        path: ("panels", 2, "targets", 0, "expr").
        where: for a person: `panel "Errors", query A`.
    """

    document: Document
    path: Path
    where: str

    def below(self, *path: str | int, where: str = "") -> Spot:
        """A member of this member."""
        return Spot(self.document, self.path + path, where or self.where)
