"""What a Grafana holds, as values: nothing here knows how it was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Server:
    """Which Grafana answers; `release` is None where it hides its version."""

    version: str
    release: tuple[int, int] | None
    edition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePage:
    """A page as it is in Grafana now.

    Attributes:
        body: the dashboard's JSON, with the server's `id` and `version`.
        version: counts saves; a write names the one that it was compared with.
        folder: uid of its folder; empty for the root.
        folder_title: what people call that folder.
        updated: when it was last saved, as the server says it.
        updated_by: who saved it.
        provisioned: Grafana reads it from a file of its own and takes no save.
        is_folder: the uid is a folder's, not a page's.
        resource: the resourceVersion of `/apis`, which a write there names; empty elsewhere.
        is_shared: somebody has grants to just this page, or a public link to it.
        aside: the uid that it has instead of its own, where a push was about to delete it; empty for any other.
    """

    body: Mapping[str, Any]
    version: int
    folder: str
    folder_title: str = ""
    updated: str = ""
    updated_by: str = ""
    provisioned: bool = False
    is_folder: bool = False
    resource: str = ""
    is_shared: bool = False
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One entry of a page's history."""

    number: int
    message: str
    created: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page as a search knows it, which on a newer server may be a moment behind."""

    uid: str
    title: str
    folder: str = ""
    folder_title: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder; `parent` is empty at the root, and on a server that cannot nest."""

    uid: str
    title: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class DataSource:
    """A data source that pages may name."""

    uid: str
    name: str
    type: str
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class LibraryPanel:
    """A panel that many pages show; `version` counts its saves."""

    uid: str
    name: str
    model: Mapping[str, Any]
    folder: str = ""
    version: int = 0
