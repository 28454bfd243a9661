"""Which Python modules a build reads: a package, a folder of files, or one file."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cli.errors import UsageError

#: Top-level names that are ours; a person's module of that name would hide ours, or ours theirs.
OURS = ("queries", "panels", "cli", "dashboards_py")
SKIPPED = frozenset({"__pycache__", "build", "node_modules"})
SUFFIX = ".dashboard.py"


@dataclass(frozen=True, slots=True)
class Module:
    """One file that may define pages or rules.

    Attributes:
        path: the file.
        name: as it is imported; a `*.dashboard.py` is no importable name and gets one.
        root: the folder that its imports start from.
        shown: the path as people see it, the same on every machine: "pages/shop.py".
        asked: it was named itself, so it must define something.
    """

    path: Path
    name: str
    root: Path
    shown: str
    asked: bool = False


def modules(sources: tuple[str, ...], folder: Path) -> tuple[Module, ...]:
    """All modules of all sources, in the order of the sources, then by name; each file once."""
    found: dict[Path, Module] = {}
    for source in sources:
        for module in _modules(source, folder):
            found.setdefault(module.path, module)
    return tuple(found.values())


def _modules(source: str, folder: Path) -> Iterator[Module]:
    path = (folder / source).resolve()
    if not path.exists():
        path = _package(source)
    if path.is_file():
        if path.suffix != ".py":
            raise UsageError(f"source {source!r} is no Python file", fix="a package, a folder or a .py file")
        yield _module(path, path.parent, asked=True)
        return
    root = path.parent if (path / "__init__.py").is_file() else path
    files = sorted(_files(path, source))
    if not files:
        raise UsageError(f"source {source!r} holds no Python file", where=str(path))
    for file in files:
        yield _module(file, root)


def _package(source: str) -> Path:
    """A package that is installed: our own pages, or somebody's."""
    spec = None
    if all(part.isidentifier() for part in source.split(".")):
        spec = importlib.util.find_spec(source) if "." not in source else None
    if spec is None or not spec.origin:
        raise UsageError(f"source {source!r} is neither here nor installed", fix="a package, a folder or a .py file")
    return Path(spec.origin).parent


def _files(path: Path, source: str) -> Iterator[Path]:
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        raise UsageError(f"source {source!r} cannot be read: {error.strerror}", where=str(path)) from error
    for entry in entries:
        if entry.name.startswith(".") or entry.name in SKIPPED:
            continue
        if entry.is_dir():
            yield from _files(entry, source)
        elif entry.suffix == ".py":
            yield entry


def _module(path: Path, root: Path, *, asked: bool = False) -> Module:
    inside = path.relative_to(root)
    shown = str(Path(root.name) / inside) if not (root / inside.parts[0] / "__init__.py").is_file() else str(inside)
    if path.name.endswith(SUFFIX):
        stem = "".join(char if char.isalnum() else "_" for char in path.name.removesuffix(".py"))
        return Module(path, f"__grafanalib__{stem}", root, shown, asked=True)
    parts = list(inside.with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    name = ".".join(parts) or root.name
    if parts and parts[0] in OURS and not _is_ours(parts[0], path):
        hidden = root / parts[0] if len(parts) > 1 or path.name == "__init__.py" else path
        raise UsageError(
            f"a module called {parts[0]!r} would hide the one of dashboards-py",
            where=str(hidden),
            fix=f"rename it, for instance my_{parts[0]}",
        )
    return Module(path, name, root, shown, asked)


def _is_ours(name: str, path: Path) -> bool:
    home = Path(__file__).parents[2] / name
    return path == home.with_suffix(".py") or path.is_relative_to(home)
