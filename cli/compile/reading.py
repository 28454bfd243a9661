"""Which files a module's outcome depends on: whatever is opened, listed or imported while it runs.

Python says so itself: every file that is opened and every folder that is listed is an audit event. What only Python,
the tool or an installed library could change is left out: their versions are remembered once for all modules.
"""

# ruff: noqa: PTH100, PTH118, PTH120 - paths are strings: a Path each takes half of the time

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import source_from_cache
from typing import Any

from cli.compile.discover import HOME
from cli.compile.stamp import Sight, see

#: Stands for all that no file shows: a program was run, the network was asked.
UNKNOWABLE = ""
_OUTSIDE = frozenset(
    {"subprocess.Popen", "os.system", "os.posix_spawn", "os.fork", "socket.connect", "sqlite3.connect"}
)
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_VERSIONED = (
    *(f"{path}/" for path in sys.path if path.endswith(("/site-packages", "/dist-packages"))),
    os.path.join(os.path.dirname(os.__file__), ""),
    *(f"{HOME}/{name}/" for name in ("queries", "panels", "cli")),
)

#: Each file and how it looked just before it was read.
Reads = dict[str, Sight]

_open: list[Reads] = []
_listening = False


def is_installed(file: str) -> bool:
    """Whether the file is Python's, a library's or the tool's, so that a version says what is in it."""
    return file.startswith(_VERSIONED)


@contextmanager
def reads() -> Iterator[Reads]:
    """Everything that is read until the block ends."""
    _listen_once()
    found: Reads = {}
    _open.append(found)
    try:
        yield found
    finally:
        _open.pop()
        note_all(found)


def note(path: str) -> None:
    """This file matters, although perhaps nothing opens it: it is not there, or its code is known already."""
    if _open and path not in _open[-1] and not is_installed(path):
        _open[-1][path] = see(path)


def note_all(found: Mapping[str, Sight]) -> None:
    """All of these matter; how they looked first is what counts."""
    if _open:
        _open[-1].update({path: seen for path, seen in found.items() if path not in _open[-1]})


def _listen_once() -> None:
    global _listening  # noqa: PLW0603 - an audit hook stays for the life of the process
    if not _listening:
        _listening = True
        sys.addaudithook(_heard)


def _heard(event: str, args: tuple[Any, ...]) -> None:
    if not _open:
        return
    if event == "open":
        path, mode, flags = args
        if _is_read(mode, flags):
            _note_any(path)
    elif event in _LISTINGS:
        # Python itself lists folders in search of modules; what it looks for is noted one by one
        if not sys._getframe(1).f_code.co_filename.startswith("<frozen importlib"):  # noqa: SLF001
            _note_any("." if args[0] is None else args[0])
    elif event in _OUTSIDE:
        _open[-1][UNKNOWABLE] = see(UNKNOWABLE)


def _is_read(mode: Any, flags: Any) -> bool:
    if isinstance(mode, str):
        return not set(mode) & set("wax")
    return isinstance(flags, int) and not flags & (os.O_WRONLY | os.O_CREAT)


def _note_any(path: Any) -> None:
    if isinstance(path, str | bytes | os.PathLike):
        file = os.path.abspath(os.fsdecode(path))
        note(source_from_cache(file) if file.endswith(".pyc") and "/__pycache__/" in file else file)
