"""What a build remembers beside its folder: what each module's outcome depended on, and what it was.

All of it is plain JSON in memory too: a build with nothing to do reads it, looks at each file, and is done. That build
reads with Python's own `json`: to import orjson takes longer than all that it does.
"""

# ruff: noqa: PTH112, PTH118, PTH119, PTH120, PTH123, PTH208 - paths are strings: a Path each takes half of the time

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zlib import crc32

from cli.compile.discover import HOME, Module
from cli.compile.stamp import Stamp, certain, is_same, see

VERSION = 4
TOOL = ("queries", "panels", "cli/compile", "cli/artifact", "cli/stack")

Json = dict[str, Any]


class Memory:
    """What the last build knew, and what of it still holds.

    Its JSON: `fingerprint`; `looked`, when that build began (ns); `modules`, all that it found; `units`, what each good
    module made and the numbers of the files that it came from; `files`, their stamps; `outputs`, the stamps of what it
    wrote; `whole`, how many pages, rule files and others there are if nothing was broken or left out, else null;
    `stack`, what `dash.toml` said of those others; `panels`, what grafanalib's classes made of each kind of panel, for
    it takes longer to import than all else.
    """

    def __init__(self, said: Json) -> None:
        self.said = said
        self._looked: int = said["looked"]
        self._files = [Stamp(path, tuple(seen), content) for path, seen, content in said["files"]]
        self._outputs = [Stamp(path, tuple(seen), content) for path, seen, content in said["outputs"]]
        self._known: dict[Stamp, bool] = {}
        self._read: set[Stamp] = set()

    def could_be_surer(self, looked: int) -> bool:
        """Whether a look at that time would spare the next build to read any of what had to be read."""
        return any(certain(self._seen_now(one), looked) for one in self._read)

    def is_whole(self, found: Iterable[Module], stack: Mapping[str, Any]) -> bool:
        """Whether a build of these modules, with these settings of what is made besides, has nothing to do."""
        if self.said["whole"] is None or self.said["modules"] != [list(module) for module in found]:
            return False
        if not self.has(stack):
            return False
        return all(map(self._is_same, self._files)) and all(map(self._is_same, self._outputs))

    def has(self, stack: Mapping[str, Any]) -> bool:
        """Whether what is made besides pages and rules was made with these settings."""
        return bool(self.said["stack"] == repr(dict(stack)))

    def fresh(self) -> Iterator[Json]:
        """What each module made that would make the same again."""
        for unit in self.said["units"]:
            if all(self._is_same(self._files[number]) for number in unit["files"]):
                yield unit

    def stamps(self, unit: Json) -> list[Stamp]:
        """What a module's outcome depended on."""
        return [self._files[number] for number in unit["files"]]

    def outputs(self) -> dict[str, bool]:
        """For each file that was written, by its path, whether it is still as it was left."""
        return {one.path: self._is_same(one) for one in self._outputs}

    def left(self) -> dict[str, Stamp]:
        """By its path each file that was written and is still as it was left, as it looks now."""
        return {one.path: self._seen_now(one) for one in self._outputs if self._is_same(one)}

    def renewed(self, looked: int) -> bytes:
        """The same, now that all of it was found unchanged by somebody who began to look at that time."""
        files, outputs = (list(map(self._seen_now, those)) for those in (self._files, self._outputs))
        return dump({**self.said, "looked": looked, "files": files, "outputs": outputs})

    def _seen_now(self, one: Stamp) -> Stamp:
        """Of what was not read times and size are known: they said that it is unchanged."""
        return one._replace(seen=see(one.path)) if one in self._read else one

    def _is_same(self, one: Stamp) -> bool:
        known = self._known.get(one)
        if known is None:
            known = certain(one, self._looked)
            if known is None:
                self._read.add(one)
                known = is_same(one, self._looked)
            self._known[one] = known
        return known


EMPTY: Json = {
    "looked": 0,
    "modules": [],
    "units": [],
    "files": [],
    "outputs": [],
    "whole": None,
    "stack": None,
    "panels": {},
}


def file_for(out: str) -> str:
    """Where the memory of a build into this folder lies: beside it."""
    return os.path.join(os.path.dirname(out), ".dash", f"{os.path.basename(out)}.json")


def fingerprint(settings: list[Any]) -> list[Any]:
    """Python, the tool, the libraries and the settings: when one differs, everything is built again.

    It is compared with what JSON gives back, so that settings are lists and never tuples.
    """
    return [VERSION, sys.version, os.environ.get("PYTHONPATH", ""), settings, _libraries(), sorted(_tool())]


def read(out: str, wanted: Any) -> Memory:
    """What is remembered; nothing where it is gone, unreadable or of another tool."""
    try:
        with open(file_for(out), "rb") as file:
            sum_, _, text = file.read().partition(b"\n")
        if sum_ == b"%08x" % crc32(text) and (said := json.loads(text))["fingerprint"] == wanted:
            return Memory(said)
    except OSError:
        pass
    return Memory({"fingerprint": wanted, **EMPTY})


def dump(said: Json) -> bytes:
    """The memory's bytes: a sum, because a damaged memory is none, and JSON (with named tuples as lists)."""
    import orjson  # noqa: PLC0415 - see above

    text = orjson.dumps(said, default=list)
    return b"%08x\n%b" % (crc32(text), text)


def _tool() -> Iterator[list[Any]]:
    """Every file of ours, by time and size."""
    for name in TOOL:
        yield from _entries(f"{HOME}/{name}")


def _entries(folder: str) -> Iterator[list[Any]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".json", ".yaml")):
                info = entry.stat()
                yield [entry.path, info.st_mtime_ns, info.st_size]
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _entries(entry.path)


def _libraries() -> list[str]:
    """Everything that is installed, with its version: a page may import any of it."""
    sites = [path for path in sys.path if path.endswith(("/site-packages", "/dist-packages")) and os.path.isdir(path)]
    return sorted(name for site in sites for name in os.listdir(site) if name.endswith("-info"))
