"""The adapter for `/apis`, which Grafana offers from 12 on: reading and writing pages, and what is noted on them."""

from collections.abc import Collection, Mapping
from math import inf
from typing import Any

from cli.errors import Refused, RemoteError
from cli.grafana import failure, objects
from cli.grafana.alerting import AlertingApi
from cli.grafana.answer import understood
from cli.grafana.asking import CONFLICT, NOT_FOUND, quoted
from cli.grafana.legacy_history import LegacyHistory
from cli.grafana.model import LivePage, Version
from cli.grafana.offer import RAW, Offer
from cli.grafana.refresh import raised
from cli.grafana.resource_folders import NAMES_ONLY, ResourceFolders
from cli.grafana.site import Site
from cli.grafana.wire import Wire

HISTORY, TRASH = {"labelSelector": "grafana.app/get-history=true"}, {"labelSelector": "grafana.app/get-trash=true"}
#: Fewer pages than these are sooner read alone than found in a list of all that there is.
FEW = 10
#: So many pages that nobody asked for may come with each that is wanted, and a list is still the shorter way.
FOREIGN = 2


class Resources(ResourceFolders, LegacyHistory, AlertingApi, Site):
    """One Grafana, asked over `/apis`; what that does not have, over `/api`."""

    def __init__(self, wire: Wire, offer: Offer) -> None:
        super().__init__(wire, offer)
        #: The metadata of each page as it was read last: a write must say again what others noted on it.
        self._seen: dict[str, Mapping[str, Any]] = {}
        self._logins: dict[str, str] = {"": ""}
        self._titles: dict[str, str] = {"": objects.ROOT}

    def page(self, uid: str) -> LivePage | None:
        """The page as it is now; None when there is none."""
        said = self._read(uid)
        return None if said is None else self._live(said)

    def listed(self, uids: Collection[str]) -> Mapping[str, LivePage] | None:
        """These pages, in one call for each 500 that the server has; None where reading each alone is less."""
        wanted, found = set(uids), dict[str, LivePage]()
        if len(wanted) < FEW or self._many() > (1 + FOREIGN) * len(wanted):
            return None
        with understood(self.where):
            for one in self._listed(self._offer.page_path, "list pages"):
                if one["metadata"]["name"] in wanted and not objects.is_unreadable(one):
                    found[one["metadata"]["name"]] = self._live(one)
        return found

    def _many(self) -> float:
        """How many pages the server has; more than anybody wants, where there are others and it does not say."""
        first = next(self._answers(self._offer.page_path, "count pages", accept=NAMES_ONLY, limit="1"))
        with understood(self.where):
            about = first.get("metadata") or {}
            more = int(about.get("remainingItemCount") or 0)
            return inf if about.get("continue") and not more else len(first["items"]) + more

    def save(self, page: Mapping[str, Any], *, over: LivePage | None, folder: str, message: str) -> int:
        """Write a page, only over what was compared; the version that it got.

        Raises:
            Clash: somebody else was there first, also to delete it.
            LostAnswer: it may have been written, or not.
        """
        uid, fit = quoted(str(page["uid"])), raised(page, self.minimum_refresh()) if page.get("refresh") else page
        seen = self._compared(uid, over) if over is not None else None
        body = objects.dashboard(self._offer.pages, fit, seen=seen, folder=folder, message=message)
        # What v1 does not know it would refuse, v0alpha1 knows nothing and takes all.
        lenient = "" if self._offer.pages == RAW else "?fieldValidation=Ignore"
        if over is None:
            answer = self._wire.post(f"{self._offer.page_path}{lenient}", body)
        else:
            answer = self._wire.put(f"{self._offer.page_path}/{uid}{lenient}", body)
            if answer.status in (NOT_FOUND, CONFLICT) and self._read(uid) is None:
                raise failure.gone()
        if clash := failure.clash(answer.status, answer.fields):
            raise clash
        said = self._said(answer, "save the page", needs="dashboards:create and dashboards:write")
        with understood(self.where):
            return int(said["metadata"]["generation"])

    @property
    def renames(self) -> bool:
        """False: a page's uid is its name here, for good."""
        return False

    def delete(self, uid: str, *, over: LivePage) -> None:
        """Delete a page as it was compared; one that is gone already is deleted."""
        resource = over.resource or str(self._compared(uid, over)["resourceVersion"])
        options = {"kind": "DeleteOptions", "apiVersion": "v1", "preconditions": {"resourceVersion": resource}}
        answer = self._wire.delete(f"{self._offer.page_path}/{quoted(uid)}", options)
        if answer.status == NOT_FOUND and answer.fields:
            return
        if clash := failure.clash(answer.status, answer.fields):
            raise clash
        self._done(answer, "delete the page", needs="dashboards:delete")

    def versions(self, uid: str, limit: int) -> tuple[Version, ...]:
        """The newest entries of the page's history, newest first; `/api` has it where `/apis` does not tell it."""
        entries = self._history(uid, accept=NAMES_ONLY)
        if not entries:
            return super().versions(uid, limit)
        with understood(self.where):
            newest = sorted((one["metadata"] for one in entries), key=lambda one: -int(one["generation"]))[:limit]
            authors = self._named(uid, {int(one["generation"]): objects.author(one) for one in newest})
            return tuple(_version(one, authors[int(one["generation"])]) for one in newest)

    def body_of(self, uid: str, version: int) -> Mapping[str, Any] | None:
        """The dashboard's JSON as that version was; None when the history no longer holds it."""
        with understood(self.where):
            for said in self._history(uid):
                if int(said["metadata"]["generation"]) == version:
                    return objects.body(said)
        return super().body_of(uid, version)

    def was_deleted(self, uid: str) -> bool | None:
        """Whether the server remembers that page as deleted; None where it does not say."""
        try:
            deleted = self._listed(
                self._offer.page_path, "list deleted pages", accept=NAMES_ONLY, **TRASH, **_only(uid)
            )
            with understood(self.where):
                return any(said["metadata"]["name"] == uid for said in deleted)
        except Refused:
            return None

    def _read(self, uid: str) -> Mapping[str, Any] | None:
        answer = self._wire.get(f"{self._offer.page_path}/{quoted(uid)}")
        if answer.status == NOT_FOUND and answer.fields:
            return None
        said = self._said(answer, "read the page", needs="dashboards:read")
        with understood(self.where):
            if objects.is_unreadable(said):
                raise failure.other_model(uid)
            return dict(said)

    def _live(self, said: Mapping[str, Any]) -> LivePage:
        with understood(self.where):
            metadata = said["metadata"]
            uid, version = str(metadata["name"]), int(metadata["generation"])
            self._seen[uid] = metadata
            title = self._title(objects.annotations(metadata).get(objects.FOLDER, ""))
            by = self._named(uid, {version: objects.author(metadata)})[version]
            return objects.live(said, folder_title=title, updated_by=by)

    def _compared(self, uid: str, over: LivePage) -> Mapping[str, Any]:
        """The metadata of what was compared; Clash when it is no longer what is there."""
        seen = self._seen.get(uid)
        if seen is not None and over.resource == seen["resourceVersion"]:
            return seen
        said = self._read(uid)
        if said is None:
            raise failure.gone()
        metadata: Mapping[str, Any] = said["metadata"]
        # A page that was read over `/api`, or in another run, has no resourceVersion: then its count of saves decides.
        same = metadata["resourceVersion"] == over.resource if over.resource else metadata["generation"] == over.version
        if not same:
            raise failure.changed()
        return metadata

    def _history(self, uid: str, accept: str = "") -> list[Mapping[str, Any]]:
        """The page at each save that is still known; empty where `/apis` does not tell."""
        doing, selected = "read the page's history", {**HISTORY, **_only(uid)}
        try:
            return list(self._listed(self._offer.page_path, doing, accept=accept, **selected))
        except Refused:
            return []

    def _named(self, uid: str, authors: Mapping[int, str]) -> dict[int, str]:
        """The logins of who saved these versions: `/apis` has uids, and `/api` has logins, in the page's history."""
        if {*authors.values()} - self._logins.keys():
            try:
                known = {entry.number: entry.by for entry in super().versions(uid, len(authors))}
            except RemoteError:
                known = {}
            for number, author in authors.items():
                self._logins.setdefault(author, known.get(number) or author)
        return {number: self._logins[author] for number, author in authors.items()}

    def _title(self, folder: str) -> str:
        """What people call a folder; empty where we may not see it."""
        if folder not in self._titles:
            try:
                found = self.folder(folder)
            except Refused:
                found = None
            self._titles[folder] = found.title if found else ""
        return self._titles[folder]


def _only(uid: str) -> dict[str, str]:
    return {"fieldSelector": f"metadata.name={quoted(uid)}"}


def _version(metadata: Mapping[str, Any], by: str) -> Version:
    notes = objects.annotations(metadata)
    created = notes.get(objects.UPDATED) or str(metadata.get("creationTimestamp") or "")
    return Version(int(metadata["generation"]), notes.get(objects.MESSAGE, ""), created, by)
