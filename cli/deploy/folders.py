"""Folders by the titles that people see: found where they are, made once where they are not."""

import hashlib
from collections.abc import Callable
from threading import RLock

from cli.errors import DashError
from cli.grafana.failure import Clash, LostAnswer
from cli.grafana.model import Folder, LivePage, Server
from cli.grafana.port import Grafana
from cli.grafana.shown import shown

#: Before it, Grafana takes a folder title once at each level, whatever its capitals.
TITLES_REPEAT = (11, 3)
#: Before it, no Grafana has folders in folders unless it is told to try.
NESTING = (10, 0)
#: From it on all have, unless they are told not to.
ALWAYS_NESTING = (11, 0)
DEEPEST = 16
FLAT = " / "


class Folders:
    """The folders of one Grafana during one push; safe to share between threads."""

    def __init__(
        self, grafana: Grafana, server: Server, project: str, making: Callable[[Folder], object] | None = None
    ) -> None:
        """Args: the one who is told of each folder before it is made."""
        self._grafana, self._project, self._making = grafana, project, making
        release = server.release or TITLES_REPEAT
        self._one_spelling, self._old = release < TITLES_REPEAT, release < NESTING
        self._perhaps_flat = release < ALWAYS_NESTING
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

    def way(self, uid: str) -> tuple[Folder, ...]:
        """The folders down to this one, with it."""
        with self._lock:
            return self._way(uid)

    def is_ours(self, uid: str) -> bool:
        """Whether a push made this folder, and it is still called what the push called it."""
        with self._lock:
            titles = self._path(uid)
            flat = tuple(titles[0].split(FLAT)) if len(titles) == 1 else titles
            return bool(titles) and uid in (self._uid(titles), self._uid(flat))

    def shown(self, uid: str) -> str:
        """What people call the folder."""
        with self._lock:
            return shown("/".join(self._path(uid))) or "the root"

    def _ensured(self, path: tuple[str, ...]) -> str:
        if len(path) > 1 and not self._flat_now() and self._is_flat is None:  # it has no folder at all
            self._is_flat = self._old or self._grafana.cannot_nest(self._uid(path))
        parent = ""
        for title, uid in self._steps(path):
            folder = self._child(parent, title, uid) or self._made(parent, title, uid)
            parent = folder.uid
        return parent

    def _made(self, parent: str, title: str, uid: str) -> Folder:
        if self._making:
            self._making(Folder(uid, title, parent))
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
        """A server that cannot nest lists the root's folders as those in any folder, for it ignores the parent."""
        while self._is_flat is None and (known := self._list("")):
            below = self._list(known[0].uid)
            if below or not self._perhaps_flat or known[0] in self._grafana.folders():
                self._is_flat = any(one in below for one in known)
            else:  # somebody has just deleted the only one, and it tells nothing
                self._below.clear()
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
        return tuple(one.title.strip() for one in self._way(uid))

    def _way(self, uid: str) -> tuple[Folder, ...]:
        way: list[Folder] = []
        while uid and len(way) < DEEPEST:
            if uid not in self._read:
                found = self._grafana.folder(uid)
                if found is None:
                    break  # deleted while we looked
                self._read[uid] = found
            way.insert(0, self._read[uid])
            uid = self._read[uid].parent
        return tuple(way)

    def _uid(self, path: tuple[str, ...]) -> str:
        """The same folder has the same uid in every Grafana."""
        name = "\n".join((self._project, *path))
        return f"dash-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
