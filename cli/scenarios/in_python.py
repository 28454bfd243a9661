"""Scenarios that a person wrote in Python: what a `*.test.py` calls `scenario` or `scenarios`."""

# ruff: noqa: PTH100 - paths are strings

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
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
    found = 0
    for name in NAMES:
        if hasattr(namespace, name):
            for one in _flat(getattr(namespace, name), world, f"{near(path)}{_line(path, name)}"):
                found += 1
                yield one
    if not found:
        raise AuthoringError("it defines no scenario", where=near(path), fix=EXAMPLE)


def _flat(value: Any, world: World, where: str) -> Iterator[Scenario]:
    match value:
        case Scenario():
            yield value
        case Mapping() if not any(isinstance(one, str) for one in value.values()):
            yield from _flat(list(value.values()), world, where)
        case list() | tuple():
            for one in value:
                yield from _flat(one, world, where)
        case _ if callable(value) and not isinstance(value, type):
            yield from _flat(called(value, world), world, where)
        case _:
            name = type(value).__name__
            a = "an" if name[0] in "aeiou" else "a"
            raise AuthoringError(f"a scenario is a Scenario(...), not {a} {name}", where=where, fix=EXAMPLE)


def _line(path: str, name: str) -> str:
    """Where a module says a name first, as ":3"; empty where it comes from elsewhere."""
    said = re.compile(rf"(?:def\s+)?{name}\b")
    lines = Path(path).read_text("utf-8", "replace").splitlines()
    return next((f":{number}" for number, line in enumerate(lines, start=1) if said.match(line)), "")


def _place(where: str) -> Place:
    file, _, line = where.rpartition(":")
    return Place(file, int(line)) if file and line.isdigit() else Place(where)
