"""What is wrong with somebody's module: a sentence, the line to look at, what to do."""

import traceback
from dataclasses import dataclass
from pathlib import Path

from cli.compile.discover import Module
from cli.compile.tracking import is_tracked


@dataclass(frozen=True, slots=True)
class Problem:
    """One module that cannot be built, or one output that clashes.

    Attributes:
        module: as people see it: "pages/shop.py".
        where: file:line of what the person wrote. what, fix: as an error says them.
        traceback: for `--debug`.
    """

    module: str
    where: str
    what: str
    fix: str = ""
    traceback: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"\n  try: {self.fix}" if self.fix else "")


def problem_of(error: BaseException, module: Module) -> Problem:
    """The sentence for whatever importing or building the module raised."""
    from queries.source import Mistake  # noqa: PLC0415 - a build with nothing to do needs no queries

    trace = "".join(traceback.format_exception(error))
    if isinstance(error, Mistake):
        where = _shown(error.where.path, error.where.line, module)
        return Problem(module.shown, where, error.what, error.fix, trace)
    if isinstance(error, SyntaxError) and error.filename:
        where = _shown(error.filename, error.lineno or 1, module)
        return Problem(module.shown, where, f"syntax error: {error.msg}", traceback=trace)
    if isinstance(error, OSError) and error.filename == str(module.path):
        return Problem(module.shown, module.shown, f"it cannot be read: {error.strerror}", traceback=trace)
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Problem(module.shown, _last_line(error, module), what, traceback=trace)


def _last_line(error: BaseException, module: Module) -> str:
    """The last line of the stack that the person wrote."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_absolute() and _theirs(frame.filename, module):
            return _shown(frame.filename, frame.lineno or 1, module)
    return module.shown


def _theirs(file: str, module: Module) -> bool:
    return Path(file).is_relative_to(module.root) and (is_tracked(file) or file == str(module.path))


def _shown(file: str, line: int, module: Module) -> str:
    return f"{shown(file, module)}:{line}"


def shown(file: str, module: Module) -> str:
    """A file's path as people see it; within the module's source the same on every machine."""
    path = Path(file)
    if not path.is_relative_to(module.root):
        return file
    inside = path.relative_to(module.root)
    within_folder = module.shown != str(module.path.relative_to(module.root))
    return str(Path(module.root.name) / inside) if within_folder else str(inside)
