"""What became of each page, and of the push as a whole: data, for a person or a script to read."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from cli.exit_codes import Exit, worst


class Result(StrEnum):
    """Exactly one for each page."""

    CREATED = "created"
    UPDATED = "updated"
    MOVED = "moved"
    DELETED = "deleted"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    FAILED = "failed"
    SKIPPED = "skipped"


WRITTEN = (Result.CREATED, Result.UPDATED, Result.MOVED, Result.DELETED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One page's.

    Attributes:
        uid: the page's.
        title: what people call it.
        result: what became of it.
        why: what is in the way and what to do, or what a person should know; empty where there is nothing.
        edits: those by hand that are in the way, or that were kept or overwritten; each in a person's words.
        exit: what it alone would tell the shell.
    """

    uid: str
    title: str
    result: Result
    why: str = ""
    edits: tuple[str, ...] = ()
    exit: Exit = Exit.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All pages' in the order of the manifest, and what else a person should know.

    Attributes:
        outcomes: one for each page.
        dry_run: nothing was written.
        interrupted: somebody pressed Ctrl-C.
        notes: what a person should know besides.
        push: the name of this push, for `dash rollback`; empty where nothing was written.
    """

    outcomes: tuple[Outcome, ...]
    dry_run: bool = False
    interrupted: bool = False
    notes: tuple[str, ...] = ()
    push: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many of each result; together as many as there are pages."""
        found = Counter(outcome.result for outcome in self.outcomes)
        return {result.value: found[result] for result in Result}

    @property
    def exit(self) -> Exit:
        """What to tell the shell: refused is only refused while nothing was written."""
        written = not self.dry_run and any(one.result in WRITTEN for one in self.outcomes)
        codes = [
            Exit.PARTIAL if written and one.result is Result.FAILED and one.exit is not Exit.BUG else one.exit
            for one in self.outcomes
        ]
        return worst([*codes, Exit.INTERRUPTED] if self.interrupted else codes)
