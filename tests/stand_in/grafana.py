"""The stand-in as a test sees it."""

import base64
from threading import Event, Lock
from types import TracebackType
from typing import Self

from tests.stand_in import routes
from tests.stand_in.answers import Answer, Ending, Json
from tests.stand_in.arranging import Arranged
from tests.stand_in.calls import Request
from tests.stand_in.faults import Faults
from tests.stand_in.profiles import PROFILES, ProfileName
from tests.stand_in.wire import Wire

EMPTY_PAGE: Json = {"panels": [], "schemaVersion": 41}


class StandIn(Arranged):
    """A Grafana in memory that speaks HTTP: `with StandIn() as grafana: ... grafana.url`.

    Attributes:
        url: where it listens.
        admin: the value of an Authorization header of the user admin, whose password is admin.
        faults: what shall go wrong.
        latency: seconds that every request takes; may be set at any time.
    """

    def __init__(self, profile: ProfileName = "g9", *, latency: float = 0.0) -> None:
        super().__init__(PROFILES[profile])
        self.admin = "Basic " + base64.b64encode(b"admin:admin").decode()
        self.faults = Faults()
        self.latency = latency
        self.provision({**EMPTY_PAGE, "uid": "prov-locked", "title": "Locked"})
        self.provision({**EMPTY_PAGE, "uid": "prov-open", "title": "Open"}, allow_updates=True)
        self.flush()
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

    def _respond(self, request: Request) -> Answer | Ending:
        with self._log_lock:
            self._log.append(request)
        fault = self.faults.strike(request)
        if fault is None:
            self._stopping.wait(self.latency)
            return routes.answer(self._state, request)
        if fault.before:
            fault.before()
        done = routes.answer(self._state, request, fault.between) if fault.applied else None
        self._stopping.wait(self.latency + fault.delay)
        if not done and not fault.outcome:
            done = routes.answer(self._state, request, fault.between)
        if fault.after:
            fault.after()
        return fault.said(done)
