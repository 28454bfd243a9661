"""One module built: the pages and rule groups that it defines, ready to be written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import orjson

from cli.artifact import digest
from cli.artifact.manifest import PageEntry
from cli.compile.discover import SUFFIX, Module
from cli.compile.importing import importing_from, load
from cli.compile.problem import shown
from cli.errors import AuthoringError

PAGE_NAMES = ("dashboard", "dashboards")
GROUP_NAMES = ("group", "groups")
#: A module called so belongs to the service that its folder is named after.
RULE_MODULES = frozenset({"alerts", "recording", "rules"})
JSON = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


@dataclass(frozen=True, slots=True)
class Page:
    """One page's entry in the manifest, and its bytes; None where an earlier build's file still holds them."""

    entry: PageEntry
    text: bytes | None


@dataclass(frozen=True, slots=True)
class Group:
    """One rule group as its rule file says it, and the file that it belongs into."""

    file: str
    source: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """What one module defines."""

    module: Module
    pages: tuple[Page, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The values that one module defines, before they are built."""

    module: Module
    pages: tuple[Any, ...] = ()
    groups: tuple[Any, ...] = field(default_factory=tuple)
    namespace: ModuleType | None = None


def values(module: Module, seen: set[int]) -> Loaded:
    """Run the module and take what it defines; a value that another module defined already is not its own."""
    with importing_from(module):
        loaded = load(module)
        pages = tuple(_own(_named(loaded, PAGE_NAMES), seen))
        groups = tuple(_own(_named(loaded, GROUP_NAMES), seen))
        if module.asked and not pages and not groups:
            raise AuthoringError(
                "it defines no page and no rules",
                where=module.shown,
                fix="dashboard = Dashboard(...), or group = RuleGroup(...)",
            )
    return Loaded(module, pages, groups, loaded)


def build(module: Module, jobs: Mapping[str, str], seen: set[int]) -> Unit:
    """Run the module and build what it defines."""
    from queries.rulefile import to_rule_file  # noqa: PLC0415 - a build with nothing to do needs no queries

    loaded = values(module, seen)
    pages = tuple(_page(value, module, jobs, index) for index, value in enumerate(loaded.pages))
    groups = tuple(
        Group(rule_file(module), _place(group, module), to_rule_file([group], jobs)["groups"][0])
        for group in loaded.groups
    )
    return Unit(module, pages, groups)


def rule_file(module: Module) -> str:
    """The rule file that the module's groups belong into: the service's name."""
    stem = module.path.name.split(".", 1)[0]
    name = module.path.parent.name if stem in RULE_MODULES | {"__init__"} else stem
    return f"rules/{name.replace('_', '-')}.yaml"


def _named(loaded: ModuleType, names: tuple[str, ...]) -> Iterator[Any]:
    for name in names:
        value = getattr(loaded, name, None)
        yield from _flat(value, name, loaded) if value is not None else ()


def _flat(value: Any, name: str, loaded: ModuleType) -> Iterator[Any]:
    """The values themselves: of a list each, of a function what it returns."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _flat(one, name, loaded)
    elif callable(value) and not isinstance(value, type):
        yield from _flat(value(), name, loaded)
    elif _is_value(value):
        yield value
    elif not isinstance(value, ModuleType):
        raise AuthoringError(
            f"{name} is a {type(value).__name__}",
            where=str(loaded.__file__),
            fix=f"{name} = Dashboard(...) or RuleGroup(...)",
        )


def _is_value(value: Any) -> bool:
    homes = {cls.__module__.split(".", 1)[0] for cls in type(value).__mro__}
    return bool(homes & {"panels", "queries", "grafanalib"})


def _own(found: Iterator[Any], seen: set[int]) -> Iterator[Any]:
    for value in found:
        if id(value) not in seen:
            seen.add(id(value))
            _KEPT.append(value)
            yield value


#: Keeps what was seen alive, so that no other value gets its id.
_KEPT: list[Any] = []


def _page(value: Any, module: Module, jobs: Mapping[str, str], index: int) -> Page:
    from panels import Dashboard  # noqa: PLC0415 - likewise
    from panels.grafana import modernise, to_grafana  # noqa: PLC0415 - likewise

    folder, place = "", module.shown
    if isinstance(value, Dashboard):
        page = to_grafana(value, jobs)
        folder, place = value.folder, _place(value, module)
    else:
        stem = module.path.name.removesuffix(SUFFIX).removesuffix(".py")
        page = modernise(value, uid=_uid(stem) + (f"-{index + 1}" if index else ""))
    uid = str(page["uid"])
    entry = PageEntry(
        uid=uid,
        title=str(page["title"]),
        folder=folder,
        file=f"dashboards/{uid}.json",
        digest=digest.of(page, folder),
        source=place,
    )
    return Page(entry, orjson.dumps(page, option=JSON))


def _uid(stem: str) -> str:
    return "".join(char if char.isalnum() and char.isascii() else "-" for char in stem.lower())[:40]


def _place(value: Any, module: Module) -> str:
    return f"{shown(value.source.path, module)}:{value.source.line}"
