"""The edits of a list whose members have names: the variables, the queries of a panel, annotations, links."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cli.deploy.normalise.alike import alike, identical
from cli.deploy.normalise.edit import Edit, Path
from cli.deploy.normalise.members import Along, Difference, differences, edits
from cli.deploy.normalise.noise import Rules
from cli.deploy.normalise.normal import Json, held
from cli.deploy.normalise.words import ADDED, MOVED, REMOVED

#: The place of an edit that only says in which order things stand.
ORDER = "/order"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is in a list.

    Attributes:
        name: the member that a thing is known by.
        where: what to call a thing of this name, in a person's words.
        rules: what comes and goes in it.
        words: its members in a person's words.
        normal: it, without what nobody said, of the base and of the other page.
        along: what goes along with what.
    """

    name: str
    where: Callable[[str], str]
    rules: Rules
    words: Mapping[str, str]
    normal: tuple[Callable[[Json], Json], Callable[[Json], Json]]
    along: Callable[[Json], Along] = lambda _: ()


def keyed(things: Iterable[Json], name: str) -> dict[str, Json]:
    """Each thing by its name; the second of a name is `B#2`."""
    seen: Counter[str] = Counter()
    made = {}
    for one in things:
        said = str(one.get(name) or "")
        seen[said] += 1
        made[said if seen[said] == 1 else f"{said}#{seen[said]}"] = one
    return made


def compared(kind: Kind, path: Path, base: Sequence[Json], live: Sequence[Json]) -> list[Edit]:
    """The edits of a list at a path."""
    if identical(base, live):
        return []
    mine, theirs = keyed(base, kind.name), keyed(live, kind.name)
    became = _became(kind, mine, theirs)
    come = [key for key in theirs if key not in became.values()]
    made = [Edit(kind.where(key), REMOVED, (*path, key), one, None) for key, one in mine.items() if key not in became]
    stay = [key for key in mine if key in became]
    order = {now: key for key, now in became.items()}
    now_stay = [order[key] for key in theirs if key in order]
    if stay != now_stay:
        made.append(_reordered(kind, path, stay, now_stay))
    for key in stay:
        one, other = mine[key], theirs[became[key]]
        if not identical(one, other):
            first, second = kind.normal[0](one), kind.normal[1](other)
            found = [_as_written(each, one, other) for each in differences(kind.rules, first, second)]
            made += edits(kind.where(key), (*path, key), found, kind.words, kind.along(second))
    at = list(theirs)
    for key in come:
        made.append(Edit(kind.where(key), ADDED, (*path, key), None, theirs[key], at=at.index(key)))
    return made


def _became(kind: Kind, mine: Mapping[str, Json], theirs: Mapping[str, Json]) -> dict[str, str]:
    """The name of each thing on the other page: its own, or another where the rest is the same."""
    became = {key: key for key in mine if key in theirs}
    left = [key for key in theirs if key not in became]
    for key, one in mine.items():
        if key in became or not left:
            continue
        like = next((other for other in left if _is_renamed(kind, one, theirs[other])), None)
        if like is not None:
            became[key] = like
            left.remove(like)
    return became


def _is_renamed(kind: Kind, one: Json, other: Json) -> bool:
    first, second = kind.normal[0](one), kind.normal[1](other)
    return alike(kind.rules, (), {**first, kind.name: None}, {**second, kind.name: None})


def _as_written(one: Difference, base: Json, live: Json) -> Difference:
    """A difference in the words of the pages, where they say anything."""
    mine, theirs = held(base, *one.names), held(live, *one.names)
    return Difference(one.names, one.base if mine is None else mine, one.live if theirs is None else theirs)


def _reordered(kind: Kind, path: Path, before: list[str], after: list[str]) -> Edit:
    """One that went elsewhere, if it is only one; else all of them."""
    for key in before:
        if [one for one in before if one != key] == [one for one in after if one != key]:
            return Edit(kind.where(key), MOVED, (*path, ORDER), before, after)
    return Edit(kind.where(""), "order", (*path, ORDER), before, after)
