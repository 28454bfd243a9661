"""Which Python files a build reads: those of a package, of a folder, or one file."""

# ruff: noqa: PTH100, PTH112, PTH113, PTH118, PTH120 - paths are strings: a Path each takes half of the time

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cli.compile.place import near
from cli.errors import UsageError

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
#: Top-level names that are ours; a person's module of that name would hide ours, or ours theirs.
OURS = ("queries", "panels", "cli", "dashboards_py")
SUFFIX = ".dashboard.py"
#: Folders that hold no pages: what other tools left there.
SKIPPED = frozenset({"__pycache__", "build", "dist", "node_modules"})
#: Modules of a folder that run something when they are imported; they are read when they are named themselves.
PROGRAMS = frozenset({"__main__.py", "conftest.py", "setup.py"})
A_SOURCE = "a package, a folder or a .py file"


class Module(NamedTuple):
    """One file that may define pages or rules.

    Attributes:
        path: the file.
        name: as it is imported: "pages.shop"; empty where the file's name is none that Python can import.
        root: the folder that its imports start from.
        shown: the path as the manifest says it, the same on every machine: "pages/shop.py".
        asked: it was named itself, or its name says that it is a page, so it must define something.
    """

    path: str
    name: str
    root: str
    shown: str
    asked: bool


class _Found(NamedTuple):
    """The files of one source.

    Attributes:
        base: the folder that stands first in what is shown; installed: it is found by its name, not by its place.
    """

    root: str
    base: str
    files: list[str]
    asked: bool
    installed: bool


def modules(sources: Sequence[str], folder: str) -> tuple[Module, ...]:
    """All modules of all sources, in the order of the sources, then by path; each file once."""
    everything = [_found(source, folder) for source in sources]
    labels = _labels(everything, folder)
    found: dict[str, Module] = {}
    for one in everything:
        for file in one.files:
            found.setdefault(file, _module(file, one, labels[one.base] + _below(one.base, file)))
    return tuple(found.values())


def _found(source: str, folder: str) -> _Found:
    path = os.path.abspath(os.path.join(folder, source))
    installed = False
    if not os.path.lexists(path):
        path, installed = _package(source), True
    if path.endswith(".py") and not os.path.isdir(path):
        base, files = os.path.dirname(path), [path]
    elif os.path.isdir(path):
        base, files = path, list(_files(path, source, ()))
        if not files:
            raise UsageError(f"source {source!r} holds no Python file", where=near(path), fix=A_SOURCE)
    else:
        raise UsageError(f"source {source!r} is no Python file", where=near(path), fix=A_SOURCE)
    root = base
    while os.path.isfile(os.path.join(root, "__init__.py")) and root != os.path.dirname(root):
        base, root = root, os.path.dirname(root)
    return _Found(root, base, files, asked=files == [path], installed=installed)


def _package(source: str) -> str:
    """A package that is installed: our own pages, or somebody's."""
    from importlib.util import find_spec  # noqa: PLC0415 - a folder needs no import machinery

    try:
        # the program that runs is no source, whatever it is
        spec = find_spec(source) if source.isidentifier() and source != "__main__" else None
    except (ImportError, ValueError):
        spec = None
    if spec is None or not (spec.submodule_search_locations or spec.has_location):
        raise UsageError(f"source {source!r} is neither here nor installed", fix=A_SOURCE)
    return next(iter(spec.submodule_search_locations or [spec.origin or source]))


def _files(path: str, source: str, above: tuple[str, ...]) -> Iterator[str]:
    """Every Python file below the folder, sorted; a link to a folder above is not followed."""
    try:
        with os.scandir(path) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
        here = (*above, os.path.realpath(path))
    except OSError as error:
        raise UsageError(f"source {source!r} cannot be read: {error.strerror}", where=near(path)) from error
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        name = entry.name
        if name.startswith(".") or name in SKIPPED or name in PROGRAMS:
            continue
        if name.endswith(".py"):
            if not name.startswith("test_") and not name.endswith(("_test.py", ".test.py")):
                yield entry.path
        elif entry.is_dir() and os.path.realpath(entry.path) not in here:
            yield from _files(entry.path, source, here)


def _labels(everything: Sequence[_Found], folder: str) -> dict[str, str]:
    """What stands first in a shown path: from here on, or of what lies elsewhere as few folders as tell them apart."""
    here = {one.base for one in everything if not one.installed and _is_below(folder, one.base)}
    labels = {base: f"{_below(folder, base)}/".lstrip("/") for base in here}
    elsewhere = {one.base: 1 for one in everything if one.base not in here}
    while True:
        tails = {base: "/".join(base.split("/")[-length:]) + "/" for base, length in elsewhere.items()}
        taken = Counter([*tails.values(), *labels.values()])
        longer = [base for base, tail in tails.items() if taken[tail] > 1]
        if not longer:
            return labels | tails
        for base in longer:
            elsewhere[base] += 1


def _is_below(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _below(folder: str, path: str) -> str:
    return path[len(folder.rstrip("/")) + 1 :]


def _module(path: str, of: _Found, shown: str) -> Module:
    if not shown.isprintable():
        raise UsageError("a file name that cannot be shown", where=repr(near(path)), fix="rename it")
    asked = of.asked or path.endswith(SUFFIX)
    parts = _below(of.root, path).removesuffix(".py").split("/")
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    if not all(part.isidentifier() for part in parts):
        return Module(path, "", of.root, shown, asked)
    if parts[0] in OURS and os.path.realpath(of.root) != os.path.realpath(HOME):
        place = os.path.join(of.root, parts[0])
        raise UsageError(
            f"a module called {parts[0]!r} would hide the one of dashboards-py",
            where=near(place if os.path.isdir(place) else path),
            fix=f"rename it, for instance to my_{parts[0]}",
        )
    return Module(path, ".".join(parts), of.root, shown, asked)
