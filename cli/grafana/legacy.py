"""The adapter for `/api`, which every Grafana from 9 to 13 answers: reading and writing pages."""

from collections.abc import Collection, Mapping
from typing import Any

from cli.grafana import failure
from cli.grafana.alerting import AlertingApi
from cli.grafana.answer import understood
from cli.grafana.asking import NOT_FOUND, quoted
from cli.grafana.legacy_folders import LegacyFolders
from cli.grafana.legacy_history import LegacyHistory
from cli.grafana.model import LivePage
from cli.grafana.refresh import raised
from cli.grafana.site import Site

#: From here on a page's number is found by a search.
INDEXED = (12, 0)
#: Signs of grants to just one page, and of a public link to it.
SHARED = ("hasAcl", "hasPublicDashboard", "publicDashboardEnabled", "publicDashboardUid")


class Legacy(LegacyFolders, LegacyHistory, AlertingApi, Site):
    """One Grafana, asked over `/api`."""

    def page(self, uid: str) -> LivePage | None:
        """The page as it is now; None when there is none."""
        answer = self._wire.get(f"/api/dashboards/uid/{quoted(uid)}")
        if answer.status == NOT_FOUND and "folder" not in answer.message.lower() and answer.fields:
            return None
        said = self._said(answer, "read the page", needs="dashboards:read")
        with understood(self.where):
            meta, body = said["meta"], said["dashboard"]
            return LivePage(
                body=dict(body),
                version=int(body["version"]),
                folder=str(meta.get("folderUid") or ""),
                folder_title=str(meta.get("folderTitle") or ""),
                updated=str(meta.get("updated") or ""),
                updated_by=str(meta.get("updatedBy") or ""),
                provisioned=bool(meta.get("provisioned")),
                is_folder=bool(meta.get("isFolder")),
                is_shared=any(meta.get(sign) for sign in SHARED),
            )

    def listed(self, uids: Collection[str]) -> Mapping[str, LivePage] | None:
        """None: here each page is read alone."""
        del uids
        return None

    def save(self, page: Mapping[str, Any], *, over: LivePage | None, folder: str, message: str) -> int:
        """Write a page, only where what is there is what was compared; answers the version that it got.

        Args:
            page: the dashboard; its `id` and `version` do not count.
            over: the live one that was compared; None where there was no page.
            folder: uid; always sent, for without it Grafana moves the page to the root.
            message: for the history.

        Raises:
            Clash: somebody else was there first, or a title is taken.
            LostAnswer: it may have been written, or not.
        """
        fit = raised(page, self.minimum_refresh()) if page.get("refresh") else page
        body = {key: value for key, value in fit.items() if key not in ("id", "version")}
        if over is not None:
            body |= {"version": over.version, **self._same_row(over)}
        answer = self._wire.post(
            "/api/dashboards/db",
            {"dashboard": body, "folderUid": folder, "message": message, "overwrite": False},
        )
        if over is not None and answer.status == NOT_FOUND and answer.fields:
            raise failure.gone()
        if clash := failure.clash(answer.status, answer.fields):
            raise clash
        said = self._said(answer, "save the page", needs="dashboards:create and dashboards:write")
        with understood(self.where):
            return int(said["version"])

    def _same_row(self, over: LivePage) -> dict[str, int]:
        """The number that a page loses when it is deleted: without it, a save would make the page anew.

        From 12 on it is looked up in an index, which may not know it yet.
        """
        number = over.body.get("id")
        return {"id": number} if self.renames and isinstance(number, int) else {}

    @property
    def renames(self) -> bool:
        """Whether a page is known by its number, so that a save may give it another uid."""
        return self._release is not None and self._release < INDEXED

    def delete(self, uid: str, *, over: LivePage) -> None:
        """Delete a page, whoever saved it since: `/api` cannot look."""
        del over
        answer = self._wire.delete(f"/api/dashboards/uid/{quoted(uid)}")
        if answer.status == NOT_FOUND and answer.fields:
            return
        if clash := failure.clash(answer.status, answer.fields):
            raise clash
        self._done(answer, "delete the page", needs="dashboards:delete")

    def was_deleted(self, uid: str) -> bool | None:
        """None: what is deleted here is forgotten."""
        del uid
        return None
