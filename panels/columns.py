"""Numbers as the columns of a table: one row for each combination of the labels that all of them keep."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, Unpack

from panels import shape
from panels.asking import letters
from panels.judge import numbers_only, one_unit, shown_in, states, zones
from panels.panel import DataLink, Json, Limits, Look, Override, State, Step, Target, well_said
from queries import Mistake, Query, Unit

Painted: TypeAlias = Literal["", "text", "background", "bar"]
#: What a cell looks like; a bar is drawn from the column's least to its greatest value.
_CELLS: Mapping[str, Json] = {
    "text": {"type": "color-text"},
    "background": {"mode": "basic", "type": "color-background"},
    "bar": {"mode": "gradient", "type": "gauge", "valueDisplayMode": "text"},
}
#: Columns of every instant query that nobody wants to see.
_ALWAYS_HIDDEN = ("Time", "__name__")


class ColumnLook(Limits, total=False):
    """What can be said of one column by name; the words mean what they mean for a panel."""

    unit: Unit
    decimals: int
    minimum: float
    maximum: float
    no_value: str
    states: Sequence[State]
    links: Sequence[DataLink]
    width: int


@dataclass(frozen=True, slots=True)
class Column:
    """One number of a table. `column` makes it."""

    query: Query
    title: str
    painted: Painted = ""
    look: ColumnLook = field(default_factory=ColumnLook)


def column(query: Query, title: str = "", *, painted: Painted = "", **said: Unpack[ColumnLook]) -> Column:
    """A number as a column; `painted` colours it by its limits or states: its "text", its "background", or as a "bar".

    A column without a title is called as its number; `width` is in pixels.
    """
    numbers_only(title, [query])
    title = title or query.name
    if not title:
        raise Mistake("a column without a title", fix='column(query, "Requests")')
    unknown = sorted(said.keys() - ColumnLook.__optional_keys__)
    if unknown:
        raise Mistake(f"column {title!r} has no {unknown[0]!r}", fix=", ".join(sorted(ColumnLook.__optional_keys__)))
    well_said(f"column {title!r}", said)
    unit = one_unit(title, [query], _as_look(said))
    return Column(shown_in([query], unit)[0], title, painted, said)


def columns(title: str, said: Sequence[Query | Column]) -> tuple[Column, ...]:
    """The columns of a table; Mistake where they would not meet in its rows, or are called the same."""
    if not said:
        raise Mistake(f"panel {title!r} has no query")
    numbers_only(title, (one for one in said if not isinstance(one, Column)))
    alone = len(said) == 1
    found = tuple(one if isinstance(one, Column) else column(one, one.name or (title if alone else "")) for one in said)
    labels = found[0].query.labels
    for one in found[1:]:
        if one.query.labels != labels:
            what = f"{', '.join(one.query.labels) or 'none'} instead of {', '.join(labels) or 'none'}"
            raise Mistake(f"panel {title!r}: column {one.title!r} keeps other labels: {what}", fix="keep the same")
    for name, count in Counter(one.title for one in found).items():
        if count > 1:
            raise Mistake(f"panel {title!r}: {count} columns are called {name!r}", fix="column(query, title)")
    return found


def targets(found: Sequence[Column]) -> tuple[Target, ...]:
    """The columns as queries for the latest value."""
    return tuple(Target(one.query, one.title, "table", instant=True) for one in found)


def merged(found: Sequence[Column], names: Mapping[str, str], hide: Sequence[str]) -> list[dict[str, Any]]:
    """Grafana's way from answers to one table: rows joined, what nobody reads left out, the rest named and in order."""
    values = {value_of(found, index): one.title for index, one in enumerate(found)}
    kept = [one for one in dict.fromkeys([*names, *found[0].query.labels]) if one not in hide]
    organize = {
        "excludeByName": dict.fromkeys((*_ALWAYS_HIDDEN, *hide), True),
        "includeByName": {},
        "indexByName": {name: index for index, name in enumerate([*kept, *values])},
        "renameByName": {**{one: names.get(one, _as_title(one)) for one in kept}, **values},
    }
    join = [{"id": "merge", "options": {}}] if len(found) > 1 else []
    return [*join, {"id": "organize", "options": organize}]


def value_of(found: Sequence[Column], index: int) -> str:
    """What Grafana calls the values of a query: by its letter where there are several."""
    return "Value" if len(found) == 1 else f"Value #{letters(index)}"


def override(one: Column) -> Override:
    """Unit, colours, words and links of a column."""
    look = one.look
    said: dict[str, Any] = {"unit": one.query.unit.grafana}
    words, steps = states([one.query], _as_look(look)), zones(one.query, look)
    if one.painted:
        said |= _painted(one, steps, words)
    elif steps:
        raise Mistake(f"column {one.title!r} has a limit and no colour to show it", fix='painted="background"')
    if words:
        said["mappings"] = shape.mappings(words)
    if "links" in look:
        said["links"] = shape.links(look["links"])
    ends = {"min": look.get("minimum", one.query.low), "max": look.get("maximum", one.query.high)}
    if one.painted == "bar":
        said |= {name: end for name, end in ends.items() if end is not None}
    for name, id_ in (("decimals", "decimals"), ("no_value", "noValue"), ("width", "custom.width")):
        if name in look:
            said[id_] = look[name]  # type: ignore[literal-required]
    return Override("byName", one.title, said)


def _painted(one: Column, steps: Sequence[Step], words: Sequence[State]) -> dict[str, Any]:
    if not steps and not words and one.painted != "bar":
        fix = "a limit: red_above=..., or states=..."
        raise Mistake(f"column {one.title!r} is painted, and nobody says when", fix=fix)
    base = (Step(None, "blue" if one.painted == "bar" else "transparent"),)
    return {"custom.cellOptions": _CELLS[one.painted], "thresholds": shape.thresholds(steps or base)}


def _as_look(said: ColumnLook) -> Look:
    look = Look()
    if "unit" in said:
        look["unit"] = said["unit"]
    if "states" in said:
        look["states"] = said["states"]
    return look


def _as_title(label: str) -> str:
    return label.replace("_", " ").capitalize()
