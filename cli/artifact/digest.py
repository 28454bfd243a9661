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
#: Beyond it a float is no exact integer.
EXACT = 2**53
#: What may be a whole number with a point, or a text that ends like one.
PERHAPS_WHOLE = re.compile(rb"\.0[,\]}]")


def of(page: Mapping[str, Any], folder: str) -> str:
    """The digest of a page that belongs into the folder with this path of titles."""
    body = {key: value for key, value in page.items() if key not in SERVER_KEYS}
    body["tags"] = [tag for tag in page.get("tags") or () if not str(tag).startswith(OURS)]
    said = {"dashboard": body, "folder": folder}
    text = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    if PERHAPS_WHOLE.search(text):
        text = orjson.dumps(without_points(said), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()[:DIGITS]


def without_points(value: Any) -> Any:
    """The same value, whole numbers as integers."""
    if isinstance(value, dict):
        return {key: without_points(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without_points(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < EXACT else value
