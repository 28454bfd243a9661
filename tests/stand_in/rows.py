"""What the server keeps, row by row: frozen values, replaced and never changed."""

import json
from dataclasses import dataclass, field
from functools import cached_property

import orjson

from tests.stand_in.answers import Json

LEGACY = "v0alpha1"  # the version of `/apis` that the legacy API stores as
NOBODY = -1  # who provisioning writes as


@dataclass(frozen=True)
class Account:
    """A user, or a service account."""

    id: int
    login: str
    name: str
    role: str
    is_service: bool = False


ADMIN = Account(1, "admin", "", "Admin")


@dataclass(frozen=True)
class Version:
    """One entry of a page's history."""

    id: int
    version: int
    parent_version: int
    restored_from: int
    created: str
    created_by: int
    message: str
    data: Json
    folder_uid: str = ""
    resource: int = 0


@dataclass(frozen=True)
class Provisioning:
    """The file that a page came from."""

    external_id: str
    allow_updates: bool


@dataclass(frozen=True)
class Page:
    """A dashboard or a folder: Grafana keeps both in one table, so uids and slugs are shared."""

    id: int
    uid: str
    title: str
    slug: str
    is_folder: bool
    folder_uid: str  # "" is the root
    data: Json
    version: int
    created: str
    updated: str
    created_by: int
    updated_by: int
    history: tuple[Version, ...] = ()  # oldest first
    born_at_root: bool = True  # only such pages get grants of their own for Viewers and Editors
    provisioned: Provisioning | None = None
    has_acl: bool = False  # somebody was given rights to just this page
    annotations: Json = field(default_factory=dict)  # those of `/apis` that the client chose, as the manager
    labels: Json = field(default_factory=dict)  # likewise
    api: str = LEGACY  # the version of `/apis` that it is stored as
    resource: int = 0  # the resourceVersion of `/apis`

    @property
    def url(self) -> str:
        """The path of the page in the browser."""
        return f"/dashboards/f/{self.uid}/{self.slug}" if self.is_folder else f"/d/{self.uid}/{self.slug}"

    @property
    def model(self) -> Json:
        """The dashboard's JSON as a GET shows it: a copy, with sorted keys."""
        return sorted_copy(self.shown)

    @property
    def shown(self) -> Json:
        """The same, not to be changed."""
        return dict(sorted({**self.data, "id": self.id, "uid": self.uid, "version": self.version}.items()))

    @cached_property
    def tags(self) -> list[str]:
        """The page's tags, sorted."""
        tags = self.data.get("tags")
        return sorted(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else []


@dataclass(frozen=True)
class DataSource:
    """A data source, with the settings that its creator sent."""

    id: int
    uid: str
    name: str
    type: str
    url: str
    is_default: bool
    settings: Json


@dataclass(frozen=True)
class Element:
    """A library element: a panel (kind 1) or a variable (kind 2)."""

    id: int
    uid: str
    name: str
    kind: int
    folder_uid: str
    model: Json
    version: int
    created: str
    updated: str
    created_by: int
    updated_by: int


@dataclass(frozen=True)
class Connection:
    """A page that shows a library element."""

    id: int
    element_id: int
    page_id: int
    created: str
    created_by: int


@dataclass(frozen=True)
class Mark:
    """An annotation: a moment, or a time, that somebody has marked."""

    id: int
    text: str
    tags: tuple[str, ...]
    start: int  # milliseconds since 1970
    end: int
    page_id: int  # 0 is none
    panel_id: int
    by: int
    created: int
    data: Json


def sorted_copy(data: Json) -> Json:
    """A deep copy with sorted keys, which is how Grafana writes a dashboard."""
    try:
        copied: Json = orjson.loads(orjson.dumps(data, option=orjson.OPT_SORT_KEYS))
    except orjson.JSONEncodeError:  # a number beyond 64 bits, or half a character
        copied = json.loads(json.dumps(data, sort_keys=True))
    return copied
