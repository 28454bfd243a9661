"""Folders as `/apis` has them: one list holds all of them, each with its parent."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from cli.grafana import failure, objects
from cli.grafana.answer import understood
from cli.grafana.asking import CONFLICT, ENDLESS, NOT_FOUND, PRECONDITION, quoted
from cli.grafana.legacy_folders import LegacyFolders
from cli.grafana.model import Folder
from cli.grafana.offer import Offer
from cli.grafana.shown import shown
from cli.grafana.wire import Wire

#: Objects of one answer.
AT_ONCE = 500
#: To be told what objects there are, and not what is in them.
NAMES_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"


class ResourceFolders(LegacyFolders):
    """The folders of one Grafana; what is in them is counted by `/api`."""

    def __init__(self, wire: Wire, offer: Offer) -> None:
        super().__init__(wire)
        self._offer = offer

    def folders(self, parent: str = "") -> tuple[Folder, ...]:
        """The folders directly below one; of the root where none is named."""
        with understood(self.where):
            every = [objects.folder_of(said) for said in self._listed(self._offer.folder_path, "list folders")]
        return tuple(folder for folder in every if folder.parent == parent)

    def folder(self, uid: str) -> Folder | None:
        """One folder, with its parent; None when there is none."""
        answer = self._wire.get(f"{self._offer.folder_path}/{quoted(uid)}")
        if answer.status == NOT_FOUND and answer.fields:
            return None
        said = self._said(answer, "read the folder", needs="folders:read")
        with understood(self.where):
            return objects.folder_of(said)

    def create_folder(self, uid: str, title: str, parent: str) -> Folder:
        """Make a folder; with an empty uid, Grafana chooses one."""
        wanted = objects.folder_to_make(self._offer.folders, uid, title, parent)
        answer = self._wire.post(self._offer.folder_path, wanted)
        if answer.status in (CONFLICT, PRECONDITION):
            raise failure.folder_taken(title, answer.message)
        said = self._said(answer, f"create the folder {shown(title)!r}", needs="folders:create")
        with understood(self.where):
            return objects.folder_of(said)

    def delete_folder(self, uid: str) -> None:
        """Delete a folder with all that is in it; alert rules in it keep it, for nothing is forced."""
        answer = self._wire.delete(f"{self._offer.folder_path}/{quoted(uid)}")
        if not (answer.status == NOT_FOUND and answer.fields):
            self._done(answer, f"delete the folder {shown(uid)!r}", needs="folders:delete")

    def is_empty(self, uid: str) -> bool:
        """Whether it holds nothing: the counts may be a moment behind, the lists of pages and folders are not."""
        if not super().is_empty(uid):
            return False
        with understood(self.where):
            inside = self._listed(self._offer.page_path, "list pages", accept=NAMES_ONLY)
            if any(objects.annotations(said["metadata"]).get(objects.FOLDER) == uid for said in inside):
                return False
        return not self.folders(uid)

    def cannot_nest(self, folder: str) -> bool:
        """False: every Grafana with `/apis` nests."""
        del folder
        return False

    def _listed(self, path: str, doing: str, *, accept: str = "", **selected: str) -> Iterator[Mapping[str, Any]]:
        """The objects of a list, however many answers they take."""
        for said in self._answers(path, doing, accept=accept, **selected):
            with understood(self.where):
                yield from said["items"]

    def _answers(self, path: str, doing: str, *, accept: str = "", **selected: str) -> Iterator[Mapping[str, Any]]:
        """The answers that a list takes."""
        query = {"limit": str(AT_ONCE), **selected}
        for _ in range(ENDLESS):
            answer = self._wire.get(f"{path}?{urlencode(query)}", accept)
            said = self._said(answer, doing, needs=f"{path.rpartition('/')[2]}:read")
            yield said
            with understood(self.where):
                if not (token := (said.get("metadata") or {}).get("continue")):
                    return
            query["continue"] = str(token)
        raise failure.endless(self.where, doing)
