"""Where in a person's file a thing was written, and the error that says so."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).parent
_PANELS = _PACKAGE.with_name("panels")
#: Code of ours, as opposed to what somebody wrote with it: the domains below `queries/` are written, not ours.
_OURS = frozenset(
    str(folder) for folder in (_PACKAGE, _PACKAGE / "instruments", _PANELS, _PANELS / "kinds", _PANELS / "grafana")
)


@dataclass(frozen=True, slots=True)
class Source:
    """A line in a file."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def here() -> Source:
    """The nearest line on the stack that is not ours: what the person wrote who called us."""
    frame = sys._getframe(1)  # noqa: SLF001 - inspect.stack() costs a hundred times as much
    while frame.f_back is not None:
        file = frame.f_code.co_filename
        if file[0] != "<" and file.rpartition("/")[0] not in _OURS:
            break
        frame = frame.f_back
    return Source(frame.f_code.co_filename, frame.f_lineno)


class Mistake(ValueError):
    """Something that a person wrote cannot be right.

    Attributes:
        what: the fault, lower case, no full stop.
        where: the line to look at.
        fix: what to write instead; may be empty.
    """

    def __init__(self, what: str, *, fix: str = "", where: Source | None = None) -> None:
        self.what, self.fix, self.where = what, fix, where or here()
        super().__init__(f"{self.where}: {what}" + (f" ({fix})" if fix else ""))


def did_you_mean(said: str, known: Iterable[str], *, of: str = "it has") -> str:
    """A suggestion for a name that is not among the known ones."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for it

    names = sorted(set(known))
    close = get_close_matches(said, names, n=1)
    listed = f"{of}: {', '.join(names) or 'none'}"
    return f"did you mean {close[0]!r}? {listed}" if close else listed
