"""An answer, read whole and unpacked, and never more of it than we take."""

import zlib
from http.client import HTTPException, HTTPResponse
from math import inf
from time import monotonic

from cli.grafana.no_answer import NoAnswer

#: Bytes that are waited for at once, where a clock is looked at.
PIECE = 2**16
#: zlib's word for what gzip writes.
GZIP = 31
#: Nobody says more often that an answer is to come.
HINTS = 20


class Answer(HTTPResponse):
    """One that nobody puts off for ever: the standard library waits for as many `100 Continue` as come."""

    _hints = 0

    def _read_status(self) -> tuple[str, int, str]:
        self._hints += 1
        if self._hints > HINTS:
            raise HTTPException("the answer is put off")
        found: tuple[str, int, str] = super()._read_status()  # type: ignore[misc] # not promised; gone, it does no harm
        return found


def whole(answer: HTTPResponse, largest: int, until: float = inf) -> bytes:
    """The body.

    Args:
        answer: of which only the head was read.
        largest: bytes that it may have, packed or not.
        until: when we wait no longer, of `monotonic`.

    Raises:
        NoAnswer: it ends early, is too large, comes drop by drop, or packed as nobody asked for.
        OSError, HTTPException: nothing comes, no more, or no HTTP.
    """
    if answer.length is not None and answer.length > largest:
        raise NoAnswer("large")
    text = _read(answer, largest + 1, until)
    if len(text) > largest:
        raise NoAnswer("large")
    if answer.length:  # so much is missing
        raise NoAnswer("cut")
    packing = answer.headers.get("Content-Encoding", "identity")
    if packing == "identity" or not text:
        return text
    if packing != "gzip":
        raise NoAnswer("cut")
    return _unpacked(text, largest)


def _read(answer: HTTPResponse, most: int, until: float) -> bytes:
    """So many bytes, or all that come."""
    if until == inf:
        return answer.read(most)
    pieces, left = list[bytes](), most
    while left and (piece := answer.read1(min(left, PIECE))):
        if monotonic() > until:
            raise NoAnswer("slow")
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _unpacked(text: bytes, largest: int) -> bytes:
    unpacker = zlib.decompressobj(GZIP)
    try:
        found = unpacker.decompress(text, largest + 1)
    except zlib.error as error:
        raise NoAnswer("cut") from error
    if len(found) > largest:
        raise NoAnswer("large")
    if not unpacker.eof:
        raise NoAnswer("cut")
    return found
