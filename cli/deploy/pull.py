"""Bring the pages of a Grafana into a folder of files, from which they can be pushed."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.artifact.manifest import Manifest
from cli.deploy import mirror
from cli.deploy.folders import Folders
from cli.deploy.outcome import Outcome, Report, Result
from cli.deploy.pulled import Copy, copy, files, path_to
from cli.deploy.side_by_side import side_by_side
from cli.deploy.wanted import path_of
from cli.errors import DashError, UsageError
from cli.exit_codes import Exit
from cli.grafana.model import LivePage
from cli.grafana.port import Grafana
from cli.grafana.shown import shown

LONG = 600

Titles = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to pull, and how.

    Attributes:
        into: the folder for the files.
        project: whose pages they are when they are pushed from there.
        below: path of the folder below which a push puts everything: what lies elsewhere does not count.
        folders: paths within that; only pages in these and deeper.
        uids: single pages. Without both, every page.
        prune: remove the files of pages that are no longer in Grafana.
        overwrite: replace also files that were edited here.
        jobs: how many requests at a time.
    """

    into: Path
    project: str
    below: Titles = ()
    folders: tuple[Titles, ...] = ()
    uids: tuple[str, ...] = ()
    prune: bool = False
    overwrite: bool = False
    jobs: int = 8

    @property
    def all(self) -> bool:
        """Nothing is chosen."""
        return not self.folders and not self.uids

    def takes(self, path: Titles) -> bool:
        """Whether what lies there is meant."""
        return self.all or any(path[: len(folder)] == folder for folder in self.folders)


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of each page, and what the manifest says now."""

    report: Report
    manifest: Manifest


def pull(grafana: Grafana, order: Order) -> Pulled:
    """Pull these pages. Nothing is written before all are read, and Ctrl-C until then leaves all as it was.

    Raises:
        UsageError: the folder is not one that we may write, or there is no such page or folder.
        RemoteError: this Grafana answers nothing, or not us.
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    before = mirror.earlier(order.into)
    known = {page.uid: page for page in before.pages} if before else {}
    was = {uid: path_of(page.folder) for uid, page in known.items()}
    folders = Folders(grafana, grafana.hello(), order.project)
    reading = _Reading(grafana, folders, order)
    said = {one.uid: reading.place(one.folder, one.folder_title) for one in grafana.search()}
    now = {uid: path for uid, path in said.items() if path is not None}
    chosen = _chosen(order, now, was)
    read = reading.read(chosen)
    copies = {uid: one for uid, one in read.items() if isinstance(one, Copy)}
    gone = {uid for uid, one in read.items() if one is None}
    # Also of the pages that are not read: they decide who is a twin.
    places = {uid: path for uid, path in {**was, **now}.items() if uid not in gone or (uid in was and not order.prune)}
    named = files(places | {uid: one.path for uid, one in copies.items()})
    here = mirror.Mirror(order.into, known, overwrite=order.overwrite, prune=order.prune)
    for uid, one in read.items():
        if isinstance(one, Copy):
            here.take(one, named[uid])
        elif one:
            here.fail(one)
        elif uid in known:
            here.miss(uid)
        elif uid in order.uids:
            raise UsageError(f"there is no page {uid!r} to pull", fix="dash pull without --uid, for all that there are")
    report = Report(outcomes=tuple(here.change.outcomes))
    entries = tuple(here.change.entries[uid] for uid in sorted(here.change.entries))
    whole = order.all and report.exit is Exit.OK and not any(entry.stale for entry in entries)
    made = Manifest(project=order.project, partial=not whole, pages=entries)
    if here.change.write or here.change.remove or made != before:
        mirror.write(order.into, here.change, made)
    return Pulled(report, made)


class _Reading:
    """What the pages of one pull share."""

    def __init__(self, grafana: Grafana, folders: Folders, order: Order) -> None:
        self._grafana, self._folders, self._order = grafana, folders, order

    def place(self, folder: str, title: str) -> Titles | None:
        """The path down to a folder, within the one that all is put below; None elsewhere."""
        try:
            path = path_to(self._folders.way(folder))
        except DashError:  # we may see the page, and not its folder
            path = ()
        path = path or path_of(title if folder else "")
        below = self._order.below
        return path[len(below) :] if path[: len(below)] == below else None

    def read(self, uids: list[str]) -> Mapping[str, Copy | Outcome | None]:
        """Each page as a file, or why not; None where there is none (any more)."""
        listed = self._grafana.listed(uids) or {}

        def one(uid: str) -> Copy | Outcome | None:
            try:
                # What a list leaves out is perhaps there, and cannot be read: that is not gone.
                return self._copied(uid, listed.get(uid) or self._grafana.page(uid))
            except DashError as error:
                return _failed(uid, error.sentence, error.exit)

        read, interrupted = side_by_side(one, uids, self._order.jobs)
        if interrupted:
            raise KeyboardInterrupt
        return dict(zip(uids, read, strict=True))

    def _copied(self, uid: str, live: LivePage | None) -> Copy | Outcome | None:
        if live is None:
            return None
        if live.is_folder:
            return _failed(uid, "this uid is a folder's", Exit.USAGE)
        path = self.place(live.folder, live.folder_title)
        return None if path is None else copy(uid, live, path, self._grafana.where.page(uid))


def _chosen(order: Order, now: Mapping[str, Titles], was: Mapping[str, Titles]) -> list[str]:
    """The pages to read: those that are meant, and those that an earlier pull wrote of these."""
    paths = {*now.values(), *was.values()}
    for folder in order.folders:
        if not any(path[: len(folder)] == folder for path in paths):
            near = difflib.get_close_matches("/".join(folder), sorted("/".join(path) for path in paths if path), 1)
            fix = f"--folder {shown(near[0])!r}" if near else "dash pull without --folder, for all that there are"
            raise UsageError(f"no page lies in a folder {'/'.join(folder)!r}", fix=fix)
    meant = {uid for places in (now, was) for uid, path in places.items() if order.takes(path)}
    return sorted({*meant, *order.uids})


def _failed(uid: str, why: str, code: Exit) -> Outcome:
    return Outcome(uid=uid, title=uid, result=Result.FAILED, why=shown(why, LONG), exit=code)
