"""What a push writes into Grafana's history, and reads there again, for good: `dash <digest> keeps 3..4: text`.

`keeps 3..4` is there when the push left edits by hand in the page: those that lie between these two versions.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cli.artifact.digest import DIGITS
from cli.grafana.shown import shown

#: Grafana 11.5 and later refuse a longer one; whether it counts letters or bytes is not written, so both hold.
LONGEST = 500
OURS = re.compile(
    rf"dash ([0-9a-f]{{{DIGITS}}})(?: keeps (\d{{1,9}}\.\.\d{{1,9}}(?:,\d{{1,9}}\.\.\d{{1,9}})*))?(?:: (.*))?"
)

#: What we write when a save of ours had overwritten somebody's: theirs again, and ours as if it had never been.
PUT_BACK = re.compile(r"dash puts back version \d{1,9}, which its version (\d{1,9}) had overwritten")


class Span(NamedTuple):
    """Two versions of a page, between which somebody edited it by hand."""

    base: int
    live: int


def compose(digest: str, text: str, kept: Sequence[Span] = ()) -> str:
    """The message of one save; the text is why, in a person's words, and may be empty."""
    ours = f"dash {digest}"
    if kept:
        ours += f" keeps {','.join(f'{base}..{live}' for base, live in kept)}"
    words = shown(text, LONGEST)
    if not words:
        return ours
    return f"{ours}: {words}".encode()[:LONGEST].decode(errors="ignore").rstrip()


def digest_in(message: str) -> str:
    """The digest that a push wrote; empty when it was not a push."""
    found = OURS.fullmatch(message)
    return found[1] if found else ""


def text_in(message: str) -> str:
    """Why it was pushed, in a person's words; empty where nobody said it."""
    found = OURS.fullmatch(message)
    return (found[3] or "") if found else ""


def kept_in(message: str) -> tuple[Span, ...]:
    """Where the edits by hand are that this push left in the page."""
    found = OURS.fullmatch(message)
    spans = found[2].split(",") if found and found[2] else ()
    return tuple(Span(*map(int, span.split(".."))) for span in spans)


def putting_back(theirs: int, ours: int) -> str:
    """The message of a save that puts back a version which our version had overwritten."""
    return f"dash puts back version {theirs}, which its version {ours} had overwritten"


def overwritten_in(message: str) -> int:
    """Our version that such a message takes back; 0 in any other."""
    found = PUT_BACK.fullmatch(message)
    return int(found[1]) if found else 0
