"""`avg(x) offset 7d`, which Prometheus refuses, as `avg(x offset 7d)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cli.lint.finding import Change
from queries.expr import Expr, Select, Subquery, Window, children
from queries.parse import NotPromQL, parse
from queries.position import Path, Spans
from queries.template import STRING

#: An offset behind a closing parenthesis, and what stands before the one that opens.
MISPLACED = re.compile(
    r"\)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?(?P<offset>\boffset\s+(?:-\s*)?(?:\$\w+|\$\{\w+\}|[\dsmhdwy]+))",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(?:\b[a-z_]\w*\s*(?:(?:by|without)\s*\([^()]*\)\s*)?)?$", re.IGNORECASE)
#: How many are moved; a text with more is no person's.
MOST = 20


def moved(text: str) -> Change | None:
    """Every misplaced offset moved into the selectors before it; None where it is not certain what was meant."""
    now, first, behind = text, len(text), 0
    for _ in range(MOST):
        found = MISPLACED.search(_masked(now))
        if found is None:
            break
        inner = _inside(now, found)
        if inner is None:
            return None
        start, new = inner
        first, behind = min(first, start), len(now) - found.end()
        now = now[:start] + new + now[found.end() :]
    try:
        parse(now)
    except NotPromQL:
        return None
    return Change(first, len(text) - behind, now[first : len(now) - behind]) if now != text else None


def _masked(text: str) -> str:
    """The text with its strings and comments made harmless, of the same length."""
    return "".join("_" * len(part) if odd % 2 else part for odd, part in enumerate(STRING.split(text)))


def _inside(text: str, found: re.Match[str]) -> tuple[int, str] | None:
    """Where the operand of the offset begins, and the operand with the offset in each of its selectors."""
    masked, depth, start = found.string, 0, found.start()
    while start >= 0:
        depth += (masked[start] == ")") - (masked[start] == "(")
        if depth == 0:
            break
        start -= 1
    before = BEFORE.search(masked, 0, max(start, 0))
    if start < 0 or before is None:
        return None
    start = before.start()
    operand = text[start : found.start("offset")].rstrip()
    try:
        tree = parse(operand)
        places = sorted(_places(Spans(operand, tree), tree, ()), reverse=True)
    except (NotPromQL, _Ambiguous):
        return None
    for place in places:
        operand = f"{operand[:place]} {found['offset'].strip()}{operand[place:]}"
    return (start, operand) if places else None


class _Ambiguous(Exception):
    """There is a time in it already."""


def _places(spans: Spans, expr: Expr, path: Path) -> Iterator[int]:
    """Where an offset belongs: behind each selector, with its window if it has one."""
    match expr:
        case Select(offset="", at="") | Window(of=Select(offset="", at="")):
            yield spans.at(path).end
        case Select() | Window() | Subquery():
            raise _Ambiguous
        case _:
            for index, child in enumerate(children(expr)):
                yield from _places(spans, child, (*path, index))
