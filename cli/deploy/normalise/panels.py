"""The edits of a page's panels and rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from cli.deploy.normalise import noise, plugins, words
from cli.deploy.normalise.alike import identical
from cli.deploy.normalise.edit import Change, Edit, Path
from cli.deploy.normalise.layout import moves, said_place
from cli.deploy.normalise.listed import Kind, compared
from cli.deploy.normalise.match import Key, Matched, Placed
from cli.deploy.normalise.members import Along, Difference, differences, edits
from cli.deploy.normalise.noise import Names
from cli.deploy.normalise.normal import Json, is_row, normal_panel, normal_target, objects

FIELD = ("fieldConfig", "defaults")
TARGET_ALONG: Along = (("instant", ("range",)), ("expr", ("editorMode",)))
#: What another visualisation brings with it.
LOOK: tuple[Names, ...] = (("options",), (*FIELD, "custom"), (*FIELD, "color"))
#: Edits after which others have to make way.
MAKES_WAY = frozenset({words.ADDED, words.REMOVED, words.COLLAPSED, words.EXPANDED, *words.PLACED})


def of_panels(base: Sequence[Placed], live: Sequence[Placed], panels: Matched) -> list[Edit]:
    """What came and went, was changed and was moved; what had to make way goes along with the last that made it."""
    titles = Counter(str(one.panel.get("title") or "") for one in (*base, *panels.added))
    found_as = _found_as(base, panels)
    places = moves(panels)
    made = _gone(base, panels, titles)
    for at, (one, other) in enumerate(panels.pairs):
        where = words.panel(one.key, one.panel, titles)
        if at in places.moved:
            path = ("panels", one.key, "gridPos")
            made.append(
                Edit(where, words.placed(one.place, other.place), path, said_place(one), _place(other, found_as))
            )
        if not identical(one.panel, other.panel):
            made += _changed(where, one, other)
    made += _come(live, panels, titles, found_as)
    pushed = [
        Change(("panels", one.key, "gridPos"), _place(other, found_as))
        for one, other in (panels.pairs[at] for at in places.pushed)
    ]
    last = max(
        (at for at, edit in enumerate(made) if edit.path[0] == "panels" and edit.what in MAKES_WAY), default=None
    )
    if last is not None and pushed:
        made[last] = replace(made[last], along=(*made[last].along, *pushed))
    return made


def _found_as(base: Sequence[Placed], panels: Matched) -> dict[Key, Key]:
    """The key by which an edit finds each panel of the live page: the base's; a new one may not have one of these."""
    taken = {one.key for one in base}
    names = {other.key: one.key for one, other in panels.pairs}
    return names | {one.key: f"{one.key}+" if one.key in taken else one.key for one in panels.added}


def _place(one: Placed, found_as: Mapping[Key, Key]) -> dict[str, Any]:
    place = said_place(one)
    return place if one.row is None else {**place, "row": found_as[one.row]}


def _alone(one: Placed) -> Json:
    """A panel without those in it, which have edits of their own."""
    return {**one.panel, "panels": []} if is_row(one.panel) else one.panel


def _gone(page: Sequence[Placed], panels: Matched, titles: Mapping[str, int]) -> list[Edit]:
    """What was removed; a row with all that was in it at once."""
    with_row = _with_rows(page, panels.removed)
    made = []
    for one in panels.removed:
        if one.key not in with_row:
            inside = tuple(Change(("panels", key), None) for key, row in with_row.items() if row == one.key)
            where = words.panel(one.key, one.panel, titles)
            made.append(Edit(where, words.REMOVED, ("panels", one.key), _alone(one), None, along=inside))
    return made


def _come(
    page: Sequence[Placed], panels: Matched, titles: Mapping[str, int], found_as: Mapping[Key, Key]
) -> list[Edit]:
    """What was added; a row with all that is in it at once."""
    with_row = _with_rows(page, panels.added)
    made = []
    for one in panels.added:
        if one.key in with_row:
            continue
        key = found_as[one.key]
        new = [other for other in panels.added if with_row.get(other.key) == one.key]
        along = [change for other in (one, *new) for change in _added(other, found_as)]
        where = words.panel(one.key, one.panel, titles)
        made.append(Edit(where, words.ADDED, ("panels", key), None, _alone(one), along=tuple(along[1:])))
    return made


