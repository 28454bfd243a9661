"""What a person changed on a page: one place, one thing, from what to what."""

from dataclasses import dataclass
from typing import Any

#: Where something stands: names of members, and of what stands in lists their ids and names, so that it is found again
#: when the list has grown: `("panels", 4, "targets", "B", "expr")`.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A value that goes with an edit: whoever says the edit has said it too. None takes it away."""

    path: Path
    to: Any


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit.

    Attributes:
        where: in a person's words: `panel "Latency"`.
        what: the same: `title`, `resized`, `expression`.
        path: the place in the JSON, of the base.
        from_: what stands there in the base; None for nothing, which is also what a null says.
        to: what stands there in the other.
        at: the index of something added to a list.
        along: what goes with it: the panels that a taller one pushes down, the options of a new visualisation.
    """

    where: str
    what: str
    path: Path
    from_: Any
    to: Any
    at: int | None = None
    along: tuple[Change, ...] = ()
