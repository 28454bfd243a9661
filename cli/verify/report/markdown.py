"""A result as Markdown: a comment to a merge request."""

from __future__ import annotations

from cli.lint.report.printable import printable
from cli.verify.report.where import counted, reason, where
from cli.verify.verdict import Result, Status

#: A comment has an end: GitHub's is at 65,536 characters.
MOST = 100
LONGEST = 300


def markdown(result: Result) -> str:
    """A line that counts, and a table of what is not ok."""
    wrong = [one for one in result.verdicts if one.status is not Status.OK or one.notes]
    lines = [f"**dash verify**: {counted(result)}"]
    if wrong:
        lines += ["", "| status | query | why | expression |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {one.status} | {_cell(where(one))} | {_cell(reason(one))} | {_code(one.expr)} |" for one in wrong[:MOST]
        ]
    if len(wrong) > MOST:
        lines += ["", f"and {len(wrong) - MOST} more"]
    return "\n".join(lines)


def _short(text: str) -> str:
    line = printable(" ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}..."


def _cell(text: str) -> str:
    """Text in a cell, in which nothing is a sign of Markdown's or HTML's."""
    text = _short(text).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{sign}" if sign in "\\|*_`[]~@#" else sign for sign in text)


def _code(text: str) -> str:
    """Between as many backticks as it has none of; a bar would end the cell."""
    text = _short(text).replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"
