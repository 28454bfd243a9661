"""A fix as an edit of the file: the characters that change and no others, so that formatting and comments stay."""

from __future__ import annotations

import json
from collections.abc import Iterable

from cli.lint.finding import Change, Edit
from cli.lint.spot import Spot

#: What ends a plain scalar of YAML, or makes another value of it.
ENDS_PLAIN = (": ", " #", "\n")


def edit(spot: Spot, change: Change) -> Edit | None:
    """What the change is in the file; None where it cannot be told, or where the file would say something else."""
    if change.path:
        return _member(spot, change)
    return _text(spot, change)


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Each once, in the order of the file; of two that overlap the later one waits until the first is made."""
    done: list[Edit] = []
    for one in sorted(edits, key=lambda one: one[:3]):
        if not done or (one.start >= done[-1].end and one[:3] != done[-1][:3]):
            done.append(one)
    return done


def fixed(text: str, edits: Iterable[Edit]) -> str:
    """The file with the edits made."""
    for one in reversed(apart(edits)):
        text = text[: one.start] + one.new + text[one.end :]
    return text


def _text(spot: Spot, change: Change) -> Edit | None:
    """A piece of an expression, written as the string around it is."""
    document = spot.document
    start = document.offset_in(spot.path, change.start)
    end = document.offset_in(spot.path, change.end)
    if start is None or end is None:
        return None
    new = _escaped(change.new, document.style(spot.path))
    return None if new is None else Edit(start, end, new, spot, change)


def _escaped(new: str, style: str) -> str | None:
    if style == '"':
        return json.dumps(new, ensure_ascii=False)[1:-1]
    if style == "'":
        return new.replace("'", "''")
    if style in ("|", ">"):
        return None if "\n" in new else new
    return None if any(one in new for one in ENDS_PLAIN) else new


def _member(spot: Spot, change: Change) -> Edit | None:
    """A member that gets another value, or that is added as the first of its object. Only JSON has such fixes."""
    document, path = spot.document, spot.path + change.path
    if not document.is_json:
        return None
    written = json.dumps(change.value, ensure_ascii=False)
    there = document.span(path)
    if there is not None:
        return Edit(*there, written, spot, change)
    around = document.span(path[:-1])
    if around is None or document.text[around[0]] != "{":
        return None
    inside = document.text[around[0] + 1 : around[1] - 1]
    member = f"{json.dumps(path[-1])}: {written}"
    if not inside.strip():
        return Edit(around[0], around[1], f"{{{member}}}", spot, change)
    blank = inside[: len(inside) - len(inside.lstrip())]
    return Edit(around[0] + 1, around[0] + 1, f"{blank}{member},{'' if blank else ' '}", spot, change)
