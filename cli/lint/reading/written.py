"""A string as a file writes it: which character of the file is which of the string."""

from __future__ import annotations

from typing import NamedTuple

#: How many characters an escape takes: `\u00e9`; any other takes two.
ESCAPES = {"x": 4, "u": 6, "U": 10}
#: YAML also breaks lines at the last three.
BLANKS = frozenset(" \t\r\n\x85\u2028\u2029")
#: The escapes of half a character, of which two stand for one.
HIGH = ("\\ud8", "\\ud9", "\\uda", "\\udb")
LOW = ("\\udc", "\\udd", "\\ude", "\\udf")


class Written(NamedTuple):
    """A string that stands in a text.

    Attributes:
        text: the file.
        start: of the string in it, with its quotes.
        end: one behind it.
        style: a quote, YAML's "|" or ">", or "" for a plain one.
        value: the string.
    """

    text: str
    start: int
    end: int
    style: str
    value: str

    def place(self, offset: int) -> int | None:
        """Where in the text a character of the string stands; None where that cannot be told."""
        if not 0 <= offset <= len(self.value):
            return None
        at, end = self._inside()
        if end - at == len(self.value) and (self.style == '"' or self.text.startswith(self.value, at)):
            return at + offset
        if self.style == '"' and self.text.find("\n", at, end) < 0:
            return self._escaped(at, end, offset)
        return self._aligned(at, end, offset)

    def _inside(self) -> tuple[int, int]:
        """The string without its quotes, or without the line of its sign."""
        if self.style in ("|", ">"):
            line = self.text.find("\n", self.start, self.end)
            return (self.end if line < 0 else line + 1), self.end
        return (self.start + 1, self.end - 1) if self.style else (self.start, self.end)

    def _escaped(self, at: int, end: int, offset: int) -> int | None:
        """On one line only escapes are written otherwise: from one to the next everything stands in its place."""
        index = 0
        while True:
            escape = self.text.find("\\", at, end)
            plain = (end if escape < 0 else escape) - at
            if offset <= index + plain:
                return at + offset - index
            if escape < 0:
                return None
            at, index = escape + _escape(self.text, escape), index + plain + 1

    def _aligned(self, at: int, end: int, offset: int) -> int | None:
        """Both read side by side: blanks that only the file has are its indentation and its line breaks."""
        text, style, value = self.text, self.style, self.value
        index = 0
        while at < end:
            char = text[at]
            width = 1
            if style == '"' and char == "\\":
                width = _escape(text, at)
                if not width:
                    at += 2  # a line that is broken, and the indentation of the next: they stand for nothing
                    while text[at] in BLANKS:
                        at += 1
                    continue
            elif style == "'" and text.startswith("''", at):
                width = 2
            elif char in BLANKS:
                if index == len(value) or value[index] not in BLANKS:
                    at += 1
                    continue
            elif index == len(value) or value[index] != char:
                return None
            if index == offset:
                return at
            index += 1
            at += width
        return end if index == offset else None


def _escape(text: str, at: int) -> int:
    """How many characters an escape takes; none for one that stands for no character."""
    kind = text[at + 1 : at + 2]
    if kind in ("\n", "\r"):
        return 0
    is_pair = text[at : at + 4].lower() in HIGH and text[at + 6 : at + 10].lower() in LOW
    return 12 if is_pair else ESCAPES.get(kind, 2)
