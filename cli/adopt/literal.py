"""A text as Python's source, as ruff would format it: a line for each line of it where it does not fit into one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cli.lint.report.printable import columns

WIDEST = 120
STEP = "    "
#: A word and the blanks behind it.
WORD = re.compile(r"\S*\s*")
#: What a line of source cannot hold as it is.
ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def literal(text: str) -> str:
    """The text in quotes, on one line."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + _escaped(text).replace(quote, "\\" + quote) + quote


def argument(name: str, value: str | Mapping[str, str], depth: int) -> Iterator[str]:
    """`name=value,` at a depth of indentation, on as many lines as it takes."""
    yield from _said(f"{name}=", value, depth)


def _said(begin: str, value: str | Mapping[str, str], depth: int) -> Iterator[str]:
    indent = STEP * depth
    line = f"{indent}{begin}{_flat(value)},"
    if columns(line) <= WIDEST:
        yield line
    elif isinstance(value, str):
        pieces = [*_pieces(value, WIDEST - len(indent) - len(STEP) - 2)]
        if len(pieces) == 1:
            yield line
            return
        yield f"{indent}{begin}("
        yield from (f"{indent}{STEP}{literal(piece)}" for piece in pieces)
        yield f"{indent}),"
    else:
        yield f"{indent}{begin}{{"
        for name, text in value.items():
            yield from _said(f"{literal(name)}: ", text, depth + 1)
        yield f"{indent}}},"


def _flat(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return literal(value)
    return "{" + ", ".join(f"{literal(name)}: {literal(text)}" for name, text in value.items()) + "}"


def _pieces(text: str, room: int) -> Iterator[str]:
    """The text's lines, and of those that are too long so many words as fit."""
    for line in text.splitlines(keepends=True):
        piece, width = "", 0
        for word in WORD.findall(line):
            wide = columns(_escaped(word)) + word.count('"')  # a quote may need an escape
            if piece and width + wide > room:
                yield piece
                piece, width = "", 0
            piece, width = piece + word, width + wide
        if piece:
            yield piece


def _escaped(text: str) -> str:
    """What stands between the quotes, but for these themselves."""
    text = text.translate(ESCAPES)
    return text if text.isprintable() else "".join(map(_sign, text))


def _sign(sign: str) -> str:
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode()
