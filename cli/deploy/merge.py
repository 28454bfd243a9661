"""Edits by hand and edits of the source on one page: what becomes of both, or that they cannot both be. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cli.deploy.normalise import Edit, applied, compare
from cli.deploy.normalise.alike import text
from cli.deploy.normalise.edit import Path

Json = Mapping[str, Any]
#: Where a panel lies; along with another edit, it only made way.
PLACE = "gridPos"


def outstanding(
    wanted: Json, live: Json, theirs: Sequence[Edit], mine: Sequence[Edit], minimum: str
) -> tuple[Edit, ...]:
    """The edits by hand that the source has not taken over: those of places where the live page is not what is wanted.

    Nothing is believed: if none seems to be left, the live page with the source's edits must be the wanted one.
    """
    if not theirs:
        return ()
    found = _open(theirs, wanted, live, minimum)
    return found or (tuple(theirs) if compare(_brought(live, mine, wanted, minimum), wanted, minimum=minimum) else ())


def merged(wanted: Json, live: Json, theirs: Sequence[Edit], mine: Sequence[Edit], minimum: str) -> Json | None:
    """The page that the source wants, with the edits by hand; None where both touch the same thing.

    Nothing is believed: the live page with the source's edits must be the same.

    Args:
        wanted: the page of the source.
        live: the page as it is.
        theirs: the edits by hand that the source has not.
        mine: the edits of the source since our last push.
        minimum: the server's shortest refresh.
    """
    if any(_meet(one, other) for one in theirs for other in mine):
        return None
    made = applied(wanted, theirs)
    return None if compare(made, _brought(live, mine, wanted, minimum), minimum=minimum) else made


def undone(edits: Iterable[Edit], kept: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits without those that only take back a kept one: the source never had it."""
    back = {(one.path, text(one.from_)) for one in kept}
    return tuple(one for one in edits if (one.path, text(one.to)) not in back)


def _brought(live: Json, mine: Sequence[Edit], wanted: Json, minimum: str) -> Json:
    """The live page with those edits of the source that it has not."""
    return applied(live, _open(mine, wanted, live, minimum))


def _open(edits: Iterable[Edit], wanted: Json, live: Json, minimum: str) -> tuple[Edit, ...]:
    """Those edits that say something about what is not the same on both pages, whichever's names they use."""
    apart = (*compare(live, wanted, minimum=minimum), *compare(wanted, live, minimum=minimum))
    return tuple(one for one in edits if any(_is_of(other, one) for other in apart))


def _meet(one: Edit, other: Edit) -> bool:
    """Whether both say something about the same place; to say the same there is no quarrel."""
    if one.path == other.path and text(one.to) == text(other.to):
        return False
    return any(_touch(a, b) for a in _places(one) for b in _places(other))


def _is_of(difference: Edit, edit: Edit) -> bool:
    """Whether a difference is about what an edit says: to have made way for something else is not."""
    return edit.path in _places(difference) or any(_touch(a, b) for a in _said(edit) for b in _said(difference))


def _said(edit: Edit) -> list[Path]:
    return [path for path in _places(edit) if path == edit.path or path[-1] != PLACE]


def _places(edit: Edit) -> Iterator[Path]:
    yield edit.path
    yield from (change.path for change in edit.along)


def _touch(one: Path, other: Path) -> bool:
    return one == other[: len(one)] or other == one[: len(other)]
