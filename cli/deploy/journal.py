"""What a push did, on disk before it is done: `.dash/pushes/NAME/` with a page of each act, and how it was before.

`push.json` says which push this is, `journal.jsonl` what was begun and what is done, a line each, and `pages/` holds
every page that was overwritten or deleted, as it was. A line is there before Grafana is asked, so that also a push
that was killed can be taken back. `library/` holds the library panels, as they were and as they were written.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import orjson

from cli import reading
from cli.artifact import digest
from cli.deploy import private
from cli.deploy.files import name_of
from cli.deploy.step import Step
from cli.errors import UsageError
from cli.grafana.model import Folder, LibraryPanel

FOLDER = Path(".dash/pushes")
HEAD, LINES, PAGES, LIBRARY = "push.json", "journal.jsonl", "pages", "library"
INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
VERSION = 1
#: Of a push; its folder is called so.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A page as it was before a push touched it.

    Attributes:
        body: the dashboard's JSON.
        folder: the folders that it lay in, from the outermost; empty for the root.
        message: of its last save, when that was a push of ours; empty otherwise.
    """

    body: Json
    folder: tuple[Folder, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAct:
    """A page that a push began to write or to delete.

    Attributes:
        uid: the page's.
        title: what people call it.
        message: of our save.
        digest: of what we wrote, wherever it lies.
        before: as it was; None where there was none.
        deleted: it was deleted, not written.
    """

    uid: str
    title: str
    message: str
    digest: str
    before: Before | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class FolderAct:
    """A folder that a push began to make or to delete."""

    folder: Folder
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PanelAct:
    """A library panel that a push began to write; as it was before, None where there was none."""

    wrote: LibraryPanel
    before: LibraryPanel | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A push, as its journal tells it: what it says about itself, and what it began, in its order."""

    name: str
    about: Json
    pages: tuple[PageAct, ...]
    folders: tuple[FolderAct, ...]
    panels: tuple[PanelAct, ...] = ()


class Journal:
    """One push's; made when the first thing is about to be done, and safe to share between threads."""

    def __init__(self, folder: Path, name: str, about: Mapping[str, Any]) -> None:
        self.name, self._about = name, about
        self._folder = folder / name
        self._lock = Lock()
        self._begun = False
        self._break = b""

    @property
    def begun(self) -> bool:
        """Something was done, or may have been."""
        return self._begun

    def page(self, step: Step, folder: tuple[Folder, ...]) -> None:
        """A page is about to be written or deleted; what it was is kept first."""
        file = f"{PAGES}/{name_of(step.uid)}.json" if step.over else ""
        wrote = step.page if step.page is not None else step.over.body if step.over else {}
        line = {
            "uid": step.uid,
            "title": step.title,
            "message": step.message,
            "digest": digest.of(wrote, ""),
            "deleted": step.deletes,
            "before": file,
        }
        with self._lock:
            self._open()
        if step.over:  # many at a time; of the lines below, one
            before = {
                "uid": step.uid,
                "folder": [{"uid": one.uid, "title": one.title, "parent": one.parent} for one in folder],
                "message": step.said,
                "updated": step.over.updated,
                "updated_by": step.over.updated_by,
                "page": step.over.body,
            }
            self._write(self._folder / file, {"type": "before", "version": 1, **before})
        with self._lock:
            self._append({"page": line})

    def refused(self, uid: str) -> None:
        """A page that was about to be written is as it was: Grafana did not take it."""
        with self._lock:
            if self._begun:
                self._append({"refused": uid})

    def folder(self, folder: Folder, *, deleted: bool = False) -> None:
        """A folder is about to be made or deleted."""
        with self._lock:
            self._open()
            line = {"uid": folder.uid, "title": folder.title, "parent": folder.parent, "deleted": deleted}
            self._append({"folder": line})

    def panel(self, wrote: LibraryPanel, before: LibraryPanel | None) -> None:
        """A library panel is about to be written; what it was is kept first."""
        file = f"{LIBRARY}/{name_of(wrote.uid)}.json"
        kept = {"wrote": asdict(wrote), "before": before and asdict(before)}
        with self._lock:
            self._open()
            self._write(self._folder / file, {"type": "library panel", "version": 1, **kept})
            self._append({"panel": {"uid": wrote.uid, "name": wrote.name, "kept": file}})

    def other(self, kind: str, file: str, said: Json) -> None:
        """Something else than a page is about to be written or deleted; what is to be known of it is kept first."""
        with self._lock:
            self._open()
            self._write(self._folder / file, {"type": kind, "version": 1, **said})
            self._append({kind: file})

    def _open(self) -> None:
        if not self._begun:
            try:
                self._folder.mkdir(parents=True, mode=private.OWN_FOLDER, exist_ok=True)
            except OSError as error:
                raise _full(self._folder, error) from error
            self._write(self._folder / HEAD, {"type": "push", "version": VERSION, **self._about})
            self._begun = True

    def _write(self, path: Path, said: Json) -> None:
        """A file is whole or not there, and nobody else's to read."""
        try:
            path.parent.mkdir(mode=private.OWN_FOLDER, exist_ok=True)
            private.write(path, orjson.dumps(said, option=INDENTED))
        except OSError as error:
            raise _full(path, error) from error

    def _append(self, line: Json) -> None:
        """A line that does not fit may be there in half; the next one begins anew."""
        path = self._folder / LINES
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, private.OWN), "ab") as file:
                file.write(self._break + orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
        except OSError as error:
            self._break = b"\n"
            raise _full(path, error) from error
        self._break = b""


def names(folder: Path) -> list[str]:
    """Every push that wrote a journal here, the newest first."""
    return sorted(filter(NAME.fullmatch, (path.parent.name for path in folder.glob(f"*/{HEAD}"))), reverse=True)


def read(folder: Path, name: str) -> Done:
    """What a push did.

    Raises:
        UsageError: there is no such push, or its journal is not one that we wrote.
    """
    place = folder / name
    try:
        if not NAME.fullmatch(name):
            raise FileNotFoundError  # noqa: TRY301 - there is none of such a name
        about = _about(_kept(place, HEAD))
        lines = [_line(text) for text in reading.whole(place / LINES).splitlines()] if (place / LINES).exists() else []
        refused = {line["refused"] for line in lines if "refused" in line}
        begun = (line["page"] for line in lines if "page" in line)
        pages = tuple(_page(place, line) for line in begun if line["uid"] not in refused)
        folders = tuple(_folder(line["folder"]) for line in lines if "folder" in line)
        panels = tuple(_panel(place, line["panel"]) for line in lines if "panel" in line)
    except FileNotFoundError as error:
        raise UsageError(f"there is no push {name!r} here", where=str(folder), fix="dash rollback --list") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"this is no journal that we wrote ({error})", where=str(place)) from error
    return Done(name, about, pages, folders, panels)


