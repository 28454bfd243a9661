"""The pages of a Grafana, as one side of a comparison."""

from collections.abc import Callable, Collection, Mapping
from functools import cache

from cli.artifact.digest import OURS
from cli.commands._diff_page import Seen, Titles
from cli.deploy import past
from cli.deploy.folders import Folders
from cli.deploy.offered import Offered
from cli.deploy.pulled import path_to
from cli.deploy.wanted import Wanted, path_of
from cli.errors import DashError, UsageError
from cli.grafana.model import DataSource, LivePage
from cli.grafana.port import Grafana


class Live:
    """One side; safe to share between threads once it knows what is coming."""

    def __init__(self, grafana: Grafana, project: str, below: Titles, datasources: Mapping[str, str]) -> None:
        """Raises RemoteError where this Grafana answers nothing, or not us."""
        self._grafana, self._project, self.below = grafana, project, below
        self._folders = Folders(grafana, grafana.hello(), project)
        self.pins: Callable[[], Mapping[str, DataSource]] = Offered(grafana, datasources).pins
        self._listed: Mapping[str, LivePage] = {}
        self.minimum: Callable[[], str] = cache(grafana.minimum_refresh)

    def ours(self) -> set[str]:
        """Every page that bears the tag of our project."""
        return {one.uid for one in self._grafana.search(tag=f"{OURS}{self._project}")}

    def every(self) -> set[str]:
        """Every page below our folder."""
        found, depth = self._grafana.search(), len(self.below)
        return {one.uid for one in found if not depth or self._path(one.folder, one.folder_title)[:depth] == self.below}

    def expect(self, uids: Collection[str]) -> None:
        """These are going to be read."""
        self._listed = self._grafana.listed(uids) or {}

    def read(self, uid: str) -> Seen | None:
        """A page; None when there is none."""
        # What a list leaves out is perhaps there, and cannot be read: that is not gone.
        live = self._listed.get(uid) or self._grafana.page(uid)
        if live is None:
            return None
        if live.is_folder:
            raise UsageError("this uid is a folder's there")
        return Seen(live.body, live=live)

    def where(self, seen: Seen, wanted: Titles | None = None) -> Titles | None:
        """The folders that a page lies in: exactly the wanted ones, where a push would find it in its place."""
        if seen.live is None:
            return None
        folder = seen.live.folder
        if wanted is not None and self._folders.find(wanted) == folder:
            return wanted
        path = self._path(folder, seen.live.folder_title)
        if path != wanted:
            return path
        title = path[-1] if path else "without a title"
        return (*path[:-1], f"{title} ({folder})")  # another one of the same title

    def is_as_pushed(self, wanted: Seen, seen: Seen) -> bool:
        """Whether a push put it there so, and the server raised its refresh to what was its minimum then."""
        live, uid = seen.live, str(seen.page.get("uid"))
        if live is None or wanted.path is None:
            return False
        page = dict(wanted.page)
        sent = Wanted(uid=uid, page=page, path=(*self.below, *wanted.path), built=page)
        places = self._folders.readings(live, sent.path)
        left = past.read(self._grafana, uid, live, places, wanted=sent.place, refresh=sent.page.get("refresh")).left
        return left is not None and (left.version, left.digest, left.spans) == (live.version, sent.digest, ())

    def _path(self, folder: str, title: str) -> Titles:
        """The titles on the way to a folder; of one that we may not see what else is known of it."""
        if not folder:
            return ()
        try:
            path = path_to(self._folders.way(folder))
        except DashError:
            path = ()
        return path or path_of(title or folder)
