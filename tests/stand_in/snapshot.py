"""What is there, without what only the server counts: two of them are equal when nobody changed anything."""

from dataclasses import dataclass

from tests.stand_in.answers import Json
from tests.stand_in.rows import Page, sorted_copy
from tests.stand_in.state import State

SERVER_FIELDS = ("id", "version")


@dataclass(frozen=True)
class Placed:
    """A dashboard's JSON, or a library panel's model, and the uid of the folder that it lies in."""

    body: Json
    folder: str


@dataclass(frozen=True)
class Snapshot:
    """Everything, by uid; folders as their title and their parent's uid."""

    pages: dict[str, Placed]
    folders: dict[str, tuple[str, str]]
    library: dict[str, Placed]


def taken(state: State) -> Snapshot:
    """A snapshot of now."""
    rows = state.pages.values()
    return Snapshot(
        pages={page.uid: Placed(_body(page), page.folder_uid) for page in rows if not page.is_folder},
        folders={page.uid: (page.title, page.folder_uid) for page in rows if page.is_folder},
        library={one.uid: Placed(sorted_copy(one.model), one.folder_uid) for one in state.elements.values()},
    )


def _body(page: Page) -> Json:
    return {key: value for key, value in page.model.items() if key not in SERVER_FIELDS}
