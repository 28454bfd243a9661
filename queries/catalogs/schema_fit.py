"""Whether a value fits our own schema, quickly: jsonschema takes longer to load than a hundred catalogs to read.

It knows the words that our schema uses, says yes or no, and leaves the why to jsonschema. That the two always agree is
a law of the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Schema = Mapping[str, Any]

TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
#: What says nothing of a value.
SAYS_NOTHING = frozenset({"$schema", "$defs", "title", "description"})


def fits(value: Any, schema: Schema, root: Schema) -> bool:
    """Whether a value is what the schema wants.

    Args:
        value: what was read.
        schema: the part of the schema that is about it.
        root: the whole schema, which has the definitions.
    """
    return all(word in SAYS_NOTHING or WORDS[word](value, said, schema, root) for word, said in schema.items())


def _ref(value: Any, said: str, _: Schema, root: Schema) -> bool:
    return fits(value, root["$defs"][said.rpartition("/")[2]], root)


def _type(value: Any, said: Any, _: Schema, __: Schema) -> bool:
    return TYPES[said](value) if isinstance(said, str) else any(TYPES[one](value) for one in said)


def _enum(value: Any, said: list[Any], _: Schema, __: Schema) -> bool:
    return any(value == one and type(value) is type(one) for one in said)


def _least(value: Any, said: int, _: Schema, __: Schema) -> bool:
    return not isinstance(value, str) or len(value) >= said


def _most(value: Any, said: int, _: Schema, __: Schema) -> bool:
    return not isinstance(value, str) or len(value) <= said


def _pattern(value: Any, said: str, _: Schema, __: Schema) -> bool:
    return not isinstance(value, str) or re.search(said, value) is not None


def _above(value: Any, said: float, _: Schema, __: Schema) -> bool:
    # what is no number is not below it either
    return not TYPES["number"](value) or not value <= said


def _required(value: Any, said: list[str], _: Schema, __: Schema) -> bool:
    return not isinstance(value, dict) or all(one in value for one in said)


def _properties(value: Any, said: Schema, _: Schema, root: Schema) -> bool:
    return not isinstance(value, dict) or all(fits(one, said[key], root) for key, one in value.items() if key in said)


def _others(value: Any, said: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(value, dict):
        return True
    others = [one for key, one in value.items() if key not in schema.get("properties", ())]
    return not others if said is False else all(fits(one, said, root) for one in others)


def _names(value: Any, said: Schema, _: Schema, root: Schema) -> bool:
    return not isinstance(value, dict) or all(fits(key, said, root) for key in value)


def _items(value: Any, said: Schema, _: Schema, root: Schema) -> bool:
    return not isinstance(value, list) or all(fits(one, said, root) for one in value)


WORDS: Mapping[str, Callable[[Any, Any, Schema, Schema], bool]] = {
    "$ref": _ref,
    "type": _type,
    "enum": _enum,
    "minLength": _least,
    "maxLength": _most,
    "pattern": _pattern,
    "exclusiveMinimum": _above,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _others,
    "propertyNames": _names,
    "items": _items,
}
