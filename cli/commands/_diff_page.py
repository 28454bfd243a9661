"""A page on two sides, and what differs. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cli.deploy.compare import same
from cli.deploy.conflict import marks
from cli.deploy.normalise import Edit, compare
from cli.deploy.normalise.words import ADDED, MOVED, REMOVED
from cli.exit_codes import Exit
from cli.grafana.model import LivePage

Titles = tuple[str, ...]
#: The place of the edit that says that a page lies elsewhere, which its JSON does not know.
FOLDER = ("folder",)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page on one side.

    Attributes:
        page: the dashboard's JSON.
        path: titles of the folders that a file's page belongs into; None where nothing says it.
        live: the page in a Grafana; None for a file's.
    """

    page: Mapping[str, Any]
    path: Titles | None = None
    live: LivePage | None = None

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.page.get("title") or "")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of either side with what differs, or why nobody can say."""

    uid: str
    title: str
    edits: tuple[Edit, ...] = ()
    why: str = ""
    exit: Exit = Exit.OK


class Side(Protocol):
    """Where pages are."""

    @property
    def below(self) -> Titles:
        """The folder below which everything is put."""

    def read(self, uid: str) -> Seen | None:
        """A page; None when there is none."""

    def where(self, seen: Seen, wanted: Titles | None = None) -> Titles | None:
        """The folders that a page lies in: exactly the wanted ones, if it lies there; None where nothing says it."""


def alone(uid: str, base: Seen | None, live: Seen | None) -> Page:
    """A page that only one side has."""
    what = ADDED if base is None else REMOVED
    seen = base or live
    return Page(
        uid,
        seen.title if seen else "",
        (Edit("page", what, (), base and base.title, live and live.title),),
    )


def moved(a: Side, b: Side, base: Seen, live: Seen) -> tuple[Edit, ...]:
    """The edit of a page that lies elsewhere, in the words of the side that says where it is wanted."""
    both = [one for one in (base.live, live.live) if one]
    if len(both) == 2 and not any(map(marks, both)) and a.where(base) == b.where(live):  # noqa: PLR2004 - Grafanas
        return ()  # no push put it there, so that no folder of a context is about it
    if base.live and not live.live:
        there, here = _places(b, a, live, base)
    else:
        here, there = _places(a, b, base, live)
    if here is None or there is None or here == there:
        return ()
    return (Edit("page", MOVED, FOLDER, "/".join(here), "/".join(there)),)


def edits(base: Seen, live: Seen, minimum: Callable[[], str]) -> tuple[Edit, ...]:
    """What differs in the page itself; nothing where a push would find nothing.

    Args:
        base: on one side.
        live: on the other.
        minimum: asks for the shortest refresh, only when it matters.
    """
    if (base.live is None) != (live.live is None) and same(base.page, live.page, minimum):
        return ()
    if base.page.get("refresh") == live.page.get("refresh"):
        return compare(base.page, live.page)
    return compare(base.page, live.page, minimum=minimum())


def _places(wanting: Side, having: Side, one: Seen, other: Seen) -> tuple[Titles | None, Titles | None]:
    """Where the page is wanted on the other side, and where it lies there."""
    path = wanting.where(one)
    if path is None:
        return None, None
    depth = len(wanting.below)
    wanted = (*having.below, *path[depth:]) if path[:depth] == wanting.below else path
    return wanted, having.where(other, wanted)
