"""A page as the bytes of a file: what a build writes, a pull repeats, and a push compares first. For good."""

from collections.abc import Mapping
from typing import Any

import orjson

OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


def of(page: Mapping[str, Any]) -> bytes:
    """The bytes of the page's file; TypeError for what no file of ours can hold, as too many levels."""
    return orjson.dumps(page, option=OPTIONS)
