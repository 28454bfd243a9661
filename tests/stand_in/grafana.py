"""The stand-in as a test sees it."""

import base64
from collections.abc import Callable
from dataclasses import replace
from threading import Event, Lock
from types import TracebackType
from typing import Self

from tests.stand_in import routes
from tests.stand_in.answers import Answer, Json
from tests.stand_in.calls import Request
from tests.stand_in.faults import Faults
from tests.stand_in.profiles import PROFILES, ProfileName
from tests.stand_in.saving import Order, save
from tests.stand_in.state import ADMIN, NOBODY, Account, Page, Provisioning, State
from tests.stand_in.wire import Wire

EMPTY_PAGE: Json = {"panels": [], "schemaVersion": 41}
PROVISIONER = Account(NOBODY, "", "", "Admin")


class StandIn:
    """A Grafana in memory that speaks HTTP: `with StandIn() as grafana: ... grafana.url`.

    Attributes:
        url: where it listens.
        admin: the value of an Authorization header of the user admin, whose password is admin.
        faults: what shall go wrong.
        latency: seconds that every request takes; may be set at any time.
    """

    def __init__(self, profile: ProfileName = "g9", *, latency: float = 0.0) -> None:
        self.admin = "Basic " + base64.b64encode(b"admin:admin").decode()
        self.faults = Faults()
        self.latency = latency
        self._state = State(PROFILES[profile])
        self._provision("prov-locked", "Locked", allow_updates=False)
        self._provision("prov-open", "Open", allow_updates=True)
        self._log: list[Request] = []
        self._log_lock = Lock()
        self._stopping = Event()
        self._wire = Wire(self._respond)
        self.url = f"http://127.0.0.1:{self._wire.port}"

    def __enter__(self) -> Self:
        self._wire.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._wire.stop()
        if self._wire.errors:  # the cause of whatever the test has just met
            raise self._wire.errors[0] from error

    @property
    def requests(self) -> list[Request]:
        """The requests so far, in the order in which they came in."""
        with self._log_lock:
            return list(self._log)

    def token(self, role: str = "Admin") -> str:
        """A new service account's token; the role is Viewer, Editor or Admin."""
        with self._state.lock:
            name = f"{role.lower()}-{len(self._state.tokens) + 1}"
            account = self._state.join(f"sa-{name}", name, role, is_service=True)
            key = f"glsa_{name}_{account.id:08x}"
            self._state.tokens[key] = account.id
            return key

    def page(self, uid: str) -> Page | None:
        """The dashboard or folder as it is stored, with its history."""
        with self._state.lock:
            return self._state.page(uid)

    @property
    def pages(self) -> list[Page]:
        """All dashboards and folders, the oldest first."""
        with self._state.lock:
            return list(self._state.pages.values())

    def make(self, model: Json, folder_uid: str = "", *, message: str = "", by: str = "admin") -> Page:
        """Make or replace a dashboard by hand."""
        order = Order(model, folder_uid, message, overwrite=True)
        return self._save(order, by)

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
            return save(self._state, order, self._state.account(by) if by != "admin" else ADMIN)

    def _provision(self, uid: str, title: str, *, allow_updates: bool) -> None:
        page = save(self._state, Order({**EMPTY_PAGE, "uid": uid, "title": title}), PROVISIONER)
        source = Provisioning("a.json", allow_updates)
        self._state.pages[page.id] = replace(page, provisioned=source)

    def _respond(self, request: Request) -> Answer | None:
        with self._log_lock:
            self._log.append(request)
        fault = self.faults.strike(request)
        if fault is None:
            self._stopping.wait(self.latency)
            return routes.answer(self._state, request)
        done = routes.answer(self._state, request) if fault.applied else None
        self._stopping.wait(self.latency + fault.delay)
        if fault.drop:
            return None
        return fault.answer or done or routes.answer(self._state, request)
