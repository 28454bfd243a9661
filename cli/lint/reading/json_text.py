"""JSON: its value, and where in the text a member of it stands, looked for only when somebody asks."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from cli.lint.reading.document import Node, Placed
from cli.lint.reading.source import Source
from cli.lint.reading.stops import Stops
from cli.lint.spot import Path

BLANK = re.compile(r"[ \t\r\n]*")
#: What stands before a member of an object, and before one of an array.
KEY = re.compile(r'[ \t\r\n,]*("(?:[^"\\]|\\.)*")[ \t\r\n]*:[ \t\r\n]*', re.DOTALL)
NEXT = re.compile(r"[ \t\r\n,]*(?![ \t\r\n,\]])")
#: An escape; where it is half a character, which nobody can write to a file, it is named.
ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>u[dD][89a-fA-F]..)|.)", re.DOTALL)
#: A dashboard of 10 MB has some 70,000; a file of a million empty panels would be judged for minutes.
MOST_OBJECTS = 100_000
#: What the reader says, and what it means to a person.
PLAIN = {
    "Input is a zero-length, empty document": "there is nothing in it",
    "depth limit exceeded": "it is nested too deeply to be read",
}


def parsed(source: Source) -> JsonDocument:
    """The document; Stops where the text is no JSON."""
    raw = source.raw
    if raw.count(b"{") > MOST_OBJECTS:
        raise Stops(f"it holds more than {MOST_OBJECTS:,} objects: that is no dashboard that anybody could look at")
    try:
        return JsonDocument(source, orjson.loads(raw))
    except orjson.JSONDecodeError as error:
        failed = error
    if b"\\u" in raw:
        try:
            # Grafana reads half a character as U+FFFD; every character stays in its place
            return JsonDocument(source, orjson.loads(ESCAPE.sub(_mended, raw)))
        except orjson.JSONDecodeError as error:
            failed = error
    line, column = source.position(min(failed.pos, len(source.text)))
    raise Stops(f"this is no JSON: {PLAIN.get(failed.msg, failed.msg)}", line, column) from failed


def _mended(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape["half"] else escape[0]


class _Level:
    """The members of one object or array that were found yet.

    Attributes:
        starts: of each member's value; `names` of its key, in an object.
        last: the start of the last of them, which nobody has skipped yet; -1 for none.
        at: where the search goes on.
        is_object: whether it is an object.
    """

    __slots__ = ("at", "is_object", "last", "names", "starts")

    def __init__(self, at: int, *, is_object: bool) -> None:
        self.starts: dict[str | int, int] = {}
        self.names: dict[str | int, int] = {}
        self.last, self.at, self.is_object = -1, at, is_object


class JsonDocument(Placed):
    """JSON; the text is only walked as far as the members that somebody asks for, with the speed of `json`."""

    __slots__ = ("_begin", "_decode", "_levels")

    def __init__(self, source: Source, value: Any) -> None:
        super().__init__(source, value)
        self._levels: dict[int, _Level] = {}
        before = BLANK.match(source.text)
        self._begin = before.end() if before else 0
        # numbers stay texts: only the ends of values matter, and a number may be too long to be one
        self._decode = json.JSONDecoder(parse_float=str, parse_int=str, strict=False).raw_decode

    @property
    def is_json(self) -> bool:
        """It is."""
        return True

    def forget(self) -> None:
        """Keeps no longer where members stand."""
        self._levels.clear()

    def node(self, path: Path) -> Node | None:
        """Where the value at a path stands; None where it is not there."""
        start, is_there = self._walk(path)
        if not is_there:
            return None
        text = self.source.text
        try:
            return Node(start, self._decode(text, start)[1], '"' if text[start] == '"' else "")
        except (ValueError, RecursionError):
            return None  # nested more deeply than `json` reads

    def start(self, path: Path) -> int:
        """Where the value at a path begins."""
        return self._walk(path)[0]

    def named(self, path: Path) -> int:
        """Where the key of the member at a path begins; where its value does, if it has no key."""
        start, is_there = self._walk(path)
        level = self._levels.get(self._walk(path[:-1])[0]) if is_there and path else None
        return level.names.get(path[-1], start) if level is not None else start

    def _walk(self, path: Path) -> tuple[int, bool]:
        """Where the value at a path, or its nearest ancestor, begins, and whether it is the one that was asked for."""
        start = self._begin
        try:
            for step in path:
                found = self._member(start, step)
                if found is None:
                    return start, False
                start = found
        except (ValueError, IndexError, RecursionError):
            return start, False  # as above
        return start, True

    def _member(self, start: int, wanted: str | int) -> int | None:
        """Where a member of the object or array at `start` begins."""
        is_object = type(wanted) is str
        level = self._levels.get(start)
        if level is None:
            if self.source.text[start] != ("{" if is_object else "["):
                return None
            level = self._levels[start] = _Level(start + 1, is_object=is_object)
        if level.is_object is not is_object:
            return None
        starts = level.starts
        found = starts.get(wanted)
        while found is None:
            if not self._next(level):
                return None
            found = starts.get(wanted)
        return found

    def _next(self, level: _Level) -> bool:
        """Finds one member more; whether there is one."""
        text, last = self.source.text, level.last
        if last >= 0:
            level.at = self._end(last) if last in self._levels else self._decode(text, last)[1]
            level.last = -1
        if not level.is_object:
            before = NEXT.match(text, level.at)
            if before is None:
                return False
            level.starts[len(level.starts)] = level.last = before.end()
            return True
        before = KEY.match(text, level.at)
        if before is None:
            return False
        said = before[1]
        key = self._decode(said)[0] if "\\" in said else said[1:-1]
        level.last = before.end()
        # of two members of one name the first, whoever asked for what before
        level.names.setdefault(key, before.start(1))
        level.starts.setdefault(key, level.last)
        return True

    def _end(self, start: int) -> int:
        """One behind a value of which members are known: only the rest is read."""
        level = self._levels[start]
        while self._next(level):
            pass
        return self.source.text.index("}" if level.is_object else "]", level.at) + 1
