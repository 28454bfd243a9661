"""The line of an expression that a finding is about, and carets under the part that is meant."""

from __future__ import annotations

from cli.lint.report.printable import columns, printable

#: The longest line that is shown whole, and how much of a longer one is shown before what is meant.
LONGEST = 160
BEFORE = 40
DOTS = "..."


def excerpt(expr: str, span: tuple[int, int] | None) -> tuple[str, str]:
    """The line and what stands below it; of many lines the one in which the part begins."""
    start, end = span or (len(expr) - len(expr.lstrip()), len(expr.rstrip()))
    start = max(0, min(start, len(expr)))
    first = expr.rfind("\n", 0, start) + 1
    last = expr.find("\n", start)
    line = expr[first : len(expr) if last < 0 else last].rstrip()
    indent = min(len(line) - len(line.lstrip()), start - first)
    before, meant, after = _parts(line[indent:], start - first - indent, max(end, start + 1) - first - indent)
    before, meant, after = (printable(part.replace("\t", " ")) for part in (before, meant, after))
    return before + meant + after, " " * columns(before) + "^" * max(1, columns(meant))


def _parts(line: str, start: int, end: int) -> tuple[str, str, str]:
    """Before, in and after the part; of a long line what is around it."""
    before, meant, after = line[:start], line[start:end], line[end:]
    if len(line) <= LONGEST:
        return before, meant, after
    if len(before) > BEFORE:
        before = DOTS + before[-BEFORE:]
    room = LONGEST - len(before)
    if len(meant) > room:
        return before, meant[:room] + DOTS, ""
    return before, meant, after if len(after) <= room - len(meant) else after[: room - len(meant)] + DOTS
