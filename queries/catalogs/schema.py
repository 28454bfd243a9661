"""A catalog's text against its schema: every fault where it stands, in words that name the cure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import orjson

from queries.catalogs.not_a_catalog import Problem
from queries.catalogs.yaml_members import Member, Path
from queries.source import did_you_mean

#: The members that are numbers, and those that are flags; all others are texts, so that a version 1.10 stays one.
NUMBERS = frozenset({"buckets", "expected_max", "low", "high", "scrape_interval"})
FLAGS = frozenset({"shared", "native", "open"})
WORDS: Mapping[str, bool] = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
#: How deep they stand: metrics, buckets; what stands deeper is a label of somebody's.
DEEPEST = 2
TYPES = {
    "array": "a list",
    "object": "a mapping",
    "string": "a text",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


@cache
def schema() -> Mapping[str, Any]:
    """The schema that editors read too."""
    from importlib.resources import files  # noqa: PLC0415 - only a catalog of somebody's pays for it

    said: Mapping[str, Any] = orjson.loads(files("queries.catalogs").joinpath("catalog.schema.json").read_bytes())
    return said


def plain(member: Member, path: tuple[str, ...] = ()) -> Any:
    """The value without places, as the schema judges it."""
    if member.items is not None:
        return [plain(one, path) for one in member.items]
    if member.members is not None:
        return {key: plain(one, (*path, key)) for key, (_, one) in member.members.items()}
    if member.is_null:
        return None
    said = member.text or ""
    if member.plain and path and len(path) <= DEEPEST:
        if path[-1] in NUMBERS:
            return _number(said)
        if path[-1] in FLAGS:
            return WORDS.get(said.lower(), said)
    return said


def _number(said: str) -> float | str:
    try:
        return said if "_" in said else float(said)
    except ValueError:
        return said


def faults(said: Any, root: Member, file: str) -> Iterator[Problem]:
    """What the schema says against a catalog."""
    import jsonschema  # noqa: PLC0415 - likewise; it takes longer than all the rest

    validator = jsonschema.Draft202012Validator(schema())
    for error in validator.iter_errors(said):
        path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            yield from _unknown(error, path, root, file)
        else:
            here = root.at(path)
            yield Problem(file, here.line, here.column, *_said(error, path))


def _unknown(error: Any, path: Path, root: Member, file: str) -> Iterator[Problem]:
    known = error.schema["properties"]
    for key in error.instance:
        if key not in known:
            line, column = root.key((*path, key))
            yield Problem(file, line, column, f"{_name(path)} has no member {key!r}", did_you_mean(key, known))


def _said(error: Any, path: Path) -> tuple[str, str]:
    """What is wrong and what to write instead."""
    name, value = _name(path), error.instance
    match error.validator:
        case "required":
            lacking = next(one for one in error.validator_value if one not in value)
            return f"{name} has no {lacking}", f"{lacking}: ..."
        case "type":
            wanted = error.validator_value
            kinds = [TYPES[one] for one in ([wanted] if isinstance(wanted, str) else wanted) if one != "null"]
            return f"{name} must be {_either(kinds)}, not {_shown(value)}", ""
        case "enum":
            known = [one for one in error.validator_value if one is not None]
            return f"{name} is {_shown(value)}", did_you_mean(str(value), known, of="one of")
        case "minLength":
            return f"{name} is empty", ""
        case "maxLength":
            return f"{name} is longer than {error.validator_value} characters", ""
        case "exclusiveMinimum":
            return f"{name} is {value:g}, which is no time at all", "15s"
        case "pattern":
            return f"{name} is {_shown(value)}, which is no duration", "15s"
        case _:
            return f"{name}: {error.message}", ""


def _either(kinds: list[str]) -> str:
    """What a person would call it: a text takes numbers and flags, too, and turns them into texts."""
    return "a text" if len(kinds) > 1 and "true or false" in kinds else " or ".join(kinds)


def _name(path: Path) -> str:
    """`labels` of a metric, an item of `jobs`, the catalog itself."""
    words = [one for one in path if isinstance(one, str)]
    if not words:
        return "a catalog"
    if words == ["metrics"] and len(path) > 1:
        return "a metric"
    return f"an item of {words[-1]}" if isinstance(path[-1], int) else ".".join(words[1:] or words)


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case list():
            return "a list"
        case dict():
            return "a mapping"
    said = repr(value)
    return said if len(said) <= 50 else f"{said[:50]}..."  # noqa: PLR2004 - what one line can take
