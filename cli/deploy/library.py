"""The library panels that pages show: there before the page is, and never over somebody's edit. Decided, not done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Any

from cli import reading
from cli.deploy.decide import OnConflict
from cli.deploy.normalise import compare, said
from cli.deploy.sources import pinned
from cli.deploy.step import PanelStep
from cli.deploy.wanted import path_of
from cli.errors import AuthoringError, Refused
from cli.grafana.model import DataSource, LibraryPanel
from cli.grafana.port import Grafana
from cli.grafana.shown import shown

FOLDER = "library"
#: In a panel, what only the page that shows it says, or the server.
OF_PAGE = frozenset({"id", "gridPos", "libraryPanel"})
WAYS = "take what is there into that file and push again, or say --on-conflict keep or overwrite"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What has to be done for the library panels of a page.

    Attributes:
        steps: those to be written before it.
        why: what a person should know of them.
        edits: how those that are there differ, in a person's words.
        conflict: the page cannot be written over that.
    """

    steps: tuple[PanelStep, ...] = ()
    why: str = ""
    edits: tuple[str, ...] = ()
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    panel: LibraryPanel
    folder: tuple[str, ...]


class Library:
    """The library panels of a build and of a Grafana during one push; safe to share between threads."""

    def __init__(self, grafana: Grafana, build: Path, below: str, pins: Mapping[str, DataSource]) -> None:
        """Reads and asks nothing before a page shows a library panel.

        Args:
            grafana: where they are to be.
            build: the folder in which there may be files of them.
            below: a path of folder titles that everything goes below.
            pins: what their data sources are pinned to.
        """
        self._grafana, self._build, self._below, self._pins = grafana, build, below, pins
        self._lock = RLock()
        self._lives: dict[str, LibraryPanel | Refused | None] = {}

    def needed(self, page: Json, on_conflict: OnConflict) -> Needed:
        """What has to be done before this page can be there.

        Raises:
            AuthoringError: it shows one that is nowhere, or a file of one cannot be read.
            RemoteError: Grafana does not tell.
        """
        found = Needed()
        for uid in shown_by(page):
            with self._lock:
                one = self._one(uid, on_conflict)
            found = Needed(
                steps=(*found.steps, *one.steps),
                why="; ".join(filter(None, (found.why, one.why))),
                edits=(*found.edits, *one.edits),
                conflict=found.conflict or one.conflict,
            )
        return found

    def _one(self, uid: str, on_conflict: OnConflict) -> Needed:
        file, live = self._files.get(uid), self._live(uid)
        if file is None:
            if live is None:
                what = (
                    f"it shows the library panel {shown(uid)!r}, which is neither there nor in {self._build / FOLDER}"
                )
                raise AuthoringError(what, fix="make that panel in Grafana, or put a file of it there, and push again")
            return Needed()
        if isinstance(live, Refused):
            raise live
        name = f"the library panel {shown(file.panel.name)!r}"
        step = PanelStep(panel=file.panel, path=file.folder, over=live)
        if live is None:
            return Needed(steps=(step,), why=f"{name} is made")
        edits = differences(file.panel, live)
        if not edits:
            return Needed()
        if on_conflict is OnConflict.OVERWRITE:
            return Needed(steps=(step,), why=f"{name} is overwritten", edits=edits)
        if on_conflict is OnConflict.KEEP:
            return Needed(why=f"{name} is kept as it is there", edits=edits)
        return Needed(why=f"{name} is not as {file.path} says; {WAYS}", edits=edits, conflict=True)

    def _live(self, uid: str) -> LibraryPanel | Refused | None:
        """As it is there; why, where we may not see it: who may not can still show it."""
        if uid not in self._lives:
            try:
                self._lives[uid] = self._grafana.library_panel(uid)
            except Refused as error:
                self._lives[uid] = error
        return self._lives[uid]

    @cached_property
    def _files(self) -> Mapping[str, _File]:
        found: dict[str, _File] = {}
        for path in sorted((self._build / FOLDER).glob("*.json")):
            one = _read(path, self._below)
            if other := found.get(one.panel.uid):
                raise _broken(path, f"is a library panel that {other.path.name} is already")
            model = pinned(one.panel.model, self._pins) if self._pins else one.panel.model
            found[one.panel.uid] = replace(one, panel=replace(one.panel, model=model))
        return found


def shown_by(page: Json) -> tuple[str, ...]:
    """The uids of the library panels that a page shows.

    Raises:
        AuthoringError: one has none, for which a Grafana stores the page and then says that it failed.
    """
    return tuple(dict.fromkeys(_shown_in(page.get("panels"))))


def differences(wanted: LibraryPanel, live: LibraryPanel) -> tuple[str, ...]:
    """How a library panel is not as it is wanted, in a person's words; empty when both mean the same."""
    names = (f'library panel "{wanted.name}": name -> "{live.name}"',) if wanted.name != live.name else ()
    return (*names, *(said(edit) for edit in compare(_page_of(wanted), _page_of(live))))


def _page_of(panel: LibraryPanel) -> Json:
    """A page with nothing but this panel, which has its name for a title where it has none."""
    model = {name: value for name, value in panel.model.items() if name not in OF_PAGE}
    return {
        "title": "",
        "panels": [{"title": panel.name, **model, "id": 1, "gridPos": {"h": 1, "w": 1, "x": 0, "y": 0}}],
    }


def _shown_in(panels: Any) -> Iterator[str]:
    for panel in panels if isinstance(panels, list) else ():
        if not isinstance(panel, dict):
            continue
        if (header := panel.get("libraryPanel")) is not None:
            uid = header.get("uid") if isinstance(header, dict) else None
            if not isinstance(uid, str) or not uid:
                title = shown(str(panel.get("title") or panel.get("id") or ""))
                raise AuthoringError(f"the panel {title!r} is a library panel, and does not say which", fix="its uid")
            yield uid
        yield from _shown_in(panel.get("panels"))


def _read(path: Path, below: str) -> _File:
    try:
        one = reading.in_file(path, reading.MARGIN + reading.AROUND)
        uid, name, folder, model = one["uid"], one["name"], one.get("folder", ""), one["model"]
    except OSError as error:
        raise _broken(path, f"cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken(path, "is no library panel") from error
    if not all(isinstance(text, str) for text in (uid, name, folder)) or not (uid and name and isinstance(model, dict)):
        raise _broken(path, "is no library panel")
    return _File(path, LibraryPanel(uid, name, model), path_of(folder, below))


def _broken(path: Path, what: str) -> AuthoringError:
    return AuthoringError(what, where=str(path), fix='{"uid": "...", "name": "...", "folder": "...", "model": {...}}')
