"""A Grafana, real or not, with a part of it that is one test's alone, asked past the code under test."""

import json
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

import pytest

Json = dict[str, Any]
#: How long a search of a real server may be behind.
PATIENCE_SECONDS = 30.0
TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where a test takes place.

    Attributes:
        url: of the Grafana.
        token: of a service account with the role Editor.
        mark: begins the name of everything that the test makes, and of nothing else.
        api: which one `dash` speaks; a person's browser there speaks the same.
        real: it is no stand-in.
        flush: lets a stand-in's search know everything.
        names: of all that the test has named; swept afterwards.
    """

    url: str
    token: str
    mark: str
    api: str
    real: bool
    flush: Callable[[], object]
    names: set[str] = field(default_factory=set)

    @property
    def project(self) -> str:
        """Whose pages the test pushes."""
        return f"test-{self.mark.rpartition('-')[2]}"

    def uid(self, name: str) -> str:
        """A uid that nobody else has."""
        self.names.add(name)
        return f"{self.mark}-{name}"

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """The status and the JSON of an answer, if it is any."""
        request = urllib.request.Request(
            f"{self.url.rstrip('/')}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                status, text = answer.status, answer.read()
        except HTTPError as error:
            with error:
                status, text = error.code, error.read()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, None

    def told(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to what has to go well."""
        status, said = self.ask(method, path, body)
        assert status == 200, (method, path, status, said)
        return said

    def live(self, name: str) -> Any:
        """A page as it is there now, with its meta."""
        return self.told("GET", f"/api/dashboards/uid/{self.uid(name)}")

    def page(self, name: str) -> Any:
        """Its JSON."""
        return self.live(name)["dashboard"]

    def has(self, name: str) -> bool:
        """Whether there is such a page."""
        status, _ = self.ask("GET", f"/api/dashboards/uid/{self.uid(name)}")
        assert status in (200, 403, 404)  # one that is not there is perhaps forbidden
        return status == 200

    def path(self, name: str) -> list[str]:
        """The titles of the folders that a page lies in, the outermost first."""
        titles: list[str] = []
        folder = self.live(name)["meta"]["folderUid"]
        while folder:
            said = self.told("GET", f"/api/folders/{folder}")
            titles.insert(0, said["title"])
            folder = said.get("parentUid") or ""
        return titles

    def versions(self, name: str) -> list[Any]:
        """A page's history, the newest first."""
        said = self.told("GET", f"/api/dashboards/uid/{self.uid(name)}/versions?limit=100")
        found = said["versions"] if isinstance(said, dict) else said
        return sorted(found, key=lambda one: -int(one["version"]))

    def body_of(self, name: str, version: int) -> Any:
        """A page as it once was."""
        return self.told("GET", f"/api/dashboards/uid/{self.uid(name)}/versions/{version}")["data"]

    def make(self, model: Json, folder: str = "", message: str = "") -> None:
        """A person makes a page: an import, or "Save as"."""
        body = {"dashboard": {**model, "id": None, "version": 0}, "folderUid": folder, "message": message}
        self.told("POST", "/api/dashboards/db", body)

    def find(self, **wanted: str) -> list[str]:
        """The uids of the pages that a search finds."""
        asked = "&".join(f"{name}={quote(value)}" for name, value in wanted.items())
        return [one["uid"] for one in self.told("GET", f"/api/search?type=dash-db&limit=5000&{asked}")]

    def settle(self, *names: str) -> None:
        """Wait until a search knows these pages by our tag; a newer one is late."""
        self.flush()
        wanted, until = {self.uid(name) for name in names}, time.monotonic() + PATIENCE_SECONDS
        while missing := wanted.difference(self.find(tag=f"dash:{self.project}")):
            if time.monotonic() > until:
                pytest.fail(f"the search does not find {sorted(missing)}")
            time.sleep(0.2)

    def release(self) -> tuple[int, ...]:
        """Of this Grafana; empty where it hides its version."""
        version, _, _ = str(self.told("GET", "/api/health").get("version") or "").partition("-")
        return tuple(int(part) for part in version.split(".") if part.isdecimal())
