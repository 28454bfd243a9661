"""What can happen to a text: characters, lines, tokens and encodings that somebody lost, doubled or made up."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TypeAlias

from tests.lint.fuzz.junk import ENCODINGS, JUNK, REPEATED, TOKENS, WIDE

Mutation: TypeAlias = Callable[[bytes, Random], bytes]

TOKEN = re.compile(r"\w+|\s+|\"[^\"]*\"|[=!<>~]+|.", re.DOTALL)


def long(chance: Random) -> str:
    """A text that goes on and on, with something before and behind it that may keep a pattern searching."""
    before = chance.choice(
        (
            "",
            "x",
            "label_values(",
            "query_result(",
            "a offset",
            "a[",
            "{{",
            "{{/*",
            "sum by (",
            "up{",
            "dash: ignore",
            '"',
        )
    )
    behind = chance.choice(("", "x", "!", "]", ")", ", x", "}}", "$x", "because", '"', " =="))
    return before + chance.choice(REPEATED) * chance.choice((3_000, 15_000, 60_000)) + behind


def broken(text: bytes, chance: Random) -> bytes:
    """The text after one to four accidents."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4))):
        text = chance.choice(ACCIDENTS)(text, chance)
    return text


def broken_expr(expr: str, chance: Random) -> str:
    """PromQL with some tokens gone, doubled, changed places or from elsewhere; sometimes nested beyond all reason."""
    if chance.random() < 0.05:
        return chance.choice(WIDE)(chance.choice((2, 7, 30, 100, 300)))
    tokens = TOKEN.findall(expr) or [""]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(tokens))
        match chance.randrange(6):
            case 0:
                tokens[at] = ""
            case 1:
                tokens.insert(at, chance.choice(tokens))
            case 2:
                other = chance.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 3:
                tokens[at] = tokens[at] * chance.choice((2, 3, 50))
            case _:
                tokens.insert(at, chance.choice(TOKENS))
    return "".join(tokens)


def _flip(text: bytes, chance: Random) -> bytes:
    if not text:
        return b"\0"
    at = chance.randrange(len(text))
    return text[:at] + bytes([text[at] ^ 1 << chance.randrange(8)]) + text[at + 1 :]


def _cut(text: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.choice((1, 3, 20, 200, len(text))) :]


def _twice(text: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(text) + 1)
    end = start + chance.choice((1, 3, 20, 200))
    return text[:end] + text[start:end] * chance.choice((1, 1, 30)) + text[end:]


def _move(text: bytes, chance: Random) -> bytes:
    first, second, third = sorted(chance.randrange(len(text) + 1) for _ in range(3))
    return text[:first] + text[second:third] + text[first:second] + text[third:]


def _junk(text: bytes, chance: Random) -> bytes:
    said = chance.choice(JUNK)
    at = chance.randrange(len(text) + 1)
    end = at + chance.choice((0, 0, 1, 10))
    return text[:at] + (said.encode() if isinstance(said, str) else said) * chance.choice((1, 1, 1, 2, 40)) + text[end:]


def _nest(text: bytes, chance: Random) -> bytes:
    begin, end = chance.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"- ", b""), (b"(", b")"), (b"? ", b""), (b"&a ", b""))
    )
    many = chance.choice((3, 60, 300, 1100))
    at = chance.randrange(len(text) + 1)
    return text[:at] + begin * many + text[at : at + 9] + end * many + text[at + 9 :]


def _lines(text: bytes, chance: Random) -> bytes:
    lines = text.split(b"\n")
    at = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, chance.choice(lines))
        case 2:
            lines[at] = b" " * chance.randint(1, 4) + lines[at]
        case 3:
            lines[at] = lines[at].lstrip() if chance.random() < 0.5 else b"\t" + lines[at]
        case 4:
            return chance.choice((b"\r\n", b"\r", "\x85".encode(), "\u2028".encode(), b"\n\n")).join(lines)
        case _:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
    return b"\n".join(lines)


def _encoded(text: bytes, chance: Random) -> bytes:
    return text.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def _number(text: bytes, chance: Random) -> bytes:
    numbers = [*re.finditer(rb"\d+", text)]
    if not numbers:
        return text + b"0"
    at = chance.choice(numbers)
    new = chance.choice(
        (
            b"0",
            b"-1",
            b"1e999",
            b"9" * 25,
            b"9" * 400,
            b"9" * 4400,
            b"1e400",
            b"0.1e-400",
            b"NaN",
            b'""',
            b"null",
            b"1e5",
        )
    )
    return text[: at.start()] + new + text[at.end() :]


def _word(text: bytes, chance: Random) -> bytes:
    """A word where another stands: the keys of one thing get the values of another."""
    words = [*re.finditer(rb"[A-Za-z_]{2,}", text)]
    if not words:
        return text
    at, other = chance.choice(words), chance.choice(words)
    return text[: at.start()] + other[0] + text[at.end() :]


ACCIDENTS: tuple[Mutation, ...] = (
    _flip,
    _cut,
    _twice,
    _move,
    _junk,
    _junk,
    _nest,
    _lines,
    _encoded,
    _number,
    _word,
    _word,
)
