"""What a module makes and calls by a public name, and no module of the build takes."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cli.compile.discover import Module
from cli.compile.importing import World
from cli.compile.place import near
from cli.compile.values import NAMES, Loaded, before, line_of
from panels import Dashboard
from queries import RuleGroup, Scrape

#: By which names a build takes each kind.
TAKEN_AS = {Dashboard: "dashboard", RuleGroup: "group", Scrape: "scrape"}

#: A file and a line: each module runs in a world of its own, and where a value was made is the same in all of them.
Origin = tuple[str, int]


class Untaken(NamedTuple):
    """A value that its own module does not give to the build; `origin` is where it was made."""

    origin: Origin
    note: str


def origin(value: Any) -> Origin | None:
    """Where a value of ours was made; None of what grafanalib or JSON is."""
    source = getattr(value, "source", None)
    return None if source is None else (source.path, source.line)


def untaken(loaded: Loaded, module: Module, world: World) -> Iterator[Untaken]:
    """What the module made, called by a public name and does not give; what it only imported is not its own."""
    namespace = loaded.namespace
    seen = {id(value) for other in before(namespace, world) for value in vars(other).values()}
    for name, value in list(vars(namespace).items()):
        kind = TAKEN_AS.get(type(value))
        if kind is None or name.startswith("_") or name in NAMES or id(value) in seen:
            continue
        seen.add(id(value))
        place, what = f"{near(module.path)}:{line_of(module, name)}", type(value).__name__
        note = f"{place}: {name} is a {what} that no build takes: {kind} = {name}, or {kind}s = [{name}, ...]"
        yield Untaken((value.source.path, value.source.line), note)


def notes(values: Iterable[Untaken], taken: Iterable[Origin]) -> list[str]:
    """What is said of those that no other module took, either."""
    known = frozenset(taken)
    return [one.note for one in values if one.origin not in known]
