"""What `dash build` says of what it did, in words."""

# ruff: noqa: PTH118 - paths are strings: a Path each takes half of the time

import os

from cli.compile.build import Report


def text(report: Report, out: str, *, check: bool) -> str:
    """A line for each file that is not as it was, and the counts."""
    write, remove = ("would write", "would remove") if check else ("wrote", "removed")
    lines = [f"{write} {os.path.join(out, file)}" for file in report.written]
    lines += [f"{remove} {os.path.join(out, file)}" for file in report.removed]
    counts = {
        "to write" if check else "written": len(report.written),
        "to remove" if check else "removed": len(report.removed),
        "unchanged": report.unchanged,
        "stale": report.stale,
    }
    files = f"{_count(report.pages, 'page')}, {_count(report.rules, 'rule file')}"
    files += f", {_count(report.stack, 'stack file')}" if report.stack else ""
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return "\n".join([*lines, f"{files}: {said}"])


def _count(number: int, of: str) -> str:
    return f"{number} {of}{'' if number == 1 else 's'}"
