"""A page as `build/` wants it in Grafana."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from cli import reading
from cli.artifact import digest
from cli.artifact.manifest import PageEntry
from cli.deploy import sources
from cli.errors import AuthoringError
from cli.grafana.model import DataSource


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One page to be pushed.

    Attributes:
        uid: Grafana's uid of the page.
        page: the dashboard's JSON, as it is to be in Grafana.
        path: titles of the folders that it belongs into, outermost first; empty for the root.
        built: the dashboard's JSON, as in its file.
    """

    uid: str
    page: dict[str, Any]
    path: tuple[str, ...]
    built: dict[str, Any]

    @property
    def place(self) -> str:
        """The path as a person writes it."""
        return "/".join(self.path)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """The page as a Grafana keeps it: its title has no blanks around."""
        return {**self.page, "title": str(self.page.get("title") or "").strip()}

    @cached_property
    def digest(self) -> str:
        """The name of the page and its place; what the history will say."""
        return digest.of(self.kept, self.place)

    def pinned(self, pins: Mapping[str, DataSource]) -> "Wanted":
        """The same page with other data sources."""
        return replace(self, page=sources.pinned(self.page, pins)) if pins else self


def path_of(folder: str, below: str = "") -> tuple[str, ...]:
    """The titles in a path like AI/Serving, and before them those of the path that it is put below."""
    return tuple(title.strip() for title in f"{below}/{folder}".split("/") if title.strip())


def text_of(build: Path, entry: PageEntry) -> bytes:
    """The bytes of a page that the manifest names, unread.

    Raises:
        AuthoringError: the file is not there.
    """
    if not entry.is_inside:
        raise _broken(build, f"its manifest names the file {entry.file!r}, which is not in it")
    file = build / entry.file
    try:
        return reading.whole(file)
    except OSError as error:
        raise _broken(file, f"cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise _broken(file, f"is not JSON ({error})") from error


def load(build: Path, entry: PageEntry, below: str = "", text: bytes | None = None) -> Wanted:
    """Read a page that the manifest names.

    Args:
        build: the folder of the manifest.
        entry: what it says of the page.
        below: a path of folder titles that everything goes below.
        text: the file's bytes, where they are known.

    Raises:
        AuthoringError: the file is not there, or not that page.
    """
    file = build / entry.file
    try:
        page = reading.parsed(text_of(build, entry) if text is None else text, reading.MARGIN + reading.AROUND)
    except ValueError as error:
        raise _broken(file, f"is not JSON ({error})") from error
    if not isinstance(page, dict) or page.get("uid") != entry.uid:
        raise _broken(file, f"is not the page {entry.uid}")
    return Wanted(uid=entry.uid, page=page, path=path_of(entry.folder, below), built=page)


def is_as_built(wanted: Wanted, entry: PageEntry) -> bool:
    """Whether the file is what `dash build` wrote."""
    # Most often what is wanted, which has its name already.
    return entry.digest == wanted.digest or entry.digest == digest.of(wanted.built, entry.folder)


def _broken(file: Path, what: str) -> AuthoringError:
    return AuthoringError(what, where=str(file), fix="dash build")
