"""Scenarios that a person wrote in Python: what a `*.test.py` calls `scenario` or `scenarios`."""

# ruff: noqa: PTH100 - paths are strings

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from cli.compile.discover import modules
from cli.compile.importing import World, called, load, running
from cli.compile.place import near
from cli.compile.problem import problem_of
from cli.errors import AuthoringError
from cli.scenarios.trial import Fault, Place
from queries.scenario import Scenario

SUFFIX = ".test.py"
NAMES = ("scenario", "scenarios")
EXAMPLE = 'scenario = Scenario(name=..., series={...}, expected=[Alarm("Name", "20m")])'


def scenarios(path: str) -> Iterator[Scenario | Fault]:
    """What the module defines, or the one thing that is wrong with it."""
    module = modules([os.path.abspath(path)], os.getcwd())[0]  # noqa: PTH109 - paths are strings
    try:
        with running(module, {}) as world:
            found = list(_defined(load(module, world), world, module.path))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - a person's module may raise anything
        problem = problem_of(error, module)
        yield Fault(problem.what, _place(problem.where), "broken", problem.fix)
        return
    yield from found


def _defined(namespace: ModuleType, world: World, path: str) -> Iterator[Scenario]:
    said = [getattr(namespace, name) for name in NAMES if hasattr(namespace, name)]
    if not said:
        raise AuthoringError("it defines no scenario", where=near(path), fix=EXAMPLE)
    for one in said:
        yield from _flat(one, world, path)


def _flat(value: Any, world: World, path: str) -> Iterator[Scenario]:
    match value:
        case Scenario():
            yield value
        case Mapping():
            yield from _flat(list(value.values()), world, path)
        case list() | tuple():
            for one in value:
                yield from _flat(one, world, path)
        case _ if callable(value) and not isinstance(value, type):
            yield from _flat(called(value, world), world, path)
        case _:
            raise AuthoringError(f"scenarios holds a {type(value).__name__}", where=near(path), fix=EXAMPLE)


def _place(where: str) -> Place:
    file, _, line = where.rpartition(":")
    return Place(file, int(line)) if file and line.isdigit() else Place(where)
