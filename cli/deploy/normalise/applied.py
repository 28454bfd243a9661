"""A page with edits carried out."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from cli.deploy.normalise.edit import Edit, Path
from cli.deploy.normalise.listed import ORDER, keyed
from cli.deploy.normalise.match import Key, place_of, placed
from cli.deploy.normalise.normal import Json, annotations, held, is_row, objects

#: The lists whose things have names, with the member that holds the name.
NAMED: Mapping[Path, str] = {("templating", "list"): "name", ("annotations", "list"): "name", ("links",): "title"}
PANELS: Path = ("panels",)
Step = tuple[Path, Any, int | None]


def applied(page: Mapping[str, Any], edits: Iterable[Edit]) -> Json:
    """The page that the edits make of this one, which stays as it is; an edit of what is not there changes nothing."""
    made: Json = orjson.loads(orjson.dumps(page))  # a copy in which no two places are one object
    own: list[Step] = []
    inside: dict[Path, list[Step]] = {}
    for path, to, at in (step for edit in edits for step in _steps(edit)):
        held_by = next((one for one in (*NAMED, PANELS) if path[: len(one)] == one and path != one), None)
        if held_by is None:
            own.append((path, to, at))
        else:
            inside.setdefault(held_by, []).append((path[len(held_by) :], to, at))
    for where, steps in inside.items():
        if where == PANELS:
            _panels(made, steps)
        else:
            things = annotations(made) if where[0] == "annotations" else objects(held(made, *map(str, where)))
            _put(made, where, _listed(things, NAMED[where], steps))
    for path, to, _ in own:
        _put(made, path, copy.deepcopy(to))
    return made


def _steps(edit: Edit) -> Iterator[Step]:
    yield edit.path, edit.to, edit.at
    for change in edit.along:
        yield change.path, change.to, None


def _put(thing: Json, path: Path, to: Any) -> None:
    """Set a member, or take it away for None; objects on the way are made."""
    for name in path[:-1]:
        inner = thing.get(str(name))
        if not isinstance(inner, dict):
            inner = thing[str(name)] = {}
        thing = inner
    if to is None:
        thing.pop(str(path[-1]), None)
    else:
        thing[str(path[-1])] = to


def _listed(things: list[Json], name: str, changes: Iterable[Step]) -> list[Json]:
    """A list of named things with changes; what is added stands where it stood on the other page."""
    found = {key: copy.deepcopy(one) for key, one in keyed(things, name).items()}
    come = []
    for path, to, at in changes:
        key = str(path[0])
        if key == ORDER:
            rest = [one for one in found if one not in to]
            found = {one: found[one] for one in [*(one for one in to if one in found), *rest]}
        elif len(path) > 1:
            if key in found:
                _put(found[key], path[1:], copy.deepcopy(to))
        elif to is None:
            found.pop(key, None)
        else:
            come.append((at, copy.deepcopy(to)))
    made = list(found.values())
    for at, one in sorted(come, key=lambda each: -1 if each[0] is None else each[0]):
        made.insert(len(made) if at is None else at, one)
    return made


def _panels(page: Json, steps: Iterable[Step]) -> None:
    """Panels are flat while they are changed; afterwards each lies in the row that it names."""
    found: dict[Key, Json] = {}
    rows: dict[Key, Key | None] = {}
    for one in placed(page):
        found[one.key] = {**one.panel, "panels": []} if is_row(one.panel) else one.panel
        rows[one.key] = one.row
    asked: dict[Key, list[Step]] = {}
    for (key, *names), to, at in steps:
        if not names:
            found.pop(key, None)
            rows[key] = None
            if to is not None:
                found[key] = copy.deepcopy(to)
        elif names == ["gridPos"] and key in found:
            place = dict(to or {})
            rows[key] = place.pop("row", None)
            found[key]["gridPos"] = place
        elif names[0] == "targets" and names != ["targets"]:
            asked.setdefault(key, []).append((tuple(names[1:]), to, at))
        elif key in found:
            _put(found[key], tuple(names), copy.deepcopy(to))
    for key, own in asked.items():
        if key in found:
            found[key]["targets"] = _listed(objects(found[key].get("targets")), "refId", own)
    page["panels"] = _nested(found, rows)


def _nested(found: Mapping[Key, Json], rows: Mapping[Key, Key | None]) -> list[Json]:
    """Each panel in the closed row that holds it, else on the page, from the top to the bottom."""
    top: list[Json] = []
    for key, panel in found.items():
        name = rows[key]
        row = None if name is None else found.get(name)
        (top if row is None else row.setdefault("panels", [])).append(panel)
    return sorted(top, key=lambda one: (place_of(one)["y"], place_of(one)["x"]))
