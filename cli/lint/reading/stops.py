"""Why an input cannot be read, and where; it never leaves the reading."""

from __future__ import annotations

from cli.lint.subject import Unreadable


class Stops(Exception):
    """The reading of one input ends here."""

    def __init__(self, why: str, line: int = 0, column: int = 0, fix: str = "") -> None:
        super().__init__(why)
        self.why, self.line, self.column, self.fix = why, line, column, fix

    def of(self, file: str) -> Unreadable:
        """The same as data."""
        return Unreadable(file, self.why, self.line, self.column, self.fix)
