"""Everything the server remembers."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import RLock

from tests.stand_in.answers import Json
from tests.stand_in.clock import Clock
from tests.stand_in.index import Index
from tests.stand_in.notified import Notifying
from tests.stand_in.profiles import Profile
from tests.stand_in.rows import ADMIN, Account, Connection, DataSource, Element, Mark, Page

VERSIONS_KEPT = 20
FIRST_RESOURCE = 1741315830000  # resourceVersions look like that; one count for all


@dataclass
class State:
    """The tables. Whoever reads or writes them holds `lock`; rows are replaced, never changed."""

    profile: Profile
    clock: Clock = field(default_factory=Clock)
    lock: RLock = field(default_factory=RLock)
    shortest_refresh: str = "5s"
    keeps_uids: bool = False  # no save gives a page another uid
    pages: dict[int, Page] = field(default_factory=dict)  # ids only grow, so this is id order
    trash: dict[str, Page] = field(default_factory=dict)  # uid -> a deleted page, where the profile keeps them
    by_uid: dict[str, int] = field(default_factory=dict)
    index: Index = field(default_factory=Index)
    accounts: dict[int, Account] = field(default_factory=lambda: {ADMIN.id: ADMIN})
    tokens: dict[str, int] = field(default_factory=dict)  # key -> account
    token_names: set[tuple[int, str]] = field(default_factory=set)
    grants: dict[int, tuple[float, dict[str, list[str]]]] = field(default_factory=dict)
    withheld: dict[int, frozenset[str]] = field(default_factory=dict)  # account -> what it may not, whatever its role
    data_sources: dict[int, DataSource] = field(default_factory=dict)
    elements: dict[int, Element] = field(default_factory=dict)
    connections: dict[int, Connection] = field(default_factory=dict)
    marks: dict[int, Mark] = field(default_factory=dict)
    rules: list[Json] = field(default_factory=list)  # alert rules
    notifying: Notifying = field(default_factory=Notifying)
    slips: dict[str, Callable[[], object]] = field(default_factory=dict)  # uid -> a rival's save
    slip: Callable[[], object] | None = None  # a rival's save during the request at hand, whatever it saves
    ids: Counter[str] = field(default_factory=lambda: Counter(account=ADMIN.id, resource=FIRST_RESOURCE))

    def next_id(self, kind: str) -> int:
        """A number that no other thing of that kind has, had, or will have."""
        self.ids[kind] += 1
        return self.ids[kind]

    def page(self, uid: str) -> Page | None:
        """The dashboard or folder of that uid."""
        return self.pages.get(self.by_uid.get(uid, 0))

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

    def put(self, page: Page) -> Page:
        """Store a page as it is from now on."""
        page = replace(page, resource=self.next_id("resource"))
        if page.history and not page.history[-1].resource:
            newest = replace(page.history[-1], resource=page.resource)
            page = replace(page, history=(*page.history[:-1], newest))
        if (before := self.pages.get(page.id)) and before.uid != page.uid:
            del self.by_uid[before.uid]
        self.pages[page.id] = page
        self.by_uid[page.uid] = page.id
        self.trash.pop(page.uid, None)
        self.index.put(page.id, page, self.clock.seconds())
        return page

    def remove(self, page: Page) -> None:
        """Forget a page with its history, and what lies in it."""
        if page.is_folder:
            for child in self.children(page.uid):
                self.remove(child)
            for element in [one for one in self.elements.values() if one.folder_uid == page.uid]:
                del self.elements[element.id]
            self.rules = [rule for rule in self.rules if rule.get("folderUID") != page.uid]
        elif self.profile.keeps_deleted:
            self.trash[page.uid] = replace(page, resource=self.next_id("resource"), updated=self.clock.text())
        self.connections = {key: one for key, one in self.connections.items() if one.page_id != page.id}
        del self.pages[page.id], self.by_uid[page.uid]
        self.index.put(page.id, None, self.clock.seconds())

    def clean_up(self) -> None:
        """Forget all but the newest versions of every page."""
        for page in self.pages.values():
            self.pages[page.id] = replace(page, history=page.history[-VERSIONS_KEPT:])

    def data_source(self, uid: str) -> DataSource | None:
        """The data source of that uid."""
        return next((source for source in self.data_sources.values() if source.uid == uid), None)

    def element(self, uid: str) -> Element | None:
        """The library element of that uid."""
        return next((element for element in self.elements.values() if element.uid == uid), None)

    def shown_by(self, element: Element) -> list[Connection]:
        """The pages that show a library element."""
        return [one for one in self.connections.values() if one.element_id == element.id]

    def account(self, login: str) -> Account:
        """The account of that login; a user who is not known yet joins as an Admin."""
        for account in self.accounts.values():
            if account.login == login:
                return account
        return self.join(login, login, "Admin")

    def join(self, login: str, name: str, role: str, *, is_service: bool = False) -> Account:
        """Add an account."""
        account = Account(self.next_id("account"), login, name, role, is_service)
        self.accounts[account.id] = account
        return account

    def login(self, account_id: int) -> str:
        """How pages name the account."""
        account = self.accounts.get(account_id)
        return account.login if account else "Anonymous"
