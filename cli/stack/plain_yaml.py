"""Plain data as YAML text, without the library: every text in quotes, so that nothing is read as something else."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

#: What JSON leaves as it is and YAML does not let stand in a text.
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
#: A key that needs no quotes; `on`, `no` and the like would be something else.
PLAIN_KEY = re.compile(r"(?!(?:true|false|yes|no|on|off|null|y|n)\b)[a-z][a-zA-Z0-9_-]*", re.IGNORECASE)


class Said(str):
    """A text that stands in the file as it is: a number with its unit, an alias, a comment's line."""

    __slots__ = ()


def dump(value: Any, depth: int = 0) -> str:
    """The lines of a mapping or a list of texts, numbers, true and false, in the order that they have.

    A key that begins with `#` is a comment, and its value is not looked at.
    """
    return "".join(f"{'  ' * depth}{line}\n" for line in _lines(value))


def scalar(value: Any) -> str:
    """One value on one line; an empty mapping or list, too."""
    if isinstance(value, Said):
        return value
    text = orjson.dumps(value).decode()
    if isinstance(value, str) and "\\" in text and value.isprintable():
        return "'" + value.replace("'", "''") + "'"  # an expression stays readable with its matchers
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _lines(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, one in value.items() for line in _pair(str(key), one)]
    return [line for one in value for line in _item(one)]


def _pair(key: str, value: Any) -> list[str]:
    if key.startswith("#"):
        return [key]
    name = key if PLAIN_KEY.fullmatch(key) else scalar(key)
    if _is_simple(value):
        return [f"{name}: {scalar(value)}"]
    return [f"{name}:", *(f"  {line}" for line in _lines(value))]


def _item(value: Any) -> list[str]:
    if _is_simple(value):
        return [f"- {scalar(value)}"]
    first, *rest = _lines(value)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _is_simple(value: Any) -> bool:
    return isinstance(value, str) or not isinstance(value, Mapping | Sequence) or not value
