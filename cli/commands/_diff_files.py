"""The pages of a file, a folder or a build, as one side of a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cli import config, reading
from cli.artifact import MANIFEST, manifest
from cli.commands._diff_page import Seen, Titles
from cli.deploy.sources import pinned
from cli.deploy.wanted import load
from cli.errors import UsageError
from cli.grafana.model import DataSource

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """One side.

    Attributes:
        pages: by uid.
        project: whose pages they are.
        below: none: their folders are seen from the one below which everything is put, whichever that is.
        single: it is one file, and nobody asked about other pages.
        notes: what a person should know besides.
    """

    pages: Mapping[str, Seen]
    project: str
    below: Titles = ()
    single: bool = False
    notes: tuple[str, ...] = ()

    def read(self, uid: str) -> Seen | None:
        """A page; None when there is none."""
        return self.pages.get(uid)

    def where(self, seen: Seen, wanted: Titles | None = None) -> Titles | None:
        """The folders that a page belongs into; a build says it, a file alone does not."""
        del wanted
        return seen.path

    def pinned(self, pins: Mapping[str, DataSource]) -> "Files":
        """The same pages with the data sources that a push would give them."""
        if not pins:
            return self
        return replace(self, pages={uid: replace(one, page=pinned(one.page, pins)) for uid, one in self.pages.items()})


def read(place: Path) -> Files:
    """What a file, a build, what was pulled, or any folder with pages in it holds.

    Raises:
        UsageError: it cannot be read.
        AuthoringError: a page of a build cannot.
    """
    if place.is_dir() and (place / MANIFEST).is_file():
        return _build(place)
    project = config.read(config.here()).project
    if place.is_file():
        uid, seen = _page(place, _json(place))
        return Files(pages={uid: seen}, project=project, single=True)
    if not place.is_dir():
        raise UsageError("there is no such file or folder", where=str(place), fix="dash build")
    return Files(pages=_folder(place), project=project)


def _build(place: Path) -> Files:
    made = manifest.read(place)
    wanted = [load(place, entry) for entry in made.pages]
    stale = (f"{entry.uid}: its file is not what its source says today: {entry.stale}" for entry in made.pages)
    partial = f"{place}: the build left something out: what it seems to have no longer may be among that"
    return Files(
        pages={one.uid: Seen(one.page, one.path) for one in wanted},
        project=made.project,
        notes=(
            *(note for note, entry in zip(stale, made.pages, strict=True) if entry.stale),
            *((partial,) if made.partial else ()),
        ),
    )


def _folder(place: Path) -> dict[str, Seen]:
    files = sorted(place.rglob("*.json"))
    if not files:
        raise UsageError("no page is in this folder", where=str(place), fix="dash build")
    found: dict[str, Seen] = {}
    for path in files:
        page = _json(path)
        if "panels" in page:
            uid, seen = _page(path, page)
            if uid in found:
                raise UsageError(f"this is the page {uid} once more", where=str(path), fix="one file for each uid")
            found[uid] = seen
    return found


def _page(path: Path, page: Json) -> tuple[str, Seen]:
    return str(page.get("uid") or path.stem), Seen({"title": path.stem, **page})


def _json(path: Path) -> Json:
    try:
        page = reading.in_file(path)
    except (OSError, ValueError) as error:
        raise UsageError(f"this cannot be read as JSON: {error}", where=str(path), fix=f"dash lint {path}") from error
    inner = page.get("dashboard", page) if isinstance(page, dict) else None
    if not isinstance(inner, dict):
        raise UsageError("this is no dashboard", where=str(path), fix=f"dash lint {path}")
    return inner
