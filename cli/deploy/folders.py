"""Folders by the titles that people see: found where they are, made once where they are not."""

import hashlib
from threading import RLock

from cli.errors import DashError
from cli.grafana.client import Grafana
from cli.grafana.failure import Clash, LostAnswer
from cli.grafana.model import Folder, LivePage, Server
from cli.grafana.shown import shown

#: Before it, Grafana takes a folder title once at each level, whatever its capitals.
TITLES_REPEAT = (11, 3)
#: Before it, no Grafana has folders in folders unless it is told to try.
NESTING = (10, 0)
DEEPEST = 16
FLAT = " / "


class Folders:
    """The folders of one Grafana during one push; safe to share between threads."""

    def __init__(self, grafana: Grafana, server: Server, project: str) -> None:
        self._grafana, self._project = grafana, project
        release = server.release or TITLES_REPEAT
        self._one_spelling, self._old = release < TITLES_REPEAT, release < NESTING
        self._lock = RLock()
        self._below: dict[str, list[Folder]] = {}
        self._read: dict[str, Folder] = {}
        self._refused: dict[tuple[str, ...], DashError] = {}
        self._is_flat: bool | None = None

    @property
    def flat(self) -> bool:
        """This Grafana is known to have no folders inside folders."""
        return bool(self._is_flat)

    def find(self, path: tuple[str, ...]) -> str | None:
        """The uid of the folder at this path of titles; empty for the root, None when there is none."""
        with self._lock:
            parent = ""
            for title, uid in self._steps(path):
                folder = self._child(parent, title, uid)
                if folder is None:
                    return None
                parent = folder.uid
            return parent

    def ensure(self, path: tuple[str, ...]) -> str:
        """The uid of the folder at this path; makes what is missing, once however many pages ask."""
        with self._lock:
            if path in self._refused:
                raise self._refused[path]
            try:
                return self._ensured(path)
            except DashError as error:
                self._refused[path] = error
                raise

    def readings(self, live: LivePage, wanted: tuple[str, ...]) -> list[str]:
        """How the place of a live page may have been written when it was pushed.

        As it reads now; where a Grafana cannot nest (or could not, when we made the folder) as the path that its one
        folder stands for; and as we write it today, if that is the same folder.
        """
        with self._lock:
            titles = self._path(live.folder)
            found = ["/".join(title.replace("/", "//") for title in titles)]
            if len(titles) == 1:
                path = tuple(titles[0].split(FLAT))
                if len(path) > 1 and (self._flat_now() or live.folder == self._uid(path)):
                    found.append("/".join(path))
            if self.find(wanted) == live.folder:
                found.append("/".join(wanted))
            return list(dict.fromkeys(found))

    def shown(self, uid: str) -> str:
        """What people call the folder."""
        with self._lock:
            return shown("/".join(self._path(uid))) or "the root"

    def _ensured(self, path: tuple[str, ...]) -> str:
        if len(path) > 1 and self._is_flat is None and not self._list(""):
            self._is_flat = self._old or self._grafana.cannot_nest(self._uid(path))
        parent = ""
        for title, uid in self._steps(path):
            folder = self._child(parent, title, uid) or self._made(parent, title, uid)
            parent = folder.uid
        return parent

    def _made(self, parent: str, title: str, uid: str) -> Folder:
        try:
            folder = self._grafana.create_folder(uid, title, parent)
        except (Clash, LostAnswer) as error:
            self._below.pop(parent, None)
            if found := self._child(parent, title, uid, any_spelling=True):
                return found  # another push made it, or our own request that lost its answer
            if isinstance(error, LostAnswer):
                raise
            # Our uid is taken by a folder that somebody renamed or moved: it is theirs now.
            folder = self._grafana.create_folder("", title, parent)
        self._list(parent).append(folder)
        return folder

    def _steps(self, path: tuple[str, ...]) -> list[tuple[str, str]]:
        """Title and our uid of each folder on the way, as this server can have them."""
        if len(path) > 1 and self._flat_now():
            return [(FLAT.join(path), self._uid(path))]
        return [(title, self._uid(path[: at + 1])) for at, title in enumerate(path)]

    def _flat_now(self) -> bool:
        """A server that cannot nest lists a folder among its own children, for it ignores the parent."""
        if self._is_flat is None and (known := self._list("")):
            self._is_flat = known[0] in self._list(known[0].uid)
        return self.flat

    def _child(self, parent: str, title: str, uid: str, *, any_spelling: bool = False) -> Folder | None:
        """The folder of that title; of several, ours."""
        below = self._list(parent)
        found = [folder for folder in below if folder.title.strip() == title]
        if not found and (any_spelling or self._one_spelling):
            found = [folder for folder in below if folder.title.strip().casefold() == title.casefold()]
        ours = [folder for folder in found if folder.uid == uid]
        if len(found) > 1 and not ours:
            raise Clash(f"Grafana has {len(found)} folders {shown(title)!r} in one place", "rename all but one")
        return next(iter(ours or found), None)

    def _list(self, parent: str) -> list[Folder]:
        if parent not in self._below:
            self._below[parent] = list(self._grafana.folders(parent))
        return self._below[parent]

    def _path(self, uid: str) -> tuple[str, ...]:
        titles: list[str] = []
        while uid and len(titles) < DEEPEST:
            if uid not in self._read:
                self._read[uid] = self._grafana.folder(uid)
            titles.insert(0, self._read[uid].title.strip())
            uid = self._read[uid].parent
        return tuple(titles)

    def _uid(self, path: tuple[str, ...]) -> str:
        """The same folder has the same uid in every Grafana."""
        name = "\n".join((self._project, *path))
        return f"dash-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
