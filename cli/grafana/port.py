"""What we ask of any Grafana, whichever API it speaks: `legacy` (9 to 13) and `resources` (`/apis`, 12 and later).

Every question answers with a value of `model` or raises one clear error of `failure`:

* Clash: what is there is in the way, and nothing was done.
* LostAnswer: what was told may have happened, or not; whoever told it looks.
* any other RemoteError: it was not done.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from cli.grafana.address import Address
from cli.grafana.alerting_port import Alerting
from cli.grafana.model import DataSource, Folder, Found, LibraryPanel, LivePage, Server, Version


class Grafana(Alerting, Protocol):
    """One Grafana, safe to share between threads."""

    @property
    def where(self) -> Address:
        """Its address; safe to print."""

    def hello(self, *, edition: bool = False) -> Server:
        """Is this a Grafana, is it well, and may we ask? Asked once, before anything else.

        Its edition takes a request of its own, and is empty unless it is wanted.
        """

    def give_up(self) -> None:
        """No more tries, and no more waiting for one: what fails from now on has failed. For Ctrl-C."""

    # pages

    def page(self, uid: str) -> LivePage | None:
        """The page as it is now; None when there is none."""

    def listed(self, uids: Collection[str]) -> Mapping[str, LivePage] | None:
        """These pages, and any others, in few calls; None where a server has no such call and each is read alone."""

    def search(self, *, tag: str = "", folder: str = "") -> Iterator[Found]:
        """Every page that we may see, of a tag and directly in a folder (a uid) where they are said."""

    def save(self, page: Mapping[str, Any], *, over: LivePage | None, folder: str, message: str) -> int:
        """Write a page, only over what was compared; the version that it got.

        Args:
            page: the dashboard; its `id` and `version` do not count.
            over: the live page that it was compared with; None where there was none.
            folder: uid; empty for the root.
            message: for the history.
        """

    @property
    def renames(self) -> bool:
        """Whether a save over a page may give it another uid: from 9 to 11, where a deletion looks at nothing."""

    def delete(self, uid: str, *, over: LivePage) -> None:
        """Delete a page; one that is gone already is deleted. Only `/apis` looks whether it is still `over`."""

    def versions(self, uid: str, limit: int) -> tuple[Version, ...]:
        """The newest entries of the page's history, newest first; the server keeps 20 or so."""

    def body_of(self, uid: str, version: int) -> Mapping[str, Any] | None:
        """The dashboard's JSON as that version was; None when the history no longer holds it."""

    def was_deleted(self, uid: str) -> bool | None:
        """Whether the server remembers that page as deleted; None where no server of its kind remembers."""

    # folders

    def folders(self, parent: str = "") -> tuple[Folder, ...]:
        """The folders directly below one, of the root where none is named.

        A server that cannot nest answers with the root's, whatever the parent.
        """

    def folder(self, uid: str) -> Folder | None:
        """One folder; None when there is none."""

    def create_folder(self, uid: str, title: str, parent: str) -> Folder:
        """Make a folder; with an empty uid, Grafana chooses one."""

    def delete_folder(self, uid: str) -> None:
        """Delete a folder with all that is in it, but alert rules: they keep it. Ask `is_empty` before."""

    def is_empty(self, uid: str) -> bool:
        """Whether it holds no page, folder, library panel or alert rule; False where that cannot be told.

        Alert rules that we may not see do not count: `delete_folder` does not force them.
        """

    def cannot_nest(self, folder: str) -> bool:
        """Whether this server says that it has no folders in folders."""

    # the rest

    def minimum_refresh(self) -> str:
        """The shortest refresh that it lets a page have; shorter ones it raises to this, or refuses."""

    def data_sources(self) -> tuple[DataSource, ...]:
        """Every data source that we may see."""

    def library_panel(self, uid: str) -> LibraryPanel | None:
        """One library panel; None when there is none."""

    def save_library_panel(self, panel: LibraryPanel, *, over: LibraryPanel | None) -> int:
        """Make a library panel, or write it over the one that was compared; the version that it got."""

    def annotate(self, text: str, *, tags: Sequence[str], page: str, at: int) -> None:
        """Mark a moment (milliseconds since 1970) on a page, once: the same mark there already is enough."""

    def permissions(self) -> Mapping[str, tuple[str, ...]] | None:
        """What we may do, and on which scopes; None where the server does not tell."""
