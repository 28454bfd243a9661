"""What became of each query, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from cli.errors import RemoteError
from cli.exit_codes import Exit, worst
from cli.lint.subject import Unreadable


class Status(StrEnum):
    """What is said of a query; the first that holds."""

    OK = "ok"
    ERROR = "error"
    TOO_MANY = "too-many-series"
    EMPTY = "empty"
    NAN = "nan"
    OUT_OF_RANGE = "out-of-range"
    WRONG_TYPE = "wrong-type"
    WRONG_UNIT = "wrong-unit"
    SLOW = "slow"


class Verdict(NamedTuple):
    """One query, and what a Prometheus made of it.

    Attributes:
        page: uid of the page, or the name of a rule's group.
        panel: title of the panel, name of the rule; empty for a variable of the page.
        ref: of the query; "$job" of a variable; of a rule the part of it that is meant, empty for all.
        expr: as Prometheus was asked.
        status: the verdict.
        why: in a person's words.
        series: how many came.
        seconds: how long it took.
        place: file:line of what a person wrote.
        notes: Prometheus' warnings and remarks.
    """

    page: str
    panel: str
    ref: str
    expr: str
    status: Status
    why: str = ""
    series: int = 0
    seconds: float = 0.0
    place: str = ""
    notes: tuple[str, ...] = ()


class Result(NamedTuple):
    """All of them.

    Attributes:
        verdicts: in the order of the pages and rules.
        fails: the statuses that make the answer no.
        away: why the rest could not be asked; None where everything was.
        unreadable: the files that are nothing to ask of.
    """

    verdicts: tuple[Verdict, ...]
    fails: Collection[Status]
    away: RemoteError | None = None
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each status."""
        counted = Counter(one.status for one in self.verdicts)
        return {str(status): counted[status] for status in Status}

    @property
    def exit(self) -> Exit:
        """What the shell is told."""
        return worst(
            [
                *[Exit.REMOTE] * (self.away is not None),
                *[Exit.AUTHORING] * bool(self.unreadable),
                *[Exit.NO] * any(one.status in self.fails for one in self.verdicts),
            ]
        )
