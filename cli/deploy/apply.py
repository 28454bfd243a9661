"""Carry out the steps of a push, some at a time, and keep a journal of what was done."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event

from cli.deploy.deletion import delete
from cli.deploy.folders import Folders
from cli.deploy.journal import Journal
from cli.deploy.outcome import Outcome, Result
from cli.deploy.saving import save
from cli.deploy.shelving import Shelf
from cli.deploy.side_by_side import side_by_side
from cli.deploy.step import Step
from cli.errors import DashError, Refused
from cli.exit_codes import Exit
from cli.grafana.failure import Clash
from cli.grafana.port import Grafana

Told = Callable[[Outcome], object]


class Apply:
    """One push at work."""

    def __init__(self, grafana: Grafana, folders: Folders, journal: Journal, *, fail_fast: bool = False) -> None:
        """Args: fail_fast ends it with the first page that does not go well."""
        self._grafana, self._folders, self._journal = grafana, folders, journal
        self._shelf = Shelf(grafana, folders, journal)
        self._fail_fast, self._stopped = fail_fast, Event()

    def carry_out(self, steps: Sequence[Step], jobs: int, told: Told = lambda _: None) -> tuple[list[Outcome], bool]:
        """What became of each page, in their order, and whether somebody pressed Ctrl-C.

        Args:
            steps: one for each page.
            jobs: how many requests at a time.
            told: is told of each page when it is done, from any thread.
        """
        if self._fail_fast and any(step.exit for step in steps):
            self._stopped.set()

        def one(step: Step) -> Outcome:
            outcome = self._outcome(step)
            told(outcome)
            return outcome

        writing = [step for step in steps if step.writes]
        made, interrupted = side_by_side(one, writing, jobs, self._grafana.give_up)
        for step in steps:
            if not step.writes:
                told(step.outcome)
        found = iter(made)
        outcomes = [
            (next(found) or step.ended(Result.SKIPPED, "interrupted before its turn", Exit.INTERRUPTED))
            if step.writes
            else step.outcome
            for step in steps
        ]
        return outcomes, interrupted

    def _outcome(self, step: Step) -> Outcome:
        """One page, whatever happens to it."""
        if self._stopped.is_set():
            return step.ended(Result.SKIPPED, "another page failed, and --fail-fast", Exit.OK)  # that page's counts
        try:
            outcome = self._done(step)
        except Clash as error:
            self._refused(step)
            outcome = step.ended(Result.CONFLICT, error.sentence, Exit.CONFLICT)
        except DashError as error:
            if isinstance(error, Refused):
                self._refused(step)
            outcome = step.ended(Result.FAILED, error.sentence, error.exit)
        except Exception as error:  # noqa: BLE001 - one page's bug must not hide what became of the others
            why = f"this is a bug in dash ({type(error).__name__}: {error})"
            outcome = step.ended(Result.FAILED, why, Exit.BUG)
        if self._fail_fast and outcome.exit:
            self._stopped.set()
        return outcome

    def _refused(self, step: Step) -> None:
        """Nothing to take back; a journal that cannot say so has a rollback look for itself, as after a deletion."""
        if not step.deletes:
            with suppress(DashError):
                self._journal.refused(step.uid)

    def _done(self, step: Step) -> Outcome:
        for panel in step.panels:
            self._shelf.ensure(panel)
        if step.page is None and not step.deletes:
            return step.outcome
        self._journal.page(step, self._folders.way(step.over.folder) if step.over else ())
        if step.page is not None:
            folder = self._folders.ensure(step.path) if step.folder is None else step.folder
            page, message = step.page, step.message
            save(self._grafana, step.uid, page, over=step.over, folder=folder, message=message)
        elif step.over is not None:
            delete(self._grafana, step.uid, step.over, step.message)
        return step.outcome
