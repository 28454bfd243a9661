"""Files and folders on the disk: which are looked at, and the text of one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cli.artifact import MANIFEST
from cli.errors import UsageError
from cli.lint.reading.source import File
from cli.lint.reading.stops import Stops

SUFFIXES = (".json", ".yaml", ".yml")
#: Folders of other people's files; so is any whose name begins with a dot.
SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages"})
#: More is no dashboard: a person named the wrong file.
MOST_BYTES = 100_000_000
MARK = b"\xef\xbb\xbf"
#: How UTF-16 begins, with its mark or with a JSON or YAML file's first character.
WIDE = (b"\xff\xfe", b"\xfe\xff")


def in_folder(folder: str) -> Iterator[str]:
    """Every file below a folder that may be a dashboard or rules, sorted; what repeats a build's own is left out."""
    repeated: set[str] = set()
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith(".") and one not in SKIPPED)
        if MANIFEST in files:
            repeated |= _repeated(here)
        for name in sorted(files):
            file = str(Path(here, name))
            if name.lower().endswith(SUFFIXES) and not name.startswith(".") and file not in repeated:
                yield file


def _repeated(build: str) -> set[str]:
    """The objects for Kubernetes that a build made of its pages and rules: the same once more."""
    from cli.artifact import manifest  # noqa: PLC0415 - other folders have none

    try:
        made = manifest.read(Path(build))
    except UsageError:  # another program's manifest
        return set()
    return {str(Path(build, entry.file)) for entry in made.stack if entry.file.startswith("kubernetes/")}


def content(name: str) -> bytes:
    """A file's bytes; Stops where nobody can read them."""
    try:
        with Path(name).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise Stops("there is no such file") from error
    except (OSError, ValueError) as error:  # a name with a NUL in it is no name
        raise Stops(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(raw) > MOST_BYTES:
        raise Stops(f"it has more than {MOST_BYTES:,} bytes")
    return raw


def decoded(name: str, raw: bytes) -> File:
    """The file as a text, without a byte order mark; Stops where it is not UTF-8."""
    if raw.startswith(WIDE) or b"\0" in raw[:2]:
        raise Stops("this is UTF-16; save it as UTF-8", 1, 1)
    raw = raw.removeprefix(MARK)
    try:
        return File(name, raw.decode())
    except UnicodeDecodeError as error:
        start = raw.rfind(b"\n", 0, error.start) + 1
        line, column = raw.count(b"\n", 0, error.start) + 1, len(raw[start : error.start].decode()) + 1
        raise Stops(f"this is not UTF-8: byte 0x{raw[error.start]:02x}", line, column) from error
