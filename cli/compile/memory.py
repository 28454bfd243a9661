"""What a build remembers beside `build/`: what each module's outcome depended on, and what it was."""

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from cli.artifact.manifest import PageEntry
from cli.compile.discover import Module
from cli.compile.stamp import Stamp, is_same
from cli.compile.unit import Group, Page, Unit

VERSION = 1
HOME = Path(__file__).parents[2]
TOOL = ("queries", "panels", "cli")
LIBRARIES = ("grafanalib", "orjson", "promql_parser", "pyyaml")


@dataclass(frozen=True, slots=True)
class Remembered:
    """One module as it was built: its outcome, and the files that it came from."""

    unit: Unit
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last build knew; `looked` is when it began to look (ns), `written` the outputs as they were left."""

    looked: int = 0
    units: tuple[Remembered, ...] = ()
    written: tuple[Stamp, ...] = ()

    def fresh(self, module: Module) -> Unit | None:
        """The module's outcome, if nothing that it depended on has changed."""
        for one in self.units:
            if one.unit.module.path == module.path and one.unit.module.name == module.name:
                return one.unit if all(is_same(stamp, self.looked) for stamp in one.stamps) else None
        return None

    def untouched(self) -> dict[str, bool]:
        """For each output, by its path, whether it is still what the last build left."""
        return {stamp.path: is_same(stamp, self.looked) for stamp in self.written}


def file_for(out: Path) -> Path:
    """Where the memory of a build into this folder lies: beside it."""
    return out.parent / ".dash" / f"{out.name}.json"


def fingerprint(settings: Any) -> str:
    """Python, the tool, its libraries and the settings: when one differs, everything is built again."""
    said = [sys.version, VERSION, settings, _tool(), _libraries()]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def read(out: Path, settings: str) -> Memory:
    """What is remembered; nothing where it is gone, unreadable or of another tool."""
    try:
        said: Any = orjson.loads(file_for(out).read_bytes())
        if said["fingerprint"] != settings:
            return Memory()
        units = tuple(_remembered(one) for one in said["units"])
        written = tuple(Stamp(*one) for one in said["written"])
        return Memory(said["looked"], units, written)
    except (OSError, ValueError, KeyError, TypeError):
        return Memory()


def dump(memory: Memory, settings: str) -> bytes:
    """The memory's bytes."""
    return orjson.dumps(
        {
            "fingerprint": settings,
            "looked": memory.looked,
            "units": [_said(one) for one in memory.units],
            "written": [stamp.as_json() for stamp in memory.written],
        }
    )


def _said(one: Remembered) -> dict[str, Any]:
    module = one.unit.module
    return {
        "module": [str(module.path), module.name, str(module.root), module.shown, module.asked],
        "pages": [asdict(page.entry) for page in one.unit.pages],
        "groups": [[group.file, group.source, group.said] for group in one.unit.groups],
        "stamps": [stamp.as_json() for stamp in one.stamps],
    }


def _remembered(said: dict[str, Any]) -> Remembered:
    path, name, root, shown, asked = said["module"]
    pages = tuple(Page(PageEntry(**entry), None) for entry in said["pages"])
    groups = tuple(Group(*group) for group in said["groups"])
    unit = Unit(Module(Path(path), name, Path(root), shown, asked), pages, groups)
    return Remembered(unit, tuple(Stamp(*one) for one in said["stamps"]))


def _tool() -> list[Any]:
    """Every file of ours, by time and size."""
    return sorted(_entries(str(HOME / name) for name in TOOL))


def _entries(folders: Iterable[str]) -> list[Any]:
    found: list[Any] = []
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    found += [] if entry.name == "__pycache__" else _entries([entry.path])
                elif entry.name.endswith((".py", ".json", ".yaml")):
                    info = entry.stat()
                    found.append([entry.path, info.st_mtime_ns, info.st_size])
    return found


def _libraries() -> list[str]:
    names = os.listdir(sysconfig.get_paths()["purelib"])  # noqa: PTH208 - names are all that is wanted
    return sorted(name for name in names if name.lower().startswith(LIBRARIES) and name.endswith("-info"))