def pushed_before(folder: Path, grafana: str) -> dict[str, str]:
    """The last push from here that wrote each page into this Grafana; none of what a push deleted."""
    found: dict[str, str] = {}
    for name in names(folder):
        with suppress(UsageError):
            done = read(folder, name)
            if done.about["grafana"] == grafana:
                found = {act.uid: "" if act.deleted else name for act in done.pages} | found
    return {uid: name for uid, name in found.items() if name}


def _about(said: Json) -> Json:
    if (said["type"], said["version"]) != ("push", VERSION):
        raise ValueError(f"version {said['version']!r}")
    return {**said, "grafana": str(said["grafana"]), "project": str(said["project"])}


def _line(text: bytes) -> Json:
    """A line; one may be half, of a push that was killed or had no room, before it asked for anything."""
    try:
        line: Json = reading.parsed(text)
    except ValueError:
        return {}
    return line


def _kept(place: Path, file: str) -> Any:
    """What is in a file of this push; a line that names another one was not written by us."""
    path = place / file
    if not path.resolve().is_relative_to(place.resolve()):
        raise ValueError(f"{file!r} is not in it")
    return reading.in_file(path)


def _page(place: Path, line: Json) -> PageAct:
    before = None
    if line["before"]:
        said = _kept(place, line["before"])
        way = tuple(reading.sound(Folder(one["uid"], one["title"], one["parent"])) for one in said["folder"])
        before = reading.sound(Before(body=said["page"], folder=way, message=said["message"]))
    act = PageAct(
        uid=line["uid"],
        title=line["title"],
        message=line["message"],
        digest=line["digest"],
        before=before,
        deleted=line["deleted"],
    )
    return reading.sound(act)


def _panel(place: Path, line: Json) -> PanelAct:
    said = _kept(place, line["kept"])
    wrote, before = (one and reading.sound(LibraryPanel(**one)) for one in (said["wrote"], said["before"]))
    return PanelAct(wrote, before)


def _folder(line: Json) -> FolderAct:
    folder = Folder(line["uid"], line["title"], line["parent"])
    return reading.sound(FolderAct(reading.sound(folder), line["deleted"]))


def _full(path: Path, error: OSError) -> UsageError:
    """Nothing is written to a Grafana that cannot be taken back."""
    what = f"what is there cannot be saved before it is overwritten: {error.strerror}"
    return UsageError(what, where=str(path.parent), fix="make room there, and push again")
