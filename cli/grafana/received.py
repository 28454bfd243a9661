"""An answer, taken piece by piece until it is whole, unpacked, and never more of it than we take."""

import zlib
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Protocol

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from cli.grafana.no_answer import NoAnswer

#: Bytes that are asked for at once; of most pages, all.
PIECE = 2**16
#: zlib's word for what gzip writes.
GZIP = 31
#: So many of what gzip writes may stand behind one another; each costs a look at all that follows.
MEMBERS = 100
#: Nobody says more often that an answer is to come, and nobody has more to say before it.
HINTS, HEADERS, AROUND = 20, 100, 2**16
#: Bytes that may come for each byte of the body: of a chunk with a single one there are six.
SHARE = 16
#: What is below is a hint that the answer is to come, which nobody asked for.
FINAL = 200


@dataclass(frozen=True, slots=True)
class Came:
    """What came back, all of it; the names of the headers are written like Retry-After, however they came."""

    status_code: int
    headers: dict[str, str]
    content: bytes


class Source(Protocol):
    """Where it comes from; a socket is one."""

    def recv(self, most: int, /) -> bytes:
        """So many bytes or fewer; none when nothing comes any more."""


class _Answer:
    """What was heard so far. What begins with `on_` is called by the parser, which knows HTTP/1."""

    def __init__(self, largest: int) -> None:
        self.status, self.headers = 0, dict[str, str]()
        self.pieces: list[bytes] = []
        #: All of it came; more of it came, or is to come, than we take; another question may follow it.
        self.is_whole = self.is_large = self.lets_go_on = False
        self._room, self._largest = largest, largest
        self._hints, self._lines, self._around, self._taken = HINTS, HEADERS, AROUND, 0
        self._parser = HttpResponseParser(self)

    def hears(self, piece: bytes) -> bool:
        """Whether it is an answer so far, and nothing besides."""
        try:
            self._parser.feed_data(piece)
        except (HttpParserError, HttpParserUpgrade):
            self.lets_go_on = False
            return self.is_whole
        # what is neither body nor known by its length is the head, or what stands between and behind chunks
        self._around -= len(piece) - self._taken * SHARE
        self._taken = 0
        return min(self._hints, self._lines, self._around) >= 0

    @property
    def ends_with_the_line(self) -> bool:
        """Nobody said where it ends."""
        return bool(self.status) and not self.headers.keys() & {"Content-Length", "Transfer-Encoding"}

    def on_message_begin(self) -> None:
        """Of what nobody asked for, also where only its first sign came."""
        self.lets_go_on = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """One line, of the answer or of a hint."""
        self._lines -= 1
        if not self.status:  # what comes behind the body belongs to the way it came
            self.headers[name.decode("latin-1").title()] = value.decode("latin-1").strip()

    def on_headers_complete(self) -> None:
        """What follows is the body, or after a hint another head."""
        if self.is_whole:
            return
        status = self._parser.get_status_code()
        if status < FINAL:
            self._hints -= 1
            self.headers.clear()
        else:
            self.status = status
            self.is_large = int(self.headers.get("Content-Length", 0)) > self._largest

    def on_body(self, piece: bytes) -> None:
        """A part of it."""
        if not self.is_whole:
            self._taken += len(piece)
            self._room -= len(piece)
            self.is_large = self.is_large or self._room < 0
            self.pieces.append(piece)

    def on_message_complete(self) -> None:
        """All of it; or of what nobody asked for, after it."""
        self.lets_go_on = bool(self.status) and not self.is_whole and self._parser.should_keep_alive()
        self.is_whole = self.is_whole or bool(self.status)


def received(line: Source, largest: int, until: float = inf) -> tuple[Came, bool]:
    """One answer, and whether another question may follow it.

    Args:
        line: nothing of it was taken yet.
        largest: bytes that the body may have, packed or not.
        until: when we wait no longer, of `monotonic`.

    Raises:
        NoAnswer: it ends early, is too large, comes drop by drop, is no HTTP, or packed as nobody asked for.
        OSError: nothing comes, or no more.
    """
    heard = _Answer(largest)
    while not heard.is_whole:
        piece = line.recv(PIECE)
        if not piece and heard.ends_with_the_line:
            break
        if not piece or not heard.hears(piece):
            raise NoAnswer("cut")
        if heard.is_large:
            raise NoAnswer("large")
        if monotonic() > until:
            raise NoAnswer("slow")
    text, packing = b"".join(heard.pieces), heard.headers.get("Content-Encoding", "identity")
    if packing == "gzip" and text:
        text = _unpacked(text, largest)
    elif packing != "identity" and text:
        raise NoAnswer("cut")
    return Came(heard.status, heard.headers, text), heard.lets_go_on


def _unpacked(text: bytes, largest: int) -> bytes:
    """What was packed, in one piece or, as some proxies do, in a few."""
    found, rest = b"", text
    for _ in range(MEMBERS):
        unpacker = zlib.decompressobj(GZIP)
        try:
            found += unpacker.decompress(rest, largest + 1 - len(found))
        except zlib.error as error:
            raise NoAnswer("cut") from error
        if len(found) > largest:
            raise NoAnswer("large")
        rest = unpacker.unused_data
        if not unpacker.eof or not rest:
            break
    if not unpacker.eof or rest:
        raise NoAnswer("cut")
    return found
