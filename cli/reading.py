"""JSON that anybody may have written, from a file or a Grafana: of bounded size and depth, or no JSON to us."""

import stat
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, get_origin

import orjson

Value = TypeVar("Value")

#: Of one file or answer, in bytes; pages are some ten thousand.
LARGEST = 256 * 2**20
#: Levels that one can still be put into; deeper than some 250, orjson writes nothing, and Python soon calls no more.
MARGIN = 150
#: Levels that a Grafana, a plan or a journal puts around a page.
AROUND = 10
TOO_LARGE = f"it is larger than {LARGEST // 2**20} MB"


def parsed(text: bytes, margin: int = MARGIN) -> Any:
    """The value.

    Args:
        text: of one value.
        margin: how many levels it can at least still be put into.

    Raises:
        ValueError: it is no JSON, or is nested deeper than anything that a person made.
    """
    value = around = orjson.loads(text)
    for _ in range(margin):
        around = [around]
    try:
        orjson.dumps(around)
    except orjson.JSONEncodeError as error:
        raise ValueError("it is nested too deep") from error
    return value


def in_file(path: Path, margin: int = MARGIN) -> Any:
    """What a file holds.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no file, or not one that `parsed` takes.
    """
    return parsed(whole(path), margin)


def whole(path: Path) -> bytes:
    """The bytes of a file; ValueError where it has no end, or one that is too far away."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):  # to open a pipe is to wait for who writes into it
        raise ValueError("it is no file")
    if found.st_size > LARGEST:
        raise ValueError(TOO_LARGE)
    return path.read_bytes()


def sound(value: Value) -> Value:
    """A dataclass that was made from JSON; TypeError where a field of a plain type is of another."""
    for field in fields(value):  # type: ignore[arg-type] # a dataclass is no type
        said, kind = getattr(value, field.name), field.type
        if kind in (str, int, bool):
            good = type(said) is kind
        elif kind == tuple[str, ...]:
            good = all(isinstance(one, str) for one in said)
        else:
            good = get_origin(kind) is not Mapping or isinstance(said, dict)
        if not good:
            raise TypeError(f"{field.name} is {type(said).__name__}")
    return value
