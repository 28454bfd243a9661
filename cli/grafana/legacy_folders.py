"""Folders as `/api` has them, on every Grafana from 9 on."""

from collections.abc import Mapping
from typing import Any

from cli.errors import RemoteError
from cli.grafana import failure
from cli.grafana.answer import FORBIDDEN, understood
from cli.grafana.asking import CONFLICT, NOT_FOUND, PRECONDITION, quoted
from cli.grafana.finding import Finding
from cli.grafana.model import Folder
from cli.grafana.shown import shown

#: What Grafana gives at once when it is not asked for less.
AT_ONCE = 1000
#: The same of library panels.
PANELS_AT_ONCE = 100
#: What a Grafana without nested folders says to a move.
CANNOT_NEST = "activate nested folder feature"
#: How 9 refuses a folder that is called like a page at the root.
SAME_NAME = "name cannot be the same as"
#: What the counts of a folder must speak of, to say that nothing is in it; each release spells it in its own way.
COUNTED = ("dashboard", "folder", "librar", "alert")


class LegacyFolders(Finding):
    """The folders of one Grafana."""

    def folders(self, parent: str = "") -> tuple[Folder, ...]:
        """The folders directly below one; of the root where none is named.

        A server that cannot nest answers with the root's, whatever the parent.
        """
        below = f"&parentUid={quoted(parent)}" if parent else ""
        listed = self._pages(f"/api/folders?limit={AT_ONCE}{below}&", AT_ONCE, "list folders", needs="folders:read")
        with understood(self.where):
            return tuple(dict.fromkeys(folder_of(entry) for entry in listed))

    def folder(self, uid: str) -> Folder | None:
        """One folder, with its parent; None when there is none."""
        answer = self._wire.get(f"/api/folders/{quoted(uid)}")
        if answer.status == NOT_FOUND and answer.fields:
            return None
        said = self._said(answer, "read the folder", needs="folders:read")
        with understood(self.where):
            return folder_of(said)

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
            return folder_of(said)

    def delete_folder(self, uid: str) -> None:
        """Delete a folder with all that is in it; alert rules in it keep it, for nothing is forced."""
        answer = self._wire.delete(f"/api/folders/{quoted(uid)}")
        if not (answer.status == NOT_FOUND and answer.fields):
            self._done(answer, f"delete the folder {shown(uid)!r}", needs="folders:delete")

    def is_empty(self, uid: str) -> bool:
        """Whether it holds no page, folder, library panel or alert rule; False where that cannot be told."""
        try:
            counts = self._counts(uid)
            if any(counts.values()):
                return False
            counted = all(any(word in kind for kind in counts) for word in COUNTED)
            return counted or not (self._pages_in(uid) or self._panels_in(uid) or self._rules_in(uid))
        except RemoteError:
            return False

    def cannot_nest(self, folder: str) -> bool:
        """Whether it says that it has no nested folders, asked to move a folder that does not exist."""
        answer = self._wire.post(f"/api/folders/{quoted(folder)}/move", {"parentUid": ""})
        return CANNOT_NEST in answer.message

    def _counts(self, uid: str) -> dict[str, int]:
        """How much of each kind is in the folder; empty where nobody counts."""
        answer = self._wire.get(f"/api/folders/{quoted(uid)}/counts")
        if answer.status == NOT_FOUND:
            return {}
        said = self._said(answer, "count what is in the folder", needs="folders:read")
        with understood(self.where):
            return {str(kind).lower(): int(number) for kind, number in said.items()}

    def _pages_in(self, uid: str) -> bool:
        return any(hit.get("folderUid") == uid for hit in self._hits({"folderUIDs": uid}))

    def _panels_in(self, uid: str) -> bool:
        path = f"/api/library-elements?perPage={PANELS_AT_ONCE}&"
        doing, inside = "list the library panels", ("result", "elements")
        panels = self._pages(path, PANELS_AT_ONCE, doing, needs="library.panels:read", inside=inside)
        with understood(self.where):
            return any(panel.get("folderUid") == uid for panel in panels)

    def _rules_in(self, uid: str) -> bool:
        answer = self._wire.get("/api/v1/provisioning/alert-rules")
        if answer.status == FORBIDDEN:  # as to every Editor of 9: then Grafana itself keeps a folder with rules in it
            return False
        rules = self._said(answer, "list the alert rules", needs="alert.provisioning:read")
        with understood(self.where):
            return any(rule.get("folderUID") == uid for rule in rules)


def folder_of(said: Mapping[str, Any]) -> Folder:
    """A folder as `/api` shows it."""
    return Folder(str(said["uid"]), str(said["title"]), str(said.get("parentUid") or ""))
