"""Grafana as a push needs it: few questions and two ways to write, each with a value or one clear error."""

import re
from collections.abc import Mapping
from itertools import count
from typing import Any, Self
from urllib.parse import quote

from cli.errors import RemoteError, UsageError
from cli.grafana import failure
from cli.grafana.address import Address
from cli.grafana.answer import Answer, understood, value
from cli.grafana.model import Folder, LivePage, Server, Version
from cli.grafana.shown import shown
from cli.grafana.wire import Wire

#: Grafana's own law for uids; anything else could leave its place in a URL.
UID = re.compile(r"[A-Za-z0-9_-]{1,40}")
FOLDERS_AT_ONCE = 1000
#: What a Grafana without nested folders says to a move.
CANNOT_NEST = "activate nested folder feature"
#: What the list of versions calls the first one.
INITIAL = "Initial save"
#: How 9 refuses a folder that is called like a page at the root.
SAME_NAME = "name cannot be the same as"
#: Grafana's default, for a server that does not tell.
MINIMUM_REFRESH = "5s"
NOT_FOUND, CONFLICT, PRECONDITION = 404, 409, 412
#: How something else than a Grafana answers to the question how it is.
NOT_HERE = (400, NOT_FOUND, 405, 406, 410, 415, 421)


class Grafana:
    """One Grafana, over at most `connections` connections at a time; to be used in a `with`."""

    def __init__(self, where: Address, connections: int = 8) -> None:
        self.where = where
        self._wire = Wire(where, connections)

    def __enter__(self) -> Self:
        self._wire.__enter__()
        return self

    def __exit__(self, *reason: object) -> None:
        self._wire.__exit__(*reason)

    def hello(self) -> Server:
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
        version = str(health.get("version") or "")
        numbers = re.match(r"(\d+)\.(\d+)", version)
        return Server(version, (int(numbers[1]), int(numbers[2])) if numbers else None)

    def page(self, uid: str) -> LivePage | None:
        """The page as it is now; None when there is none."""
        answer = self._wire.get(f"/api/dashboards/uid/{_quoted(uid)}")
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
            )

    def versions(self, uid: str, limit: int) -> tuple[Version, ...]:
        """The newest entries of the page's history, newest first."""
        answer = self._wire.get(f"/api/dashboards/uid/{_quoted(uid)}/versions?limit={limit}")
        if answer.status == NOT_FOUND and answer.fields:
            return ()
        said = self._said(answer, "read the page's history", needs="dashboards:write")
        with understood(self.where):
            entries = said["versions"] if isinstance(said, dict) else said
            found = [self._version(uid, entry) for entry in entries]
        return tuple(sorted(found, key=lambda entry: -entry.number))

    def _version(self, uid: str, entry: Mapping[str, Any]) -> Version:
        """One entry; the list says "Initial save" of the first, whatever its message: so that one is read alone."""
        number, message = int(entry["version"]), str(entry.get("message") or "")
        if message == INITIAL and not entry.get("parentVersion"):
            alone = self._wire.get(f"/api/dashboards/uid/{_quoted(uid)}/versions/{number}").fields
            message = str(alone.get("message") or message) if alone.get("version") == number else message
        return Version(number, message, str(entry.get("created") or ""))

    def save(self, page: Mapping[str, Any], *, version: int | None, folder: str, message: str) -> int:
        """Write a page, only where what is there is what was compared; answers the version that it got.

        Args:
            page: the dashboard; its `id` and `version` do not count.
            version: the live one that was compared; None where there was no page.
            folder: uid; always sent, for without it Grafana moves the page to the root.
            message: for the history.

        Raises:
            Clash: somebody else was there first, or a title is taken.
            LostAnswer: it may have been written, or not.
        """
        body = {key: value for key, value in page.items() if key not in ("id", "version")}
        if version is not None:
            body["version"] = version
        answer = self._wire.post(
            "/api/dashboards/db",
            {"dashboard": body, "folderUid": folder, "message": message, "overwrite": False},
        )
        if clash := failure.clash(answer.status, answer.fields):
            raise clash
        said = self._said(answer, "save the page", needs="dashboards:create and dashboards:write")
        with understood(self.where):
            return int(said["version"])

    def folders(self, parent: str = "") -> tuple[Folder, ...]:
        """The folders directly below one; of the root where none is named.

        A server that cannot nest answers with the root's, whatever the parent.
        """
        found: list[Folder] = []
        below = f"&parentUid={_quoted(parent)}" if parent else ""
        for page in count(1):
            path = f"/api/folders?limit={FOLDERS_AT_ONCE}&page={page}{below}"
            said = self._said(self._wire.get(path), "list folders", needs="folders:read")
            with understood(self.where):
                new = [_folder(entry) for entry in said]
            if not set(new) - set(found):
                break  # a server that does not know pages would answer the first one for ever
            found += new
            if len(new) < FOLDERS_AT_ONCE:
                break
        return tuple(found)

    def folder(self, uid: str) -> Folder:
        """One folder, with its parent."""
        answer = self._wire.get(f"/api/folders/{_quoted(uid)}")
        said = self._said(answer, "read the page's folder", needs="folders:read")
        with understood(self.where):
            return _folder(said)

    def create_folder(self, uid: str, title: str, parent: str) -> Folder:
        """Make a folder; with an empty uid, Grafana chooses one.

        Raises:
            Clash: the uid or the title is taken.
            LostAnswer: it may have been made, or not.
        """
        wanted = {"uid": uid, "title": title, "parentUid": parent}
        answer = self._wire.post("/api/folders", {key: it for key, it in wanted.items() if it})
        if answer.status in (CONFLICT, PRECONDITION) or SAME_NAME in answer.message:
            raise failure.folder_taken(title, answer.message)
        said = self._said(answer, f"create the folder {shown(title)!r}", needs="folders:create")
        with understood(self.where):
            return _folder(said)

    def cannot_nest(self, nowhere: str) -> bool:
        """Whether it says that it has no nested folders, asked to move a folder that does not exist."""
        answer = self._wire.post(f"/api/folders/{_quoted(nowhere)}/move", {"parentUid": ""})
        return CANNOT_NEST in answer.message

    def minimum_refresh(self) -> str:
        """The shortest refresh that it lets a page have; shorter ones it raises to this."""
        try:
            said = self._said(self._wire.get("/api/frontend/settings"), "read its settings")
        except RemoteError:  # a detail: the default is nearly always right
            return MINIMUM_REFRESH
        found = said.get("minRefreshInterval") if isinstance(said, dict) else None
        return str(found or MINIMUM_REFRESH)

    def _said(self, answer: Answer, doing: str, *, needs: str = "a role") -> Any:
        return value(self.where, answer, doing, needs)


def _quoted(uid: str) -> str:
    """A uid that stays in its place in a URL, whoever wrote it."""
    if not UID.fullmatch(uid):
        raise UsageError(
            f"{shown(uid)!r} is no uid that Grafana knows",
            fix="at most 40 letters, digits, - and _",
        )
    return quote(uid, safe="")


def _folder(said: Mapping[str, Any]) -> Folder:
    return Folder(str(said["uid"]), str(said["title"]), str(said.get("parentUid") or ""))
