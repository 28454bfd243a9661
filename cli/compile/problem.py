"""What is wrong with somebody's module: a sentence, the line to look at, what to do."""

# ruff: noqa: PTH109, PTH118 - paths are strings: a Path each takes half of the time

import os
import re
from collections.abc import Callable
from typing import NamedTuple

from cli.compile import reading
from cli.compile.discover import Module
from cli.compile.place import near
from cli.errors import AuthoringError
from queries import Mistake

LONGEST = 300
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]+\b")
#: What to do about an error that Python raises.
REMEDIES: tuple[tuple[type[BaseException], str], ...] = (
    (SystemExit, "leave out sys.exit(): a page only makes values"),
    (RecursionError, "look for a function that calls itself without end"),
    (ModuleNotFoundError, "install it, or give the folder that holds it as --source"),
    (UnicodeDecodeError, "save the file as UTF-8"),
)
OTHERWISE = "correct that line; `dash --debug build` shows the whole traceback"


class Problem(NamedTuple):
    """One module that cannot be built, or one thing in it.

    Attributes:
        module: as the manifest says it: "pages/shop.py".
        where: file:line of what the person wrote. what, fix: as an error says them.
        asked: the module's own line that led there, where that is in another file.
        traceback: for `--debug`.
    """

    module: str
    where: str
    what: str
    fix: str = ""
    asked: str = ""
    traceback: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"\n  try: {self.fix}" if self.fix else "")


def problem_of(error: BaseException, module: Module, line: int = 0) -> Problem:
    """The sentence for whatever running or building the module raised; `line` is where to look if nothing says more."""
    import traceback  # noqa: PLC0415 - only mistakes pay for it

    what, fix = said(error)
    if isinstance(error, OSError) and error.filename == module.path:
        what, fix = f"it cannot be read: {error.strerror}", "look what is there: it is no file, or not yours to read"
    where, own = _where(error, module, line), _last_line(error, lambda file: file == module.path)
    asked = "" if where.rpartition(":")[0] == near(module.path) else own or near(module.path)
    return Problem(module.shown, where, what, fix, asked, "".join(traceback.format_exception(error)))


def at_line(module: Module, source: str) -> str:
    """Where a person finds what the manifest says is at "pages/shop.py:17"."""
    return f"{near(module.path)}:{source.rpartition(':')[2]}"


def said(error: BaseException) -> tuple[str, str]:
    """What is wrong and what to do, in one line each."""
    if isinstance(error, Mistake | AuthoringError):
        return error.what, error.fix
    if isinstance(error, SyntaxError):
        line = (error.text or "").strip()
        return f"syntax error: {error.msg}", f"correct the line: {line}" if line else "correct the file"
    name, text = type(error).__name__, _text(error)
    fix = next((remedy for kind, remedy in REMEDIES if isinstance(error, kind)), OTHERWISE)
    return f"it raises {name}: {text}" if text else f"it raises {name}", fix


def _text(error: BaseException) -> str:
    """What the error says, in one line, and the same in every run."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - somebody's own error may not even know what it says
        return ""
    text = ADDRESS.sub("0x...", text).replace(os.path.join(os.getcwd(), ""), "")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _where(error: BaseException, module: Module, line: int) -> str:
    """The last line that the person wrote: of the error itself, else of the stack that led to it."""
    if isinstance(error, AuthoringError) and error.where:
        return error.where
    if isinstance(error, Mistake) and _is_theirs(error.where.path, module):
        return f"{near(error.where.path)}:{error.where.line}"
    if isinstance(error, SyntaxError) and error.filename and _is_theirs(error.filename, module):
        return f"{near(error.filename)}:{error.lineno or 1}"
    otherwise = f"{near(module.path)}:{line}" if line else near(module.path)
    return _last_line(error, lambda file: _is_theirs(file, module)) or otherwise


def _last_line(error: BaseException, is_meant: Callable[[str], bool]) -> str:
    import traceback  # noqa: PLC0415 - only mistakes pay for it

    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if is_meant(frame.filename):
            return f"{near(frame.filename)}:{frame.lineno or 1}"
    return ""


def _is_theirs(file: str, module: Module) -> bool:
    return file == module.path or (file.startswith("/") and not reading.is_installed(file))
