"""Why a file is no catalog: every fault with its line and column, told at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

#: More faults than anybody reads at once.
MOST = 20


class Problem(NamedTuple):
    """One fault.

    Attributes:
        file: as the person named it.
        line: from 1 on; 0 for the file as a whole.
        column: from 1 on; 0 for the whole line.
        what: the fault, no full stop.
        fix: what to write instead; may be empty.
    """

    file: str
    line: int
    column: int
    what: str
    fix: str = ""

    @property
    def where(self) -> str:
        """The place, as an editor jumps to it."""
        return ":".join([self.file, *(str(one) for one in (self.line, self.column) if one)])

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.fix})" if self.fix else "")


class NotACatalog(ValueError):
    """A file that should be a catalog, or an exposition, and cannot be read as one.

    Attributes:
        problems: in the order of the file, at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        lines = [str(one) for one in self.problems[:MOST]]
        more = len(self.problems) - MOST
        super().__init__("\n".join([*lines, f"and {more} more"] if more > 0 else lines))

    @classmethod
    def at(cls, file: str, line: int, what: str, *, column: int = 0, fix: str = "") -> NotACatalog:
        """The one fault of a file."""
        return cls([Problem(file, line, column, what, fix)])
