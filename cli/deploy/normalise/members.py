"""The edits of one thing that has members: a page, a panel, a query, a variable."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cli.deploy.normalise.alike import alike
from cli.deploy.normalise.edit import Change, Edit, Path
from cli.deploy.normalise.noise import Names, Rules

#: Objects of which each member is an edit of its own.
OPEN: frozenset[Names] = frozenset(
    {("options",), ("fieldConfig",), ("fieldConfig", "defaults"), ("fieldConfig", "defaults", "custom")}
)
#: Whoever changes the first has changed the others with it.
Along = Sequence[tuple[str, tuple[str, ...]]]


class Difference(NamedTuple):
    """A member that says something else."""

    names: Names
    base: Any
    live: Any


def differences(
    rules: Rules, base: Mapping[str, Any], live: Mapping[str, Any], path: Names = ()
) -> Iterator[Difference]:
    """Each member that says something else."""
    for key in {**base, **live}:
        here, mine, theirs = (*path, key), base.get(key), live.get(key)
        if mine is theirs or (isinstance(mine, str) and mine == theirs) or alike(rules, here, mine, theirs):
            continue
        if here in OPEN and all(one is None or isinstance(one, Mapping) for one in (mine, theirs)):
            yield from differences(rules, mine or {}, theirs or {}, here)
        else:
            yield Difference(here, mine, theirs)


def edits(
    where: str, path: Path, found: Iterable[Difference], words: Mapping[str, str], along: Along = ()
) -> list[Edit]:
    """An edit for each difference, but for those that go along with another."""
    differing = {".".join(one.names): one for one in found}
    led: dict[str, str] = {}
    for leader, followers in along:
        if leader in differing and leader not in led:
            led |= {name: leader for name in followers if name in differing and name not in led}
    made = []
    for name, one in differing.items():
        if name not in led:
            with_it = tuple(
                Change((*path, *differing[follower].names), differing[follower].live)
                for follower, leader in led.items()
                if leader == name
            )
            made.append(Edit(where, worded(words, name), (*path, *one.names), one.base, one.live, along=with_it))
    return made


def worded(words: Mapping[str, str], name: str) -> str:
    """A member in a person's words; without any, its last names."""
    return words.get(name) or name.removeprefix("fieldConfig.defaults.").removeprefix("custom.").removeprefix(
        "options."
    )
