"""An answer as JSON for a script, which a person may well look at in a terminal."""

from typing import Any

import orjson


def written(said: Any) -> str:
    r"""The text: what a terminal would obey, or nobody could see, is spelled out as `\u202e`."""
    text = orjson.dumps(said, option=orjson.OPT_INDENT_2).decode()
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else _spelled(sign) for sign in text)


def _spelled(sign: str) -> str:
    units = sign.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
