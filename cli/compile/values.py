"""What a module defines: whatever it calls `dashboard`, `group`, `scrape` or the like, and on which line."""

# ruff: noqa: PTH123 - paths are strings: a Path each takes half of the time

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, NamedTuple

from cli.compile.discover import Module
from cli.compile.importing import World, called, load
from cli.compile.place import near
from cli.errors import AuthoringError
from panels import Dashboard
from queries import RuleGroup, Scrape

SCRAPES = ("scrape", "scrapes")
NAMES = ("dashboard", "dashboards", "group", "groups", *SCRAPES)
A_SCRAPE = 'Scrape(ROLE, ["host:port"]), or a list of them'
A_VALUE = "Dashboard(...) or RuleGroup(...), a list of them, or a function that returns them"


class Value(NamedTuple):
    """A page, a rule group or a scrape, and the line of the module that defines it."""

    it: Any
    line: int


class Loaded(NamedTuple):
    """A module that has run, and what it defines."""

    namespace: ModuleType
    values: tuple[Value, ...]


def values(module: Module, world: World, every: frozenset[str]) -> Loaded:
    """Run the module and take what is its own: what another of the build's files made and it only imports is not.

    Raises:
        AuthoringError: what it defines is nothing that can be built, or it defines nothing and should.
    """
    namespace = load(module, world)
    taken = {id(one) for other in before(namespace, world) if other.__file__ in every for one in _named(other)}
    found: dict[int, Value] = {}
    anything = False
    for name in NAMES:
        for said in _flat(getattr(namespace, name, None)):
            anything = True
            if id(said) not in taken:
                line = line_of(module, name)
                for one in _made(said, name, line, module, world):
                    if id(one) not in taken:
                        found.setdefault(id(one), Value(one, _own_line(one, module) or line))
    if module.asked and not anything:
        raise AuthoringError("it defines no page and no rules", where=near(module.path), fix=f"dashboard = {A_VALUE}")
    return Loaded(namespace, tuple(found.values()))


def is_json(value: object) -> bool:
    """Whether it is a page as Grafana's own JSON."""
    return isinstance(value, Mapping) and "title" in value and ("panels" in value or "rows" in value)


def is_of_grafanalib(value: object) -> bool:
    """Whether somebody made it with grafanalib's own classes."""
    return any(cls.__name__ == "Dashboard" and cls.__module__.startswith("grafanalib") for cls in type(value).__mro__)


def title_of(page: Any) -> str:
    """What people call the page, however it was made."""
    return str(page["title"] if isinstance(page, Mapping) else page.title)


def before(namespace: ModuleType, world: World) -> Iterator[ModuleType]:
    """The source's modules that had run to their end before this one had: it may have imported values of theirs."""
    for one in world.ran:
        if one is namespace:
            return
        yield one


def _named(namespace: ModuleType) -> Iterator[Any]:
    for name in NAMES:
        yield from _flat(getattr(namespace, name, None))


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for one in value:
            yield from _flat(one)
    elif isinstance(value, Mapping) and not is_json(value):
        yield from _flat(list(value.values()))
    elif value is not None and not isinstance(value, ModuleType):
        yield value


def _made(said: Any, name: str, line: int, module: Module, world: World) -> Iterator[Any]:
    """The value itself; of a function, what it returns. One that wants to be told something makes pages for others."""
    if isinstance(said, Dashboard | RuleGroup | Scrape) or is_json(said) or is_of_grafanalib(said):
        yield said
    elif name in SCRAPES and callable(said):
        return  # somebody's verb: nobody may call it to see what it does
    elif callable(said) and not isinstance(said, type):
        if _is_ready(said):
            for one in _flat(called(said, world)):
                yield from _made(one, name, line, module, world)
        elif module.asked:
            raise AuthoringError(
                f"{name}() wants arguments, and nobody gives any",
                where=f"{near(module.path)}:{line}",
                fix="default values, or another name if it only serves other pages",
            )
    else:
        fix = f"{name} = {A_SCRAPE if name in SCRAPES else A_VALUE}"
        raise AuthoringError(f"{name} holds a {type(said).__name__}", where=f"{near(module.path)}:{line}", fix=fix)


def _is_ready(function: Callable[..., Any]) -> bool:
    try:
        inspect.signature(function).bind()
    except (TypeError, ValueError):
        return False
    return True


def _own_line(value: Any, module: Module) -> int:
    source = getattr(value, "source", None)
    return int(source.line) if source is not None and source.path == module.path else 0


def line_of(module: Module, name: str) -> int:
    """The last line of the file that gives the name a meaning."""
    binds = re.compile(rf"(async )?def {name}\b|{name}\s*(:[^=]*)?=(?!=)|from .* import .*\b{name}\b")
    with open(module.path, encoding="utf-8", errors="replace") as file:
        return max((number for number, line in enumerate(file, start=1) if binds.match(line)), default=1)
