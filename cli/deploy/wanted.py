"""A page as `build/` wants it in Grafana."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from cli.artifact import digest
from cli.artifact.manifest import PageEntry
from cli.errors import AuthoringError


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One page to be pushed.

    Attributes:
        uid: Grafana's uid of the page.
        page: the dashboard's JSON, as in its file.
        path: titles of the folders that it belongs into, outermost first; empty for the root.
    """

    uid: str
    page: dict[str, Any]
    path: tuple[str, ...]

    @property
    def place(self) -> str:
        """The path as a person writes it."""
        return "/".join(self.path)

    @property
    def kept(self) -> dict[str, Any]:
        """The page as a Grafana keeps it: its title has no blanks around."""
        return {**self.page, "title": str(self.page.get("title") or "").strip()}

    @property
    def digest(self) -> str:
        """The name of the page and its place; what the history will say. Not free: ask once."""
        return digest.of(self.kept, self.place)


def path_of(folder: str, below: str = "") -> tuple[str, ...]:
    """The titles in a path like AI/Serving, and before them those of the path that it is put below."""
    return tuple(title.strip() for title in f"{below}/{folder}".split("/") if title.strip())


def load(build: Path, entry: PageEntry, below: str = "") -> Wanted:
    """Read a page that the manifest names.

    Raises:
        AuthoringError: the file is not there, or not that page.
    """
    file = build / entry.file
    try:
        page: Any = orjson.loads(file.read_bytes())
    except OSError as error:
        raise _broken(file, f"cannot be read ({error.strerror})") from error
    except orjson.JSONDecodeError as error:
        raise _broken(file, "is not JSON") from error
    if not isinstance(page, dict) or page.get("uid") != entry.uid:
        raise _broken(file, f"is not the page {entry.uid}")
    return Wanted(uid=entry.uid, page=page, path=path_of(entry.folder, below))


def is_as_built(wanted: Wanted, entry: PageEntry) -> bool:
    """Whether the file is what `dash build` wrote."""
    return digest.of(wanted.page, entry.folder) == entry.digest


def _broken(file: Path, what: str) -> AuthoringError:
    return AuthoringError(what, where=str(file), fix="dash build")
