"""Bring the pages of a build into a Grafana, or a push back: read, compare, and write what is ours to write."""

import secrets
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cli.artifact.manifest import PageEntry
from cli.deploy import journal, marking, prune, rollback, shelving
from cli.deploy.apply import Apply, Told
from cli.deploy.folders import Folders
from cli.deploy.journal import Done, Journal, pushed_before
from cli.deploy.outcome import WRITTEN, Outcome, Report, Result
from cli.deploy.planning import Order, Planned, planned
from cli.deploy.step import Step
from cli.errors import DashError
from cli.exit_codes import Exit
from cli.grafana.failure import Clash
from cli.grafana.model import Folder
from cli.grafana.port import Grafana

NOT_BEGUN = "interrupted before anything was written"
COMES_AGAIN = "the next push brings it again, unless the source is taken back too"


def quiet(_: Outcome) -> None:
    """Tell nobody."""


def named() -> str:
    """A name for a push: when it began, by which the pushes of a folder are in order, and what no other has."""
    seconds, rest = divmod(time.time_ns(), 10**9)
    return f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime(seconds))}.{rest // 10**6:03}Z-{secrets.token_hex(2)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How steps are carried out.

    Attributes:
        jobs: how many requests at a time.
        dry_run: read and compare, write nothing.
        fail_fast: the first page that does not go well ends it.
        annotate: mark the moment on every page that was written.
        clock: tells that moment, in seconds since 1970.
        journals: the folder of the journals.
        name: names this push in its journal.
        told: is told of each page when it is done, from any thread.
    """

    jobs: int = 8
    dry_run: bool = False
    fail_fast: bool = False
    annotate: bool = False
    clock: Callable[[], float] = time.time
    journals: Path = field(default_factory=lambda: journal.FOLDER)
    name: str = field(default_factory=named)
    told: Told = quiet


class Push:
    """One push into one Grafana."""

    def __init__(self, grafana: Grafana, project: str, how: How) -> None:
        """Raises RemoteError where this Grafana answers nothing, or not us; nothing is done then."""
        self._grafana, self._project, self._how = grafana, project, how
        about = {"name": how.name, "grafana": grafana.where.whole, "project": project}
        self._journal = Journal(how.journals, how.name, about)
        self._folders = Folders(grafana, grafana.hello(), project, self._journal.folder)

    def plan(self, order: Order, pages: Sequence[PageEntry], built: Collection[str] | None = None) -> Planned:
        """What is going to be done.

        Args:
            order: how to push.
            pages: the ones to be pushed.
            built: uids of all pages of the build, when what it no longer has is to be deleted.
        """
        found = planned(self._grafana, self._folders, order, pages)
        found = replace(found, steps=self._again(found.steps))
        if built is None or found.interrupted:
            return found
        return replace(found, steps=(*found.steps, *prune.left_over(self._grafana, self._folders, order, built)))

    def _again(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """A page that we pushed and that is gone is made again, and that is said: an older Grafana does not tell."""
        if not any(step.result is Result.CREATED and not step.why for step in steps):
            return tuple(steps)
        before = pushed_before(self._how.journals, self._grafana.where.whole)
        return tuple(
            replace(step, why=f"somebody deleted it since the push {before[step.uid]}")
            if step.result is Result.CREATED and not step.why and step.uid in before
            else step
            for step in steps
        )

    def carry_out(self, plan: Planned) -> Report:
        """Do it."""
        marks: tuple[str, ...] = ()
        if plan.interrupted:
            interrupted = True
            outcomes = [step.ended(Result.SKIPPED, NOT_BEGUN, Exit.INTERRUPTED) for step in plan.steps]
        elif self._how.dry_run:
            outcomes, interrupted = [step.outcome for step in plan.steps], False
        else:
            apply = Apply(self._grafana, self._folders, self._journal, fail_fast=self._how.fail_fast)
            outcomes, interrupted = apply.carry_out(plan.steps, self._how.jobs, self._how.told)
            if self._how.annotate and not interrupted:
                done = list(zip(plan.steps, outcomes, strict=True))
                marks = marking.mark(self._grafana, self._project, done, self._how.clock(), self._how.jobs)
            if not interrupted:
                self._tidy(
                    [step for step, one in zip(plan.steps, outcomes, strict=True) if one.result is Result.DELETED]
                )
        flat = ("this Grafana has no folders in folders: AI/Serving is one folder there, called AI / Serving",)
        return Report(
            outcomes=tuple(outcomes),
            dry_run=self._how.dry_run,
            interrupted=interrupted,
            notes=(*plan.notes, *(flat if self._folders.flat else ()), *marks),
            push=self._how.name if self._journal.begun else "",
        )

    def take_back(self, done: Done) -> Report:
        """Bring the state of before that push back."""
        steps = rollback.back(self._grafana, done, self._how.jobs)
        gone = [act.folder for act in done.folders if act.deleted]
        if not self._how.dry_run:
            for folder in rollback.missing(self._grafana, steps, done.pages, gone):
                self._made(folder)
        report = self.carry_out(Planned(steps))
        if not self._how.dry_run and not report.interrupted:
            for act in reversed(done.folders):
                if not act.deleted:
                    self._removed(act.folder)
        if not report.interrupted:
            panels = (
                shelving.back(self._grafana, self._journal, act, dry_run=self._how.dry_run) for act in done.panels
            )
            report = replace(report, outcomes=(*report.outcomes, *panels))
        again = (COMES_AGAIN,) if any(one.result in WRITTEN for one in report.outcomes) else ()
        return replace(report, push=self._how.name if self._journal.begun else "", notes=(*report.notes, *again))

    def _tidy(self, deleted: Sequence[Step]) -> None:
        """Folders of ours in which nothing is left go too."""
        for folder in prune.inside_out(self._folders, deleted):
            if self._folders.is_ours(folder.uid):
                self._removed(folder)

    def _removed(self, folder: Folder) -> None:
        """A folder that holds nothing, and only then; not to remove one is no failure."""
        try:
            found = self._grafana.folder(folder.uid)
            if found and found.title == folder.title and self._grafana.is_empty(folder.uid):
                self._journal.folder(found, deleted=True)
                self._grafana.delete_folder(folder.uid)
        except DashError:
            return

    def _made(self, folder: Folder) -> None:
        self._journal.folder(folder)
        try:
            self._grafana.create_folder(folder.uid, folder.title, folder.parent)
        except Clash:
            return  # somebody made it in that moment
