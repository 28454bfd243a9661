"""What a push does with one page: what is wanted, what is live, and what our last push left there. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cli.deploy import conflict, merge
from cli.deploy.compare import same
from cli.deploy.message import Span
from cli.deploy.normalise import Edit, compare
from cli.deploy.outcome import Result
from cli.deploy.past import Left, Past
from cli.deploy.state import State
from cli.deploy.wanted import Wanted
from cli.grafana.model import LivePage


class OnConflict(StrEnum):
    """What to do with a page that was edited by hand."""

    STOP = "stop"  # it is left alone and told
    KEEP = "keep"  # it is left alone, and that is fine
    OVERWRITE = "overwrite"  # it is saved on our side, and written over
    MERGE = "merge"  # both, where they touch different things


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What a decision knows about the Grafana.

    Attributes:
        tag: marks what is ours.
        minimum: asks for its shortest refresh, only when it matters.
        in_place: the live page lies in the folder where it is wanted.
        folder: asks what people call the folder that it lies in.
        going: we were about to delete the page, and did not come to it.
    """

    tag: str
    minimum: Callable[[], str]
    in_place: bool
    folder: Callable[[], str]
    going: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a page.

    Attributes:
        result: what it will have become.
        state: what it is now.
        why: what is in the way, or what a person should know.
        edits: those by hand that it is about.
        page: what is to be written; None where nothing is.
        kept: where in the history the edits by hand are that are written with it.
    """

    result: Result
    state: State = State.IN_STEP
    why: str = ""
    edits: tuple[Edit, ...] = ()
    page: Mapping[str, Any] | None = None
    kept: tuple[Span, ...] = ()


def at_once(wanted: Wanted, live: LivePage, here: Here) -> Decision | None:
    """What needs no history: nothing to do, or a page that can never be ours; None for any other."""
    if here.in_place and not here.going and same(wanted.page, live.body, here.minimum):
        return Decision(result=Result.UNCHANGED)
    if why := conflict.not_ours(live, here.tag):
        state = State.PROVISIONED if live.provisioned else State.THEIRS
        return Decision(result=Result.CONFLICT, state=state, why=why)
    return None


def decided(wanted: Wanted, live: LivePage, past: Past, here: Here, on_conflict: OnConflict) -> Decision:
    """What to do with a page that is not what is wanted, word for word."""
    if past.newest and past.newest.number != live.version:
        return Decision(result=Result.CONFLICT, state=State.EDITED, why=conflict.right_now(live, past.newest))
    left = past.left
    moved = left is not None and left.moved and not here.in_place
    if left and left.version == live.version and not left.spans and not moved:
        if left.digest == wanted.digest and here.in_place and not here.going:
            return Decision(result=Result.UNCHANGED)  # pushed so, and the server made of it what it likes
        return _written(wanted, left, here)
    if here.in_place and not here.going and not compare(live.body, wanted.page, minimum=here.minimum()):
        return Decision(result=Result.UNCHANGED)
    if left is None or left.kept is None:
        return _unknown(wanted, live, past, here, on_conflict)
    theirs = (*left.kept, *compare(left.body, live.body, minimum=here.minimum()))
    mine = merge.undone(compare(left.body, wanted.page, minimum=here.minimum()), left.kept)
    by_hand = merge.outstanding(wanted.page, live.body, theirs, mine, here.minimum())
    if not by_hand and not moved:
        return _written(wanted, left, here)
    why = (
        conflict.KEPT
        if left.version == live.version and not moved
        else conflict.changed(live, past.newest, here.folder() if moved and not by_hand else "")
    )
    if on_conflict is OnConflict.MERGE and not moved:
        return _merged(wanted, live, left, here, by_hand=by_hand, mine=mine) or _refused(
            wanted,
            on_conflict,
            State.EDITED,
            f"{why}, and the source changes the same things",
            by_hand,
            ways=conflict.NO_MERGE,
        )
    return _refused(wanted, on_conflict, State.EDITED if by_hand else State.MOVED, why, by_hand)


def _written(wanted: Wanted, left: Left, here: Here) -> Decision:
    only_moved = not here.in_place and same(wanted.page, left.body, here.minimum)
    why = "" if here.in_place else f"from {here.folder()} to {wanted.place or 'the root'}"
    result = Result.MOVED if only_moved else Result.UPDATED
    return Decision(result=result, state=State.NEWER, why=why, page=wanted.kept)


def _unknown(wanted: Wanted, live: LivePage, past: Past, here: Here, on_conflict: OnConflict) -> Decision:
    """Nothing says what we left there: it was never pushed, or the history no longer goes back so far."""
    if not past.pushed and here.tag not in conflict.marks(live):
        why = conflict.never_pushed(live, past.newest)
        return _refused(wanted, on_conflict, State.THEIRS, why, (), ways=conflict.THEIRS)
    moved = same(wanted.page, live.body, here.minimum)
    why = conflict.changed(live, past.newest, here.folder() if moved else "")
    state, why = (State.MOVED, why) if moved else (State.EDITED, f"{why}, and {conflict.FORGOTTEN}")
    return _refused(wanted, on_conflict, state, why, ())


def _merged(
    wanted: Wanted, live: LivePage, left: Left, here: Here, *, by_hand: tuple[Edit, ...], mine: tuple[Edit, ...]
) -> Decision | None:
    """Both sides' edits; None where they touch the same thing."""
    made = merge.merged(wanted.kept, live.body, by_hand, mine, here.minimum())
    if made is None:
        return None
    if here.in_place and not compare(live.body, made, minimum=here.minimum()):
        return Decision(result=Result.UNCHANGED, why="as the source wants it, with edits by hand", edits=by_hand)
    since = () if left.version == live.version else (Span(left.version, live.version),)
    kept = (*left.spans, *since)
    why = "with edits by hand"
    return Decision(result=Result.UPDATED, state=State.EDITED, why=why, edits=by_hand, page=made, kept=kept)


def _refused(
    wanted: Wanted,
    on_conflict: OnConflict,
    state: State,
    why: str,
    edits: tuple[Edit, ...],
    *,
    ways: str = conflict.WAYS,
) -> Decision:
    if on_conflict is OnConflict.OVERWRITE:
        why = f"overwritten: {why}"
        return Decision(result=Result.UPDATED, state=state, why=why, edits=edits, page=wanted.kept)
    if on_conflict is OnConflict.KEEP:
        return Decision(result=Result.SKIPPED, state=state, why=f"kept as it is there: {why}", edits=edits)
    return Decision(result=Result.CONFLICT, state=state, why=f"{why}; {ways}", edits=edits)
