"""Which files a module's outcome depends on: what it imports, and what it reads while it is imported.

Python says both itself: imports go through `builtins.__import__`, also those that find the module loaded already, and
every file that is opened or folder that is listed is an audit event.
"""

import builtins
import importlib
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

HOME = str(Path(__file__).parents[2])
_TOOL = tuple(f"{HOME}/{name}/" for name in ("queries", "panels", "cli"))
_LIBRARY = sysconfig.get_paths()["stdlib"] + "/"
_SITE = sysconfig.get_paths()["purelib"] + "/"
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_CURRENT: list["Tracker"] = []


class Tracker:
    """Edges from a file to the files that it imported or read."""

    def __init__(self) -> None:
        self.edges: dict[str, set[str]] = {}

    def add(self, importer: str, file: str) -> None:
        """`importer` depends on `file`."""
        if importer != file and is_tracked(file):
            self.edges.setdefault(importer, set()).add(file)

    def depends_on(self, file: str) -> set[str]:
        """The file itself and all that it depends on, directly or not."""
        seen: set[str] = set()
        waiting = [file]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += self.edges.get(one, ())
        return seen


def is_tracked(file: str) -> bool:
    """Whether a change of the file is not covered by the version of Python, of the tool or of its libraries."""
    if file.endswith(".pyc") or "/__pycache__" in file:
        return False
    if file.startswith(_LIBRARY) and not file.startswith(_SITE):
        return False
    return not file.startswith(_TOOL)


@contextmanager
def tracked() -> Iterator[Tracker]:
    """Watch what is imported and read until the block ends."""
    _listen_once()
    tracker = Tracker()
    real_import, real_import_module = builtins.__import__, importlib.import_module

    def watched_import(
        name: str,
        globals_: Mapping[str, Any] | None = None,
        locals_: Mapping[str, Any] | None = None,
        fromlist: tuple[str, ...] | None = (),
        level: int = 0,
    ) -> ModuleType:
        module = real_import(name, globals_, locals_, fromlist or (), level)
        importer = (globals_ or {}).get("__file__")
        if isinstance(importer, str) and is_tracked(importer):
            for file in _files_of(module, name, fromlist, level):
                tracker.add(importer, file)
        return module

    def watched_import_module(name: str, package: str | None = None) -> ModuleType:
        module = real_import_module(name, package)
        importer = _author(sys._getframe(1))  # noqa: SLF001 - who called is what we want to know
        if importer and (file := getattr(module, "__file__", None)):
            tracker.add(importer, file)
        return module

    builtins.__import__ = watched_import  # type: ignore[assignment]
    importlib.import_module = watched_import_module
    _CURRENT.append(tracker)
    try:
        yield tracker
    finally:
        _CURRENT.pop()
        builtins.__import__, importlib.import_module = real_import, real_import_module


def _files_of(module: ModuleType, name: str, fromlist: tuple[str, ...] | None, level: int) -> Iterator[str]:
    """The files behind `import a.b` and `from a import b`, packages on the way included."""
    if level == 0:
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            yield from _file(sys.modules.get(".".join(parts[:end])))
    yield from _file(module)
    for one in fromlist or ():
        yield from _file(sys.modules.get(f"{module.__name__}.{one}"))


def _file(module: ModuleType | None) -> Iterator[str]:
    file = getattr(module, "__file__", None)
    if isinstance(file, str):
        yield file


def _author(frame: FrameType | None) -> str:
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith("/") and is_tracked(file) and not file.startswith(_SITE):
            return file
        frame = frame.f_back
    return ""


_listening = False


def _listen_once() -> None:
    global _listening  # noqa: PLW0603 - an audit hook stays for the life of the process
    if not _listening:
        _listening = True
        sys.addaudithook(_heard)


def _heard(event: str, args: tuple[Any, ...]) -> None:
    if not _CURRENT or (event != "open" and event not in _LISTINGS):
        return
    path = args[0] if args else None
    if event == "open" and (not isinstance(args[1], str) or set(args[1]) & set("wax+")):
        return
    if not isinstance(path, str | Path):
        return
    author = _author(sys._getframe(1))  # noqa: SLF001 - whose code reads is what we want to know
    if author:
        _CURRENT[-1].add(author, str(Path(path).absolute()))
