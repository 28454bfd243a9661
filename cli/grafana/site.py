"""What only `/api` knows, on every Grafana: health, settings, data sources, library panels, marks and rights."""

import re
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from cli.errors import RemoteError
from cli.grafana import failure
from cli.grafana.answer import FORBIDDEN, OK, understood
from cli.grafana.asking import CONFLICT, NOT_FOUND, PRECONDITION, Asking, quoted
from cli.grafana.model import DataSource, LibraryPanel, Server
from cli.grafana.refresh import MINIMUM
from cli.grafana.shown import shown
from cli.grafana.wire import Wire

#: How something else than a Grafana answers to the question how it is.
NOT_HERE = (400, NOT_FOUND, 405, 406, 410, 415, 421)
#: A library element that is a panel.
PANEL = 1
#: How a library panel is refused whose uid or name there is already.
TAKEN = "already exists"


class Site(Asking):
    """The Grafana itself, and what its pages share."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self._telling = Lock()  # pages are saved side by side, and the first ones all need to know
        self._told: Mapping[str, Any] | None = None
        self._release: tuple[int, int] | None = None

    def hello(self, *, edition: bool = False) -> Server:
        """Is this a Grafana, is it well, and may we ask? Fails once, before any page is looked at."""
        answer = self._wire.get("/api/health")
        if answer.status in NOT_HERE:
            raise failure.no_api(self.where, answer.status, answer.message)
        if answer.fields.get("database", "ok") != "ok":
            raise failure.trouble(self.where, answer.status, "its database is failing", "")
        health = self._said(answer, "say how it is")
        if not isinstance(health, dict) or "database" not in health:
            raise failure.no_api(self.where, answer.status)
        self._said(self._wire.get("/api/search?limit=1"), "search", needs="dashboards:read")
        self._at_home()
        version = str(health.get("version") or "")
        numbers = re.match(r"(\d+)\.(\d+)", version)
        self._release = (int(numbers[1]), int(numbers[2])) if numbers else None
        build = self._settings().get("buildInfo") if edition else None
        return Server(
            version,
            self._release,
            str(build.get("edition") or "") if isinstance(build, dict) else "",
        )

    def _at_home(self) -> None:
        """We ask in the organisation that is meant: 9 overlooks which one it is, when a token asks."""
        if not self.where.organisation:
            return
        answer = self._wire.get("/api/org")
        if answer.status == FORBIDDEN:
            return  # it takes a permission of its own
        said = self._said(answer, "read the organisation", needs="orgs:read")
        with understood(self.where):
            if said["id"] != self.where.organisation:
                raise failure.foreign(self.where)

    def minimum_refresh(self) -> str:
        """The shortest refresh that it lets a page have."""
        return str(self._settings().get("minRefreshInterval") or MINIMUM)

    def namespace(self) -> str:
        """Where `/apis` keeps what is ours: of an organisation, and of a stack in Grafana's cloud, which tells it."""
        if told := self._settings().get("namespace"):
            return str(told)
        organisation = self.where.organisation
        if not organisation:
            answer = self._wire.get("/api/org")
            organisation = answer.fields.get("id", 0) if answer.status == OK else 0
        return f"org-{organisation}" if organisation > 1 else "default"

    def _settings(self) -> Mapping[str, Any]:
        """What it tells the browser; nothing where it does not tell us, for no push depends on it."""
        with self._telling:
            if self._told is None:
                try:
                    said = self._said(self._wire.get("/api/frontend/settings"), "read its settings")
                except RemoteError:
                    said = {}
                self._told = said if isinstance(said, dict) else {}
            return self._told

    def data_sources(self) -> tuple[DataSource, ...]:
        """Every data source that we may see."""
        said = self._said(self._wire.get("/api/datasources"), "list the data sources", needs="datasources:read")
        with understood(self.where):
            return tuple(
                DataSource(str(one["uid"]), str(one["name"]), str(one["type"]), is_default=bool(one.get("isDefault")))
                for one in said
            )

    def library_panel(self, uid: str) -> LibraryPanel | None:
        """One library panel; None when there is none."""
        answer = self._wire.get(f"/api/library-elements/{quoted(uid)}")
        if answer.status == NOT_FOUND and answer.fields:
            return None
        said = self._said(answer, "read the library panel", needs="library.panels:read")
        with understood(self.where):
            return _panel(said["result"])

    def save_library_panel(self, panel: LibraryPanel, *, over: LibraryPanel | None) -> int:
        """Make a library panel, or write it over the one that was compared; the version that it got."""
        # The folder is always said: without it, a PATCH moves the panel to the root.
        body = {"kind": PANEL, "name": panel.name, "model": panel.model, "folderUid": panel.folder}
        if over is None:
            answer = self._wire.post("/api/library-elements", {**body, "uid": panel.uid})
        else:
            path = f"/api/library-elements/{quoted(over.uid)}"
            answer = self._wire.patch(path, {**body, "version": over.version})
        if answer.status in (CONFLICT, PRECONDITION) or TAKEN in answer.message:
            raise failure.panel_taken(panel.name, answer.message)
        needs = "library.panels:create and library.panels:write"
        said = self._said(answer, f"save the library panel {shown(panel.name)!r}", needs=needs)
        with understood(self.where):
            return int(said["result"]["version"])

    def annotate(self, text: str, *, tags: Sequence[str], page: str, at: int) -> None:
        """Mark a moment on a page, once: Grafana itself would keep the same mark twice."""
        of = {"type": "annotation", "dashboardUID": page, "from": at, "to": at, "tags": list(tags)}
        asked = self._wire.get(f"/api/annotations?{urlencode(of, doseq=True)}")
        marks = self._said(asked, "read the page's annotations", needs="annotations:read")
        with understood(self.where):
            if any(mark["text"] == text and mark["time"] == at and {*tags} <= {*mark["tags"]} for mark in marks):
                return
        answer = self._wire.post(
            "/api/annotations",
            {"text": text, "tags": list(tags), "dashboardUID": page, "time": at},
        )
        self._said(answer, "mark the page", needs="annotations:create")

    def permissions(self) -> Mapping[str, tuple[str, ...]] | None:
        """What we may do, and on which scopes; None where the server does not tell."""
        answer = self._wire.get("/api/access-control/user/permissions")
        if answer.status == NOT_FOUND:
            return None
        said = self._said(answer, "say what we may do")
        with understood(self.where):
            # The same scope comes as often as roles grant it, and "" where an action needs none.
            return {
                str(action): tuple(sorted({str(scope) for scope in scopes or ()})) for action, scopes in said.items()
            }


def _panel(said: Mapping[str, Any]) -> LibraryPanel:
    return LibraryPanel(
        uid=str(said["uid"]),
        name=str(said["name"]),
        model=dict(said["model"]),
        folder=str(said.get("folderUid") or (said.get("meta") or {}).get("folderUid") or ""),
        version=int(said["version"]),
    )
