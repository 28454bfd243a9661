"""Everything the server remembers."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from threading import RLock

from tests.stand_in.answers import Json
from tests.stand_in.profiles import Profile

VERSIONS_KEPT = 20
NOBODY = -1  # who provisioning writes as


@dataclass(frozen=True)
class Account:
    """A user, or a service account."""

    id: int
    login: str
    name: str
    role: str
    is_service: bool = False


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

    @property
    def url(self) -> str:
        """The path of the page in the browser."""
        return f"/dashboards/f/{self.uid}/{self.slug}" if self.is_folder else f"/d/{self.uid}/{self.slug}"

    @property
    def model(self) -> Json:
        """The dashboard's JSON as a GET shows it: a copy, with sorted keys."""
        return sorted_copy({**self.data, "id": self.id, "uid": self.uid, "version": self.version})

    @property
    def tags(self) -> list[str]:
        """The page's tags, sorted."""
        tags = self.data.get("tags")
        return sorted(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else []


def sorted_copy(data: Json) -> Json:
    """A deep copy with sorted keys, which is how Grafana writes a dashboard."""
    copied: Json = json.loads(json.dumps(data, sort_keys=True))
    return copied


def now() -> str:
    """The time in Grafana's spelling."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


ADMIN = Account(1, "admin", "", "Admin")


@dataclass
class State:
    """The tables. Whoever reads or writes them holds `lock`; rows are replaced, never changed."""

    profile: Profile
    lock: RLock = field(default_factory=RLock)
    pages: dict[int, Page] = field(default_factory=dict)  # ids only grow, so this is id order
    accounts: dict[int, Account] = field(default_factory=lambda: {ADMIN.id: ADMIN})
    tokens: dict[str, int] = field(default_factory=dict)  # key -> account
    token_names: set[tuple[int, str]] = field(default_factory=set)
    grants: dict[int, tuple[float, dict[str, list[str]]]] = field(default_factory=dict)
    slips: dict[str, Callable[[], object]] = field(default_factory=dict)  # uid -> a rival's save
    page_ids: Iterator[int] = field(default_factory=lambda: count(1))
    version_ids: Iterator[int] = field(default_factory=lambda: count(1))
    account_ids: Iterator[int] = field(default_factory=lambda: count(2))
    token_ids: Iterator[int] = field(default_factory=lambda: count(1))

    def page(self, uid: str) -> Page | None:
        """The dashboard or folder of that uid."""
        return next((page for page in self.pages.values() if page.uid == uid), None)

    def folder(self, uid: str) -> Page | None:
        """The folder of that uid."""
        page = self.page(uid)
        return page if page and page.is_folder else None

    def children(self, folder_uid: str) -> list[Page]:
        """What lies directly in a folder."""
        return [page for page in self.pages.values() if page.folder_uid == folder_uid]

    def ancestors(self, page: Page) -> list[Page]:
        """The folders around a page, from the nearest to the outermost."""
        around: list[Page] = []
        folder = self.folder(page.folder_uid)
        while folder:
            around.append(folder)
            folder = self.folder(folder.folder_uid)
        return around

    def remove(self, page: Page) -> None:
        """Forget a page with its history, and what lies in it."""
        if page.is_folder:
            for child in self.children(page.uid):
                self.remove(child)
        del self.pages[page.id]

    def clean_up(self) -> None:
        """Forget all but the newest versions of every page."""
        for page in self.pages.values():
            self.pages[page.id] = replace(page, history=page.history[-VERSIONS_KEPT:])

    def account(self, login: str) -> Account:
        """The account of that login; a user who is not known yet joins as an Admin."""
        for account in self.accounts.values():
            if account.login == login:
                return account
        return self.join(login, login, "Admin")

    def join(self, login: str, name: str, role: str, *, is_service: bool = False) -> Account:
        """Add an account."""
        account = Account(next(self.account_ids), login, name, role, is_service)
        self.accounts[account.id] = account
        return account

    def login(self, account_id: int) -> str:
        """How pages name the account."""
        account = self.accounts.get(account_id)
        return account.login if account else "Anonymous"
