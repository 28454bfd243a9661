"""A comparison of catalogs with what is exported, as text, as JSON, and as Markdown for a comment."""

from __future__ import annotations

from typing import Any

from cli.lint.report.printable import printable
from queries.catalogs.difference import Compared, Difference

VERSION = 1
#: A comment that nobody reads to its end; forges refuse one of more than some 65,000 signs.
MOST_ROWS = 200
MARKED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>|~"})


def text(name: str, said: Compared) -> str:
    """For a person: each difference on a line of its own, below it what to do, and a line that counts."""
    lines = [line for one in said.differences for line in _lines(one)]
    return "\n".join([*lines, f"{printable(name)}: {_counted(said)}"])


def machine(name: str, said: Compared) -> dict[str, Any]:
    """`{"type": "catalog-diff", "version": 1, "source": ..., "differences": [...], "counts": {...}}`."""
    return {
        "type": "catalog-diff",
        "version": VERSION,
        "source": name,
        "differences": [_difference(one) for one in said.differences],
        "unseen": list(said.unseen),
        "aside": dict(said.aside),
        "counts": {"metrics": said.metrics, "differences": len(said.differences), **said.counts},
    }


def markdown(name: str, said: Compared) -> str:
    """For a comment at a merge request: a table, or one line."""
    head = f"**`dash catalog diff`** {_marked(name)}: {_counted(said)}"
    if not said.differences:
        return head
    rows = [
        f"| {one.kind} | {_code(one.metric)} | {_marked(one.job)} | {_marked(_sentence(one))} |"
        for one in said.differences[:MOST_ROWS]
    ]
    more = len(said.differences) - MOST_ROWS
    rest = ["", f"and {more} more"] if more > 0 else []
    return "\n".join([head, "", "| | metric | job | |", "|---|---|---|---|", *rows, *rest])


def _lines(one: Difference) -> list[str]:
    whose = " ".join(filter(None, (f"{one.job}:" if one.job else "", one.metric)))
    first = printable(f"{one.kind:<7}  {whose} {one.what}")
    return [first, f"  try: {printable(one.hint)}"] if one.hint else [first]


def _counted(said: Compared) -> str:
    compared = f"{said.metrics} metrics compared"
    if not said.differences:
        return f"{compared}, no difference"
    kinds = ", ".join(f"{count} {kind}" for kind, count in said.counts.items())
    number = len(said.differences)
    return f"{compared}, {number} difference{'s' * (number > 1)} ({kinds})"


def _difference(one: Difference) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": one.kind, "metric": one.metric, "job": one.job, "message": one.what}
    said |= {"declared": list(one.declared), "exported": list(one.exported)}
    return said | ({"hint": one.hint} if one.hint else {})


def _sentence(one: Difference) -> str:
    return f"{one.what} ({one.hint})" if one.hint else one.what


def _code(name: str) -> str:
    """A name in the letters of code, as long as it is no sentence of Markdown's."""
    return (
        f"`{name}`" if name and name.isascii() and name.replace("_", "").replace(":", "").isalnum() else _marked(name)
    )


def _marked(said: str) -> str:
    """As it stands: nobody's label writes a link, a person's name or a table into a comment."""
    return printable(said).translate(MARKED).replace("@", "@\u200b")
