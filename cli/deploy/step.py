"""What a push is going to do with one page: decided, and not yet done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cli.deploy.outcome import Outcome, Result
from cli.deploy.state import State
from cli.exit_codes import Exit
from cli.grafana.model import LibraryPanel, LivePage
from cli.grafana.shown import shown

#: What a person is told about one page is not longer.
LONG = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelStep:
    """A library panel that is to be written before a page that shows it.

    Attributes:
        panel: as it is to be.
        path: titles of the folders where it is to lie; it stays where it is, when it is there.
        over: as it is there; None where it is not.
    """

    panel: LibraryPanel
    path: tuple[str, ...] = ()
    over: LibraryPanel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page's.

    Attributes:
        uid: the page's.
        title: what people call it.
        result: what it will have become.
        state: what it is now.
        why: what is in the way, or what a person should know.
        edits: those by hand that it is about, in a person's words.
        exit: what it alone would tell the shell.
        page: what is to be written; None where nothing is, or where the page is to be deleted.
        over: the live page that all this was decided on; None where there was none.
        path: titles of the folders where it is to lie.
        folder: uid of exactly that folder, where it is known; None for the one of that path.
        message: for the history.
        said: the message of the last save, when that was a push of ours; a rollback says it again.
        panels: library panels that are written before, also where the page itself stays as it is.
    """

    uid: str
    title: str
    result: Result
    state: State = State.UNKNOWN
    why: str = ""
    edits: tuple[str, ...] = ()
    exit: Exit = Exit.OK
    page: Mapping[str, Any] | None = None
    over: LivePage | None = None
    path: tuple[str, ...] = ()
    folder: str | None = None
    message: str = ""
    said: str = ""
    panels: tuple[PanelStep, ...] = ()

    @property
    def deletes(self) -> bool:
        """The page is to be deleted."""
        return self.result is Result.DELETED

    @property
    def writes(self) -> bool:
        """Grafana will not be as it was."""
        return self.page is not None or self.deletes or bool(self.panels)

    @property
    def outcome(self) -> Outcome:
        """As if it had gone as it was decided."""
        return self.ended(self.result, self.why, self.exit)

    def ended(self, result: Result, why: str, code: Exit) -> Outcome:
        """What became of it instead."""
        why = shown(why, LONG)
        return Outcome(uid=self.uid, title=self.title, result=result, why=why, edits=self.edits, exit=code)
