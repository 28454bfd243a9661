"""The name of a page's content: what a push writes into Grafana's history, and for good.

A digest is the first 32 hexadecimal digits of the SHA-256 of `{"dashboard": page, "folder": path}` as JSON with sorted
keys, no blanks, and whole numbers without `.0`. The page is without what a server adds (`id`, `version`) and without
our own tag, so that a page read back from a Grafana has the digest that it was pushed with; a Grafana on unified
storage (13 and later) gives `1.0` back as `1`.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import orjson

#: 128 bits: two pages of one digest will not meet, and the message stays short enough to read.
DIGITS = 32
OURS = "dash:"
SERVER_KEYS = ("id", "version")
WHOLE = re.compile(rb"\.0(?<=\d\.0)(?=[,\]}])")


def of(page: Mapping[str, Any], folder: str) -> str:
    """The digest of a page that belongs into the folder with this path of titles."""
    body = {key: value for key, value in page.items() if key not in SERVER_KEYS}
    body["tags"] = [tag for tag in page.get("tags") or () if not str(tag).startswith(OURS)]
    text = orjson.dumps({"dashboard": body, "folder": folder}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(WHOLE.sub(b"", text)).hexdigest()[:DIGITS]
