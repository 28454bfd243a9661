"""What was changed in a grafanalib page, and what is refused: nothing is dropped silently."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

from queries import Mistake
from queries.source import Source


@dataclass(slots=True)
class Notes:
    """The changes of one page, and the file that it was written in.

    Attributes:
        path: the file; empty where nobody knows it.
        changes: one sentence each, in the order of the page.
    """

    path: str = ""
    changes: list[str] = field(default_factory=list)

    def say(self, what: str) -> None:
        """Something is not as it was written."""
        if what not in self.changes:
            self.changes.append(what)

    def wrong(self, what: str, fix: str = "", *, made_by: str = "", title: str = "") -> Mistake:
        """A mistake, at the line where the class was called, as far as one can find it."""
        return Mistake(what, fix=fix, where=self._line(made_by, title))

    def _line(self, made_by: str, title: str) -> Source | None:
        if not self.path:
            return None
        try:
            tree = ast.parse(Path(self.path).read_text(encoding="utf-8"))
        except (OSError, SyntaxError, ValueError):
            return Source(self.path, 1)
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        of_class = [call for call in calls if made_by and _name(call) == made_by]
        titled = [call for call in of_class if title and title in _texts(call)]
        # a class under another name, or a title that was put together: the first line is the best there is
        return Source(self.path, min((call.lineno for call in titled or of_class), default=1))


def _name(call: ast.Call) -> str:
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _texts(call: ast.Call) -> list[object]:
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [value.value for value in values if isinstance(value, ast.Constant)]
