"""What a test does to the stand-in past HTTP: arrange it, be a person who edits, look."""

import math
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from tests.stand_in import data_sources, library, snapshot
from tests.stand_in.answers import Json
from tests.stand_in.clock import Clock
from tests.stand_in.orders import Order
from tests.stand_in.profiles import Profile
from tests.stand_in.rows import ADMIN, NOBODY, Account, DataSource, Element, Mark, Page, Provisioning, sorted_copy
from tests.stand_in.saving import save
from tests.stand_in.snapshot import Snapshot
from tests.stand_in.state import State

PROVISIONER = Account(NOBODY, "", "", "Admin")


class Arranged:
    """The state of a server, as a test reads and changes it; safe while the server serves."""

    def __init__(self, profile: Profile) -> None:
        self._state = State(profile)
        self._state.index.lag = math.inf if profile.late_search else 0.0

    # look

    @property
    def clock(self) -> Clock:
        """The server's clock, which can be turned."""
        return self._state.clock

    @property
    def state(self) -> Snapshot:
        """Everything as it is now, comparable: without ids, versions and times."""
        with self._state.lock:
            return snapshot.taken(self._state)

    def page(self, uid: str) -> Page | None:
        """The dashboard or folder as it is stored, with its history."""
        with self._state.lock:
            return self._state.page(uid)

    @property
    def pages(self) -> list[Page]:
        """All dashboards and folders, the oldest first."""
        with self._state.lock:
            return list(self._state.pages.values())

    @property
    def annotations(self) -> list[Mark]:
        """All annotations, the oldest first."""
        with self._state.lock:
            return list(self._state.marks.values())

    def library_panel(self, uid: str) -> Element | None:
        """The library element as it is stored."""
        with self._state.lock:
            return self._state.element(uid)

    # arrange

    def token(self, role: str = "Admin", *, without: Collection[str] = ()) -> str:
        """A new service account's token; the role is Viewer, Editor or Admin, less some actions of it."""
        with self._state.lock:
            name = f"{role.lower()}-{len(self._state.tokens) + 1}"
            account = self._state.join(f"sa-{name}", name, role, is_service=True)
            key = f"glsa_{name}_{account.id:08x}"
            self._state.tokens[key] = account.id
            self._state.withheld[account.id] = frozenset(without)
            return key

    def provision(self, model: Json, folder_uid: str = "", *, allow_updates: bool = False) -> Page:
        """Let Grafana read a dashboard from a file of its own."""
        with self._state.lock:
            page = save(self._state, Order(model, folder_uid, overwrite=True), PROVISIONER)
            return self._state.put(replace(page, provisioned=Provisioning("a.json", allow_updates)))

    def plant(self, uid: str, title: str, folder_uid: str = "", *, is_folder: bool = False, **model: Any) -> Page:
        """Put a page or a folder there that no Grafana would take: any uid, any title."""
        with self._state.lock:
            number = self._state.ids["page"] + 1
            data = {**model, "uid": f"planted-{number}", "title": f"Planted {number}"}
            page = save(self._state, Order(data, is_folder=is_folder), PROVISIONER)
            self._state.remove(page)
            self._state.trash.pop(page.uid, None)
            data = {**page.data, "uid": uid, "title": title}
            history = tuple(replace(entry, data=data, folder_uid=folder_uid) for entry in page.history)
            return self._state.put(
                replace(page, uid=uid, title=title, folder_uid=folder_uid, data=data, history=history)
            )

    def add_data_source(self, uid: str, name: str = "", kind: str = "prometheus", **more: Any) -> DataSource:
        """Add a data source; `isDefault=True`, `url=...` and `jsonData=...` are Grafana's own words."""
        with self._state.lock:
            return data_sources.add(self._state, {"uid": uid, "name": name or uid.title(), "type": kind, **more})

    def add_library_panel(
        self, uid: str, model: Json, folder_uid: str = "", *, name: str = "", by: str = "alice"
    ) -> Element:
        """Make a library panel by hand."""
        body = {"uid": uid, "name": name or uid.title(), "kind": 1, "model": model}
        with self._state.lock:
            return library.add(self._state, body, folder_uid, self._account(by))

    def edit_library_panel(self, uid: str, change: Callable[[Json], None], *, by: str = "alice") -> Element:
        """Edit a library panel in the browser."""
        with self._state.lock:
            element = self._state.element(uid)
            if not element:
                raise KeyError(f"the stand-in has no library panel {uid!r}")
            model = sorted_copy(element.model)
            change(model)
            return library.write(self._state, element, model, self._account(by))

    def add_alert_rule(self, uid: str, folder_uid: str) -> None:
        """Put an alert rule into a folder."""
        with self._state.lock:
            row = {"id": self._state.next_id("rule"), "uid": uid, "title": uid.title(), "condition": "A", "data": []}
            place = {"folderUID": folder_uid, "ruleGroup": "g", "version": 1, "intervalSeconds": 60, "provenance": ""}
            self._state.rules.append(row | place)

    def require_refresh(self, shortest: str) -> None:
        """Let no page refresh more often than that, as "10s"; Grafana's default is "5s"."""
        with self._state.lock:
            self._state.shortest_refresh = shortest

    def grant(self, uid: str) -> None:
        """Give somebody rights to just this page."""
        with self._state.lock:
            self._state.put(replace(self._stored(uid), has_acl=True))

    def keep_uids(self) -> None:
        """Let no save give a page another uid; it is taken otherwise."""
        with self._state.lock:
            self._state.keeps_uids = True

    # be a person

    def make(self, model: Json, folder_uid: str = "", *, message: str = "", by: str = "admin") -> Page:
        """Make or replace a dashboard by hand."""
        return self._save(Order(model, folder_uid, message, overwrite=True), by)

    def make_folder(self, uid: str, title: str, parent_uid: str = "", *, by: str = "admin") -> Page:
        """Make or rename a folder by hand; on g9 there is no parent."""
        data = {"uid": uid, "title": title}
        return self._save(Order(data, parent_uid, overwrite=True, is_folder=True), by)

    def edit(self, uid: str, change: Callable[[Json], None], by: str = "alice", message: str = "") -> Page:
        """Edit a dashboard in the browser: `change` changes the JSON that a GET would show."""
        with self._state.lock:
            page = self._stored(uid)
            model = page.model
            change(model)
            return self._save(Order(model, page.folder_uid, message), by)

    def edit_during_save(self, uid: str, change: Callable[[Json], None], by: str = "alice", message: str = "") -> None:
        """Let an edit by hand slip in between the next save's check of the version and its write.

        Grafana's check is not atomic: both are told that they succeeded, the later overwrites the
        earlier, and only the version in its answer (one too high) and the history tell.
        """
        with self._state.lock:
            self._state.slips[uid] = lambda: self.edit(uid, change, by, message)

    def move(self, uid: str, folder_uid: str, by: str = "alice") -> Page:
        """Put a dashboard into another folder ("" is the root), which is a save too."""
        with self._state.lock:
            return self._save(Order(self._stored(uid).model, folder_uid), by)

    def delete(self, uid: str) -> None:
        """Delete a dashboard, or a folder with what lies in it."""
        with self._state.lock:
            self._state.remove(self._stored(uid))

    # let time pass

    @property
    def index_lag(self) -> float:
        """Seconds of the clock until a search finds what was written; infinite where only `flush` helps."""
        return self._state.index.lag

    @index_lag.setter
    def index_lag(self, seconds: float) -> None:
        with self._state.lock:
            self._state.index.lag = seconds

    def flush(self) -> None:
        """Let the search find everything that was written so far."""
        with self._state.lock:
            self._state.index.flush()

    def clean_up(self) -> None:
        """Do what Grafana does every ten minutes: keep 20 versions of every page.

        Until then all are listed: the recording shows 25 right after 25 saves.
        """
        with self._state.lock:
            self._state.clean_up()

    def _stored(self, uid: str) -> Page:
        page = self._state.page(uid)
        if not page:
            raise KeyError(f"the stand-in has no page {uid!r}")
        return page

    def _save(self, order: Order, by: str) -> Page:
        with self._state.lock:
            return save(self._state, order, self._account(by))

    def _account(self, login: str) -> Account:
        return ADMIN if login == ADMIN.login else self._state.account(login)
