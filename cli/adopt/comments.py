"""The comments above what somebody wrote in YAML: they say why, so they are kept."""

from __future__ import annotations

from cli.adopt.strict import Strict
from cli.lint.report.printable import printable
from cli.lint.spot import Path

MARK = "#"
#: What Python's formatter puts no blank behind.
GLUED = ("##", "#!", "#:")


def above(strict: Strict, path: Path) -> tuple[str, ...]:
    """The lines of comment that stand right above the value at a path, and no deeper than it."""
    document = strict.document
    if not strict.is_written or document.is_json or document.source.text is not document.text:
        return ()  # of a file inside of a file nobody knows where its lines are
    text = document.text
    start = text.rfind("\n", 0, document.start(path)) + 1
    deepest = _indent(text[start : text.find("\n", start) + 1 or len(text)])
    lines: list[str] = []
    while start > 0:
        end, start = start - 1, text.rfind("\n", 0, start - 1) + 1
        line = text[start:end]
        if not line.lstrip().startswith(MARK) or _indent(line) > deepest:
            break
        lines.append(line)
    return tuple(_comment(line) for line in reversed(lines))


def at_the_top(text: str) -> tuple[str, ...]:
    """The lines of comment with which a file begins."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith(MARK):
            break
        lines.append(_comment(line))
    return tuple(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _comment(line: str) -> str:
    words = line.strip()
    behind = words[1:]
    return printable(words if not behind or behind[0] == " " or words.startswith(GLUED) else f"# {behind}")
