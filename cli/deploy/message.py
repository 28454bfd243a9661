"""What a push writes into Grafana's history, and reads there again: `dash <digest>: <text>`, for good."""

import re

from cli.artifact.digest import DIGITS
from cli.grafana.shown import shown

#: Grafana 11.5 and later refuse a longer one; whether it counts letters or bytes is not written, so both hold.
LONGEST = 500
OURS = re.compile(rf"dash ([0-9a-f]{{{DIGITS}}})(?:: .*)?")


def compose(digest: str, text: str) -> str:
    """The message of one save; the text is why, in a person's words, and may be empty."""
    words = shown(text, LONGEST)
    if not words:
        return f"dash {digest}"
    return f"dash {digest}: {words}".encode()[:LONGEST].decode(errors="ignore").rstrip()


def digest_in(message: str) -> str:
    """The digest that a push wrote; empty when it was not a push."""
    found = OURS.fullmatch(message)
    return found[1] if found else ""
