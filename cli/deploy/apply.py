"""Bring the pages of a build into a Grafana: read, compare, and write what is ours to write."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

from cli.artifact.digest import OURS
from cli.artifact.manifest import PageEntry
from cli.deploy import compare, conflict
from cli.deploy.folders import Folders
from cli.deploy.message import compose, digest_in
from cli.deploy.outcome import Outcome, Report, Result
from cli.deploy.wanted import Wanted, is_as_built, load
from cli.errors import DashError, RemoteError
from cli.exit_codes import Exit
from cli.grafana.client import Grafana
from cli.grafana.failure import Clash, LostAnswer
from cli.grafana.model import LivePage
from cli.grafana.shown import shown

LONG = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to push, and how.

    Attributes:
        build: the folder that `dash build` wrote.
        project: marks what is ours, as the tag `dash:<project>`.
        below: a path of folder titles that everything goes below.
        text: why, for the history.
        dry_run: read and compare, write nothing.
        jobs: how many pages at a time.
    """

    build: Path
    project: str
    below: str = ""
    text: str = ""
    dry_run: bool = False
    jobs: int = 8


def push(grafana: Grafana, order: Order, pages: Sequence[PageEntry]) -> Report:
    """Push these pages.

    Ctrl-C ends what is in flight in good order, and skips the rest.

    Raises:
        RemoteError: this Grafana answers nothing, or not us; nothing was done.
    """
    server = grafana.hello()
    folders = Folders(grafana, server, order.project)
    one = _Push(grafana, folders, order)
    interrupted = False
    futures: list[Future[Outcome]] = []
    with ThreadPoolExecutor(max_workers=order.jobs) as pool:
        try:
            futures += (pool.submit(one.outcome, entry) for entry in pages)
            wait(futures)
        except KeyboardInterrupt:
            interrupted = True
            for future in futures:
                future.cancel()
    outcomes = (
        _said(entry, Result.SKIPPED, "interrupted before its turn", Exit.INTERRUPTED)
        if future is None or future.cancelled()
        else future.result()
        for entry, future in zip_longest(pages, futures)
    )
    return Report(outcomes=tuple(outcomes), dry_run=order.dry_run, interrupted=interrupted, notes=one.notes)


class _Push:
    """One push: what its pages share."""

    def __init__(self, grafana: Grafana, folders: Folders, order: Order) -> None:
        self._grafana, self._folders, self._order = grafana, folders, order
        self._tag = f"{OURS}{order.project}"
        self._minimum: Callable[[], str] = cache(grafana.minimum_refresh)
        self._edited: list[str] = []

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know besides."""
        notes = [
            f"{uid}: the file in {self._order.build} is not what dash build wrote; it is pushed as it is"
            for uid in sorted(self._edited)
        ]
        if self._folders.flat:
            notes.append("this Grafana has no folders in folders: AI/Serving is one folder there, called AI / Serving")
        return tuple(notes)

    def outcome(self, entry: PageEntry) -> Outcome:
        """One page, whatever happens to it."""
        if entry.stale:
            return _said(entry, Result.SKIPPED, f"stale: {entry.stale}", Exit.AUTHORING)
        try:
            wanted = load(self._order.build, entry, self._order.below)
            return self._pushed(entry, wanted)
        except Clash as error:
            return _said(entry, Result.CONFLICT, _sentence(error), Exit.CONFLICT)
        except DashError as error:
            return _said(entry, Result.FAILED, _sentence(error), error.exit)
        except Exception as error:  # noqa: BLE001 - one page's bug must not hide what became of the others
            why = f"this is a bug in dash ({type(error).__name__}: {error})"
            return _said(entry, Result.FAILED, why, Exit.BUG)

    def _pushed(self, entry: PageEntry, wanted: Wanted) -> Outcome:
        live = self._grafana.page(wanted.uid)
        if live is None:
            return self._written(entry, wanted, None)
        if self._is_wanted(wanted, live):
            return _said(entry, Result.UNCHANGED)
        if why := conflict.not_ours(live, self._tag):
            return _said(entry, Result.CONFLICT, why, Exit.CONFLICT)
        newest = next(iter(self._grafana.versions(wanted.uid, 1)), None)
        places = self._folders.readings(live, wanted.path)
        base = compare.last_pushed(live, newest, places, wanted.page.get("refresh"))
        if base is None:
            moved = compare.same(wanted.page, live.body, self._minimum)
            place = self._folders.shown(live.folder) if moved else ""
            why = conflict.changed(live, newest, self._tag, place)
            return _said(entry, Result.CONFLICT, why, Exit.CONFLICT)
        if base == wanted.digest and live.folder == self._folders.find(wanted.path):
            return _said(entry, Result.UNCHANGED)  # pushed so, and the server made of it what it likes
        return self._written(entry, wanted, live)

    def _is_wanted(self, wanted: Wanted, live: LivePage) -> bool:
        same = compare.same(wanted.page, live.body, self._minimum)
        return same and live.folder == self._folders.find(wanted.path)

    def _written(self, entry: PageEntry, wanted: Wanted, live: LivePage | None) -> Outcome:
        """Write, under the version that was compared, and look at what the answer gives away."""
        done = Result.CREATED if live is None else Result.UPDATED
        if self._order.dry_run:
            return _said(entry, done)
        if not is_as_built(wanted, entry):
            self._edited.append(entry.uid)
        compared = live.version if live else 0
        folder = self._folders.ensure(wanted.path)
        name = wanted.digest
        tags = [tag for tag in wanted.page.get("tags") or () if tag != self._tag]
        try:
            answered = self._grafana.save(
                {**wanted.kept, "tags": [*tags, self._tag]},
                version=live.version if live else None,
                folder=folder,
                message=compose(name, self._order.text),
            )
        except LostAnswer as lost:
            answered = self._found_again(wanted, name, compared, folder, lost)
        if answered > compared + 1:
            why = conflict.slipped_in(compared, answered)
            return _said(entry, Result.CONFLICT, why, Exit.CONFLICT)
        return _said(entry, done)

    def _found_again(self, wanted: Wanted, name: str, compared: int, folder: str, lost: LostAnswer) -> int:
        """The version of our own save whose answer was lost; a second POST could undo somebody's edit.

        Raises:
            LostAnswer: it was not saved.
            Clash: what is there now is somebody else's.
        """
        try:
            live = self._grafana.page(wanted.uid)
            history = self._grafana.versions(wanted.uid, 1) if live else ()
        except RemoteError as error:
            raise LostAnswer(f"perhaps saved: {error.what}", fix="push again, it will see") from lost
        if live is None or live.version == compared:
            raise LostAnswer(f"not saved: {lost.what}", fix="push again") from lost
        newest = next(iter(history), None)
        if (
            newest is not None
            and newest.number == live.version
            and digest_in(newest.message) == name
            and live.folder == folder
            and compare.same(wanted.page, live.body, self._minimum)
        ):
            return live.version
        message = newest.message if newest else ""
        raise Clash(
            f"our save lost its answer, and somebody saved it since ({shown(live.updated_by)}: {shown(message)!r})",
            "push again",
        ) from lost


def _sentence(error: DashError) -> str:
    """An error as one page's reason."""
    what = f"{error.where}: {error.what}" if error.where else error.what
    return f"{what}; {error.fix}" if error.fix else what


def _said(entry: PageEntry, result: Result, why: str = "", code: Exit = Exit.OK) -> Outcome:
    return Outcome(uid=entry.uid, title=entry.title, result=result, why=shown(why, LONG), exit=code)
