"""Which panel of one page is which of the other: by id, then by likeness."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import orjson

from cli.deploy.normalise.normal import Json, is_row, objects

Key = str | int
#: Where Grafana puts a panel that has no place.
NOWHERE = {"x": 0, "y": 0, "w": 6, "h": 3}


@dataclass(frozen=True, slots=True)
class Placed:
    """A panel where it lies.

    Attributes:
        key: its id; `#3` for the third panel of a page, when it has none, or not for itself.
        row: the key of the collapsed row that holds it.
        place: x, y, w and h; y as if the row were open, for Grafana leaves it as it was when the row was closed.
    """

    key: Key
    panel: Json
    row: Key | None
    place: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Matched:
    """The panels of two pages: which are the same, which only one of them has."""

    pairs: tuple[tuple[Placed, Placed], ...]
    removed: tuple[Placed, ...]
    added: tuple[Placed, ...]


def placed(page: Mapping[str, Any]) -> list[Placed]:
    """Every panel of a page, also those in collapsed rows."""
    flat = [(one, inner) for one in objects(page.get("panels")) for inner in (None, *_inside(one))]
    numbers = [_number(one if inner is None else inner) for one, inner in flat]
    counts = Counter(numbers)
    found: list[Placed] = []
    row: Placed | None = None
    first = 0
    for at, ((one, inner), number) in enumerate(zip(flat, numbers, strict=True), 1):
        key: Key = f"#{at}" if number is None or counts[number] > 1 else number
        if inner is None:
            row = Placed(key, one, None, place_of(one))
            first = min((place_of(each)["y"] for each in _inside(one)), default=0)
            found.append(row)
        elif row is not None:
            place = place_of(inner)
            place["y"] += row.place["y"] + row.place["h"] - first
            found.append(Placed(key, inner, row.key, place))
    return found


def place_of(panel: Mapping[str, Any]) -> dict[str, int]:
    """Where a panel says that it lies."""
    grid = panel.get("gridPos")
    grid = grid if isinstance(grid, Mapping) else {}
    return {
        name: said if type(said := grid.get(name)) is int else _whole(said, usual) for name, usual in NOWHERE.items()
    }


def matched(base: list[Placed], live: list[Placed]) -> Matched:
    """Each panel with the one it became; the more that speaks for a pair, the sooner it is made."""
    pairs: list[tuple[Placed, Placed]] = []
    for name_of, fits in _STEPS:
        mine, theirs = _alone(base, name_of), _alone(live, name_of)
        for name, one in mine.items():
            other = theirs.get(name)
            if other is not None and fits(one.panel, other.panel):
                pairs.append((one, other))
        gone, come = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
        base = [one for one in base if id(one) not in gone]
        live = [one for one in live if id(one) not in come]
        if not base or not live:
            break
    return Matched(tuple(pairs), tuple(base), tuple(live))


def _inside(panel: Json) -> list[Json]:
    return objects(panel.get("panels")) if is_row(panel) else []


def _number(panel: Json) -> int | None:
    number = panel.get("id")
    return number if type(number) is int else None


def _whole(value: Any, otherwise: int) -> int:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return int(value) if is_number else otherwise


def _alone(panels: Iterable[Placed], name_of: Callable[[Placed], Any]) -> dict[Any, Placed]:
    """The panels that have a name which no other has."""
    named = [(name, one) for one in panels if (name := name_of(one)) is not None]
    counts = Counter(name for name, _ in named)
    return {name: one for name, one in named if counts[name] == 1}


def _could_be(one: Json, other: Json) -> bool:
    """Whether two of one id may be the same: Grafana gives the id of a panel that was removed to the next new one."""
    if is_row(one) != is_row(other):
        return False
    if one.get("type") == other.get("type") or one.get("title") == other.get("title"):
        return True
    return bool(_asks(one)) and _asks(one) == _asks(other)


def _asks(panel: Json) -> Any:
    return [one.get("expr") for one in objects(panel.get("targets"))]


def _content(one: Placed) -> bytes | None:
    said = {key: value for key, value in one.panel.items() if key not in ("id", "gridPos", "pluginVersion")}
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def _title(one: Placed) -> tuple[Any, ...] | None:
    title = one.panel.get("title")
    return (one.panel.get("type"), title) if isinstance(title, str) and title else None


def _queries(one: Placed) -> tuple[Any, ...] | None:
    asks = [expr for expr in _asks(one.panel) if isinstance(expr, str) and expr]
    return (one.panel.get("type"), *asks) if asks else None


def _always(_one: Json, _other: Json) -> bool:
    return True


#: What a panel is known by, and what has to be true besides.
_STEPS: tuple[tuple[Callable[[Placed], Any], Callable[[Json, Json], bool]], ...] = (
    (lambda one: one.key if type(one.key) is int else None, _could_be),
    (_content, _always),
    (_title, _always),
    (_queries, _always),
)
