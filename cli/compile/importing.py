"""Run somebody's modules so that what one of them does is never seen by the next.

A source's own modules are its own: `numbers.py` is what `import numbers` finds in that source, while Python's libraries
and other sources go on finding theirs. Each module that is built starts with none of them loaded.
"""

# ruff: noqa: PTH109, PTH112, PTH113, PTH118, PTH123 - paths are strings: a Path each takes half of the time

import builtins
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from types import CodeType, GeneratorType, ModuleType
from typing import Any

from cli.compile import reading
from cli.compile.discover import Module
from cli.compile.stamp import Sight, see

#: The name under which a file runs whose own name is none that Python can import.
NAMELESS = "__page__"
#: Never a source's own: the tool runs already.
TOOL = ("queries", "panels", "cli")

Import = Callable[..., ModuleType]
#: The code of each file of the sources and how the file looked then; every page may import the same numbers.
Codes = dict[str, tuple[Sight, CodeType]]


class World:
    """One source's modules, as its own files see them."""

    def __init__(self, module: Module, codes: Codes) -> None:
        self.root, self.codes = module.root, codes
        self.folder = os.getcwd()
        #: Its modules in the order in which they had run to their end.
        self.ran: list[ModuleType] = []
        #: Where it lies among installed libraries, only this package is its own.
        self.package = module.name.partition(".")[0] if reading.is_installed(f"{module.root}/") else ""
        self._own = {NAMELESS: True, **dict.fromkeys(TOOL, False)}
        self._aside: dict[str, ModuleType] = {}
        self._inside = False

    def owns(self, top: str) -> bool:
        """Whether a top-level name means a module of this source."""
        known = self._own.get(top)
        if known is None:
            known = self._own[top] = top == self.package if self.package else self._has(top)
            if known and self._inside:
                self._aside |= _taken({top})
        return known

    def is_by_others(self, file: object) -> bool:
        """Whether a file is of Python, of a library or of the tool: they never mean this source's modules."""
        if not isinstance(file, str) or not reading.is_installed(file):
            return False
        return not (self.package and file.startswith(os.path.join(self.root, self.package, "")))

    @contextmanager
    def seen(self, *, inside: bool) -> Iterator[None]:
        """Within the block the source's names mean its own modules, or those that everybody else has."""
        turned = inside != self._inside
        if turned:
            self._turn()
        try:
            yield
        finally:
            if turned:
                self._turn()

    def find_spec(self, name: str, path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        """Where the source has the module; Python asks everything in `sys.meta_path` this."""
        top, _, _ = name.partition(".")
        if not self._inside or not self.owns(top):
            return None
        folders = [self.root] if path is None else list(path)
        for folder in folders:
            place = os.path.join(folder, name.rpartition(".")[2])
            for file, inner in ((os.path.join(place, "__init__.py"), [place]), (f"{place}.py", None)):
                reading.note(file)
                if os.path.isfile(file):
                    loader = _Loader(name, file, self)
                    return spec_from_file_location(name, file, loader=loader, submodule_search_locations=inner)
        return PathFinder.find_spec(name, folders)

    def note(self, top: str) -> None:
        """If this source ever gets a module of that name, whoever imports the name now means it then."""
        for file in ("", "/__init__.py", ".py"):
            reading.note(os.path.join(self.root, top) + file)

    def _has(self, top: str) -> bool:
        path = os.path.join(self.root, top)
        if os.path.isfile(f"{path}.py") or os.path.isfile(os.path.join(path, "__init__.py")):
            return True
        return os.path.isdir(path) and top not in sys.stdlib_module_names and PathFinder.find_spec(top) is None

    def _turn(self) -> None:
        held = _taken({top for top, is_own in self._own.items() if is_own})
        sys.modules.update(self._aside)
        self._aside, self._inside = held, not self._inside


def _taken(tops: set[str]) -> dict[str, ModuleType]:
    """Out of `sys.modules`, with all that is in them."""
    if sys.modules.keys().isdisjoint(tops):  # which looks at each of the few
        return {}
    names = [name for name in sys.modules if name.partition(".")[0] in tops]
    return {name: sys.modules.pop(name) for name in names}


class _Loader(SourceFileLoader):
    """Compiles what is there now: Python's own cache takes a file of the same second and size for the same file."""

    def __init__(self, name: str, path: str, world: World) -> None:
        super().__init__(name, path)
        self.world = world

    def get_code(self, fullname: str) -> CodeType:
        """The file's code."""
        path = self.get_filename(fullname)
        reading.note(path)
        seen, codes = see(path), self.world.codes
        if path not in codes or codes[path][0] != seen:
            codes[path] = (seen, _compiled(self.get_data(path), path))
        return codes[path][1]

    def exec_module(self, module: ModuleType) -> None:
        """Run it."""
        super().exec_module(module)
        self.world.ran.append(module)


def _compiled(text: bytes, path: str) -> CodeType:
    if b"\0" in text:
        # of this alone Python does not say where it is
        line = text.count(b"\n", 0, text.index(b"\0")) + 1
        raise SyntaxError("a null byte", (path, line, None, None))
    code: CodeType = compile(text, path, "exec", dont_inherit=True)
    return code


@contextmanager
def running(module: Module, codes: Codes) -> Iterator[World]:
    """A world in which the module and its functions can run; afterwards everything is as it was."""
    world = World(module, codes)
    path, real = list(sys.path), builtins.__import__
    builtins.__import__ = _watched(real, world)
    sys.meta_path.insert(0, world)
    try:
        with world.seen(inside=True), redirect_stdout(sys.stderr):
            yield world
    finally:
        sys.meta_path.remove(world)
        builtins.__import__ = real
        sys.path[:] = path


def load(module: Module, world: World) -> ModuleType:
    """Run the module, and what it imports; raises whatever it raises."""
    try:
        with open(module.path, "rb"):
            pass  # a file that cannot be read is not a module that nobody finds
        return _imported(module, world)
    finally:
        os.chdir(world.folder)


def called(function: Callable[[], Any], world: World) -> Any:
    """What somebody's function returns; of a generator, all of it."""
    try:
        answer = function()
        return list(answer) if isinstance(answer, GeneratorType) else answer
    finally:
        os.chdir(world.folder)


def _imported(module: Module, world: World) -> ModuleType:
    top = module.name.partition(".")[0]
    if top and (world.owns(top) or top in TOOL):
        return import_module(module.name)
    # its own name is none that Python can import, or what Python imports under it is something else
    spec = spec_from_file_location(NAMELESS, module.path, loader=_Loader(NAMELESS, module.path, world))
    if spec is None or spec.loader is None:
        raise ImportError(f"{module.path} is no Python file")
    loaded = sys.modules[NAMELESS] = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def _watched(real: Import, world: World) -> Import:
    """Python's own `__import__`, in the world of whoever imports; and it remembers on what that depends."""

    def watched(
        name: str,
        globals_: Mapping[str, Any] | None = None,
        locals_: Mapping[str, Any] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        importer = globals_ or {}
        by_others = world.is_by_others(importer.get("__file__"))
        top = (str(importer.get("__package__") or "") if level else name).partition(".")[0]
        if world.owns(top):
            with world.seen(inside=not by_others):
                return real(name, globals_, locals_, fromlist, level)
        if not by_others:
            world.note(top)
        if top in sys.modules and (by_others or _is_installed(top)):
            return real(name, globals_, locals_, fromlist, level)
        try:
            with world.seen(inside=False), reading.reads() as found:
                return real(name, globals_, locals_, fromlist, level)
        finally:
            if not _is_installed(top):
                _shared.setdefault(top, {}).update(found)
                reading.note_all(_shared[top])

    return watched


#: What libraries depend on that nobody installed, by their top-level names: they stay loaded from module to module.
_shared: dict[str, reading.Reads] = {}


def _is_installed(top: str) -> bool:
    file = getattr(sys.modules.get(top), "__file__", None)
    return not isinstance(file, str) or reading.is_installed(file)
