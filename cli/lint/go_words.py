"""One action of a Go template, what stands between `{{` and `}}`, cut into its words."""

from __future__ import annotations

import re
from typing import NamedTuple

#: One token of an action; the order decides.
TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<string>"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`|'(?:[^'\\\n]|\\.[^'\n]*)')
    |(?P<number>[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*+(?:\.[\d_]*+)?|\.\d[\d_]*+)(?:[eE][+-]?\d+)?)i?(?!\w))
    |(?P<field>\.(?!\d)\w+)|(?P<dot>\.(?!\d))|(?P<variable>\$\w*)|(?P<word>\w+)
    |(?P<assign>:?=)|(?P<pipe>\|)|(?P<comma>,)|(?P<open>\()|(?P<close>\))""",
    re.VERBOSE,
)
#: What may stand directly behind a name, a field or a variable.
BEHIND = re.compile(r"[\s.,|:()]|\}\}")
#: Nobody writes more by hand, and a reader goes down one step for each.
DEEPEST = 100
BEGINS = re.compile(r"\{\{(?:-\s)?")
ENDS = re.compile(r"\s+-\}\}|\}\}")


class NotATemplate(ValueError):
    """A text that does not parse.

    Attributes:
        why: in Go's words where they are plain.
        at: the character at which reading stopped.
        name: the function or variable that nobody defines; empty for another reason.
    """

    def __init__(self, why: str, at: int, name: str = "") -> None:
        super().__init__(why)
        self.why, self.at, self.name = why, at, name


class Token(NamedTuple):
    """A word of an action: its kind, its text, where it stands."""

    kind: str
    text: str
    at: int


def words(text: str, start: int) -> tuple[list[Token], int]:
    """The words of the action that begins there, blanks among them, and where it ends."""
    begun = BEGINS.match(text, start)
    at = begun.end() if begun else start
    tokens: list[Token] = []
    depth = 0
    while True:
        closing = ENDS.match(text, at)
        if closing:
            if depth:
                raise NotATemplate("unclosed left paren", at)
            return tokens, closing.end()
        if at >= len(text):
            raise NotATemplate("unclosed action: no }} follows", start)
        found = TOKEN.match(text, at)
        if found is None:
            raise NotATemplate(_unreadable(text, at), at)
        kind, said = found.lastgroup or "", found.group()
        at = found.end()
        if kind in ("field", "variable", "word") and at < len(text) and not BEHIND.match(text, at):
            raise NotATemplate(f"unexpected {text[at]!r} after {said}", at)
        depth += (kind == "open") - (kind == "close")
        if depth > DEEPEST:
            raise NotATemplate(f"more than {DEEPEST} parentheses in each other", at)
        if depth < 0:
            raise NotATemplate("unexpected right paren", found.start())
        tokens.append(Token(kind, said, found.start()))


def _unreadable(text: str, at: int) -> str:
    if text[at] in '"`':
        return "unterminated quoted string"
    if text[at] == "'":
        return "a text wants double quotes"
    return f"unexpected {text[at]!r} in an action"
