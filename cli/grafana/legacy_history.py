"""A page's history as `/api` tells it, on every Grafana from 9 on."""

from collections.abc import Mapping
from typing import Any

from cli.grafana.answer import SERVER, understood
from cli.grafana.asking import NOT_FOUND, Asking, quoted
from cli.grafana.model import Version

#: What the list of versions calls the first one.
INITIAL = "Initial save"
#: How 9 to 11 say, with a status of 500, that the history does not hold a version.
NO_VERSION = "not found"


class LegacyHistory(Asking):
    """The versions of pages."""

    def versions(self, uid: str, limit: int) -> tuple[Version, ...]:
        """The newest entries of the page's history, newest first."""
        answer = self._wire.get(f"/api/dashboards/uid/{quoted(uid)}/versions?limit={limit}")
        if answer.status == NOT_FOUND and answer.fields:
            return ()
        said = self._said(answer, "read the page's history", needs="dashboards:write")
        with understood(self.where):
            entries = said["versions"] if isinstance(said, dict) else said
            found = [self._version(uid, entry) for entry in entries]
        return tuple(sorted(found, key=lambda entry: -entry.number))

    def _version(self, uid: str, entry: Mapping[str, Any]) -> Version:
        """One entry; the list says "Initial save" of the first, whatever its message: so that one is read alone."""
        number, message, by = int(entry["version"]), str(entry.get("message") or ""), entry.get("createdBy")
        if message == INITIAL and not entry.get("parentVersion"):
            alone = self._wire.get(f"/api/dashboards/uid/{quoted(uid)}/versions/{number}").fields
            if alone.get("version") == number:
                message, by = str(alone.get("message") or message), alone.get("createdBy") or by
        # The list of 9 names a person by a number, which says nothing; `updated_by` of the page has the newest's name.
        return Version(number, message, str(entry.get("created") or ""), by if isinstance(by, str) else "")

    def body_of(self, uid: str, version: int) -> Mapping[str, Any] | None:
        """The dashboard's JSON as that version was; None when the history no longer holds it."""
        answer = self._wire.get(f"/api/dashboards/uid/{quoted(uid)}/versions/{version}")
        if answer.status in (NOT_FOUND, SERVER) and NO_VERSION in str(answer.fields.get("message")).lower():
            return None
        said = self._said(answer, "read an older version of the page", needs="dashboards:write")
        with understood(self.where):
            return dict(said["data"]) if int(said["version"]) == version else None
