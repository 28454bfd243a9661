"""Which panels somebody moved or resized, and which only made way: Grafana pulls each one up as far as it goes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cli.deploy.normalise.match import Key, Matched, Placed, place_of
from cli.deploy.normalise.normal import is_row

Place = Mapping[str, int]
#: Of Grafana's grid.
COLUMNS = 24


class Moves(NamedTuple):
    """What happened to the places of a page; the numbers are those of the pairs.

    Attributes:
        moved: what somebody moved or resized.
        pushed: what lies elsewhere because of it, or because of a panel that came, went, or a row that was opened.
    """

    moved: tuple[int, ...]
    pushed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A panel on both sides.

    Attributes:
        home: the row, closed on either side, that holds it.
        before, after: where it lay and lies.
    """

    base: Placed
    live: Placed
    home: Key | None
    before: Place
    after: Place

    @property
    def shift(self) -> int:
        return self.after["y"] - self.before["y"]

    @property
    def top(self) -> int:
        return min(self.before["y"], self.after["y"])

    @property
    def is_open(self) -> bool:
        return is_row(self.live.panel) and not is_collapsed(self.live)

    @property
    def is_toggled(self) -> bool:
        return is_collapsed(self.base) != is_collapsed(self.live)


def moves(panels: Matched) -> Moves:
    """Tell the moved from the pushed."""
    pairs = _pairs(panels)
    shifted = [at for at, one in enumerate(pairs) if one.before != one.after or one.base.row != one.live.row]
    if not shifted:
        return Moves((), ())
    moved = {at for at in shifted if _is_resized(pairs[at])} | set(_elsewhere(panels, pairs))
    moved |= set(_overtakers(pairs, moved))
    tops = [pairs[at].top for at in moved] + [one.top for one in pairs if one.is_toggled]
    tops += [one.place["y"] for one in (*panels.removed, *panels.added)]
    highest = min(tops, default=None)
    for at in sorted(set(shifted) - moved, key=lambda at: (pairs[at].top, pairs[at].before["x"])):
        one = pairs[at]
        if one.shift and (highest is None or max(one.before["y"], one.after["y"]) < highest):
            # nothing above explains it: somebody left a gap, or closed one
            moved.add(at)
            highest = one.top
    return Moves(tuple(sorted(moved)), tuple(at for at in shifted if at not in moved))


def said_place(one: Placed) -> dict[str, Any]:
    """A panel's place as the page says it, with the collapsed row that holds it."""
    grid = one.panel.get("gridPos")
    said = dict(grid) if isinstance(grid, dict) else {}
    return said if one.row is None else {**said, "row": one.row}


def is_collapsed(one: Placed) -> bool:
    """Whether it is a row that is closed."""
    return is_row(one.panel) and one.panel.get("collapsed") is True


def _pairs(panels: Matched) -> list[_Pair]:
    rows = {one.key: other.key for one, other in panels.pairs}
    made = []
    for one, other in panels.pairs:
        mine = None if one.row is None else rows.get(one.row, one.row)
        if mine is not None and mine == other.row:
            # while its row is closed Grafana leaves a panel's place alone, wherever the row goes
            made.append(_Pair(one, other, mine, place_of(one.panel), place_of(other.panel)))
        else:
            made.append(_Pair(one, other, other.row if mine is None else mine, one.place, other.place))
    return made


def _is_resized(one: _Pair) -> bool:
    if one.before["h"] == one.after["h"] and _is_shared_out(one.base) and _is_shared_out(one.live):
        return False
    return any(one.before[name] != one.after[name] for name in ("x", "w", "h"))


def _is_shared_out(one: Placed) -> bool:
    """Whether Grafana has given a repeated panel its share of the width (`DashboardModel.ts`: repeatPanel)."""
    grid = one.panel.get("gridPos")
    width = grid.get("w") if isinstance(grid, dict) else None
    if not isinstance(width, int | float) or width <= 0 or one.place["x"]:
        return False
    across = bool(one.panel.get("repeat")) and one.panel.get("repeatDirection") != "v"
    return across and (COLUMNS / width).is_integer()


def _elsewhere(panels: Matched, pairs: Sequence[_Pair]) -> list[int]:
    """Those that lie in another closed row, or in none, though their row was neither opened nor taken away."""
    rows = {one.key: other.key for one, other in panels.pairs}
    excused = {one.live.key for one in pairs if one.is_toggled} | {one.key for one in panels.added}
    removed = {one.key for one in panels.removed}
    found = []
    for at, one in enumerate(pairs):
        mine, theirs = one.base.row, one.live.row
        if mine is not None and mine not in removed and rows[mine] != theirs:
            if theirs is not None or rows[mine] not in excused:
                found.append(at)
        elif (mine is None or mine in removed) and theirs is not None and theirs not in excused:
            found.append(at)
    return found


def _overtakers(pairs: Sequence[_Pair], moved: Collection[int]) -> list[int]:
    """The fewest that have to be lifted for all others to lie above and below each other as before."""
    rest = [at for at in range(len(pairs)) if at not in moved]
    crossed: dict[int, set[int]] = {at: set() for at in rest}
    for number, at in enumerate(rest):
        for other in rest[number + 1 :]:
            if pairs[at].shift != pairs[other].shift and _cross(pairs[at], pairs[other]):
                crossed[at].add(other)
                crossed[other].add(at)
    found = []
    while any(crossed.values()):
        # of two that changed places the one that went farther, but no open row: Grafana lets nobody drag it
        most = max(crossed, key=lambda at: (len(crossed[at]), not pairs[at].is_open, abs(pairs[at].shift), at))
        for other in crossed.pop(most):
            crossed[other].discard(most)
        found.append(most)
    return found


def _cross(one: _Pair, other: _Pair) -> bool:
    if one.home != other.home:
        return False
    before = one.before["y"] - other.before["y"]
    after = one.after["y"] - other.after["y"]
    apart = one.after["x"] >= other.after["x"] + other.after["w"] or other.after["x"] >= one.after["x"] + one.after["w"]
    return before * after < 0 and not apart
