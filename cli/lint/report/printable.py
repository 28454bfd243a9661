"""What somebody's file says, made safe: no control characters, no terminal escapes, nothing that cannot be encoded."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""One line in which whatever has no shape of its own is spelled out: `\x1b[31m`, `\n`, `\u202e`."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else _spelled(sign) for sign in text)


def encodable(text: str) -> str:
    """The same without halves of signs, which a file's name or text may hold and UTF-8 may not."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def columns(text: str) -> int:
    """How wide a terminal draws it."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - most PromQL is ASCII

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _spelled(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
