"""Write library panels, each once however many pages wait for it, and bring them back."""

from dataclasses import replace
from threading import RLock

from cli.deploy.folders import Folders
from cli.deploy.journal import Journal, PanelAct
from cli.deploy.library import differences
from cli.deploy.outcome import Outcome, Result
from cli.deploy.step import PanelStep
from cli.errors import DashError
from cli.exit_codes import Exit
from cli.grafana.failure import Clash, LostAnswer
from cli.grafana.model import LibraryPanel
from cli.grafana.port import Grafana

STAYS = "a library panel that the push made; it stays, for others may show it by now"
IN_JOURNAL = "what it was is in the journal"


class Shelf:
    """The library panels of one push at work; safe to share between threads."""

    def __init__(self, grafana: Grafana, folders: Folders, journal: Journal) -> None:
        self._grafana, self._folders, self._journal = grafana, folders, journal
        self._lock = RLock()
        self._ended: dict[str, DashError | None] = {}

    def ensure(self, step: PanelStep) -> None:
        """Have it there.

        Raises:
            Clash: somebody saved it meanwhile.
            DashError: it was not written.
        """
        uid = step.panel.uid
        with self._lock:
            if uid not in self._ended:
                try:
                    self._write(step)
                    self._ended[uid] = None
                except DashError as error:
                    self._ended[uid] = error
            if failed := self._ended[uid]:
                raise failed

    def _write(self, step: PanelStep) -> None:
        folder = step.over.folder if step.over else self._folders.ensure(step.path)
        write(self._grafana, self._journal, replace(step.panel, folder=folder), step.over)


def write(grafana: Grafana, journal: Journal, panel: LibraryPanel, over: LibraryPanel | None) -> None:
    """Save a library panel over what was compared, which is kept first."""
    journal.panel(panel, over)
    try:
        grafana.save_library_panel(panel, over=over)
    except (Clash, LostAnswer):
        # Perhaps another push made the same of it, or our own request that lost its answer.
        live = grafana.library_panel(panel.uid)
        if live is None or differences(panel, live):
            raise


def back(grafana: Grafana, journal: Journal, act: PanelAct, *, dry_run: bool) -> Outcome:
    """Make a library panel what it was before a push, where it is still what the push made of it."""

    def ended(result: Result, why: str, code: Exit = Exit.OK) -> Outcome:
        return Outcome(uid=act.wrote.uid, title=act.wrote.name, result=result, why=why, exit=code)

    try:
        live = grafana.library_panel(act.wrote.uid)
        if act.before is None:
            return ended(Result.SKIPPED, STAYS) if live else ended(Result.UNCHANGED, "")
        if live is None or differences(act.wrote, live):
            if live and not differences(act.before, live):
                return ended(Result.UNCHANGED, "")
            who = "changed" if live else "deleted"
            why = f"somebody {who} this library panel since; {IN_JOURNAL}"
            return ended(Result.CONFLICT, why, Exit.CONFLICT)
        if not dry_run:
            write(grafana, journal, replace(act.before, folder=live.folder), live)
        return ended(Result.UPDATED, "a library panel, as it was before")
    except Clash as error:
        return ended(Result.CONFLICT, error.sentence, Exit.CONFLICT)
    except DashError as error:
        return ended(Result.FAILED, error.sentence, error.exit)
