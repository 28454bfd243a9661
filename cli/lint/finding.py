"""What a rule found: where, how bad, what to type next."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from cli.lint.spot import Spot


class Severity(IntEnum):
    """How sure and how bad: an error cannot be right, a warning is probably wrong, an information is advice."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Change(NamedTuple):
    """A fix as a rule sees it: the characters from `start` to `end` of the text at the place become `new`.

    For what is no text (a panel's unit) `path` names the member below the place that becomes `value`.
    """

    start: int = 0
    end: int = 0
    new: str = ""
    path: tuple[str | int, ...] = ()
    value: object = None


class Edit(NamedTuple):
    """A fix as the file sees it: its characters from `start` to `end` become `new`.

    Attributes:
        spot: whose text or member the change is about.
        change: what the file says when it was made.
    """

    start: int
    end: int
    new: str
    spot: Spot
    change: Change


class Place(NamedTuple):
    """Where in a file.

    Attributes:
        file: as the person named it.
        line: from 1 on; 0 where the file has no lines (a page that is only a value).
        column: from 1 on.
        path: of the member: `panels[2].targets[0].expr`.
        source: the line of Python that a page of ours was written in: "dashboards_py/ai_api.py:31"; may be empty.
    """

    file: str
    line: int = 0
    column: int = 0
    path: str = ""
    source: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Finding(NamedTuple):
    """One fault, told once.

    Attributes:
        rule: "PQL121".
        severity: as the rule or the configuration says.
        message: what is wrong, one sentence without a full stop.
        hint: what to type instead; may be empty.
        place: where it stands.
        where: the same for a person: `panel "Errors", query A`.
        expr: the whole expression; empty where the finding is about none.
        span: the sub-expression in it; None for all of it.
        edit: what `--fix` would do; None where nobody can know.
    """

    rule: str
    severity: Severity
    message: str
    hint: str
    place: Place
    where: str = ""
    expr: str = ""
    span: tuple[int, int] | None = None
    edit: Edit | None = None