def _added(one: Placed, found_as: Mapping[Key, Key]) -> Iterator[Change]:
    yield Change(("panels", found_as[one.key]), _alone(one))
    if one.row is not None:
        yield Change(("panels", found_as[one.key], "gridPos"), _place(one, found_as))


def _with_rows(page: Sequence[Placed], some: Sequence[Placed]) -> dict[Key, Key]:
    """Of panels that came or went: those whose row did so too, with everything in it."""
    inside: dict[Key, list[Key]] = {}
    row: Key | None = None
    for one in sorted((one for one in page if one.row is None), key=lambda one: (one.place["y"], one.place["x"])):
        if is_row(one.panel):
            row = None if one.panel.get("collapsed") is True else one.key
        elif row is not None:
            inside.setdefault(row, []).append(one.key)
    for one in page:
        if one.row is not None:
            inside.setdefault(one.row, []).append(one.key)
    keys = {one.key for one in some}
    whole = {row: held for row, held in inside.items() if row in keys and keys.issuperset(held)}
    return {key: row for row, held in whole.items() for key in held}


def _changed(where: str, one: Placed, other: Placed) -> list[Edit]:
    """What differs between two versions of one panel, but for its place."""
    path: Path = ("panels", one.key)
    found = _differences(one.panel, other.panel)
    kind = next((each for each in found if each.names == ("type",)), None)
    look = [each for each in found if kind and any(each.names[: len(names)] == names for names in LOOK)]
    made = []
    for edit in edits(where, path, [each for each in found if each not in look], words.PANEL):
        if edit.path[2:] == ("type",):
            made.append(replace(edit, along=tuple(Change((*path, *each.names), each.live) for each in look)))
        elif edit.path[2:] == ("collapsed",):
            made.append(replace(edit, what=words.COLLAPSED if edit.to else words.EXPANDED))
        else:
            made.append(edit)
    if is_row(one.panel):
        return made
    targets = compared(_targets(where, one.panel, other.panel), (*path, "targets"), *map(_asked, (one, other)))
    return _with_sources(made, targets)


def _asked(one: Placed) -> list[Json]:
    return objects(one.panel.get("targets"))


def _differences(base: Json, live: Json) -> list[Difference]:
    plugin, unit = str(live.get("type")), _defaults(live).get("unit") or _defaults(base).get("unit")
    rules = noise.defaults(noise.ROW) if is_row(live) else noise.panel_defaults(plugin, str(unit))
    found = list(differences(rules, normal_panel(base), normal_panel(live)))
    no_use = plugins.NO_USE.get(plugin, ())
    if no_use and any(not any(name in _defaults(side) for name in no_use) for side in (base, live)):
        # a migration has taken all of them away
        found = [one for one in found if one.names[:-1] != FIELD or one.names[-1] not in no_use]
    return found


def _defaults(panel: Json) -> Mapping[str, Any]:
    fields = panel.get("fieldConfig")
    said = fields.get("defaults") if isinstance(fields, Mapping) else None
    return said if isinstance(said, Mapping) else {}


def _targets(where: str, base: Json, live: Json) -> Kind:
    return Kind(
        "refId",
        partial(words.query, where),
        noise.defaults(noise.TARGET),
        words.TARGET,
        (partial(normal_target, panel=base), partial(normal_target, panel=live)),
        lambda _: TARGET_ALONG,
    )


def _with_sources(made: list[Edit], targets: list[Edit]) -> list[Edit]:
    """One edit for a panel whose data source was changed: its queries' go with it."""
    for at, edit in enumerate(made):
        if edit.path[2:] == ("datasource",):
            led = [one for one in targets if one.path[-1] == "datasource" and one.to == edit.to]
            made[at] = replace(edit, along=tuple(Change(one.path, one.to) for one in led))
            targets = [one for one in targets if one not in led]
    return made + targets
