"""Whether a file or folder is still what it was: by its times and size, by its content where those could lie."""

# ruff: noqa: PTH112, PTH116, PTH123, PTH208 - paths are strings: a Path each takes half of the time

import os
from typing import NamedTuple

#: What was written within this time before somebody looked may have changed again without a newer time on it.
RACY = 2_000_000_000
NOWHERE = (0, 0, 0)

Sight = tuple[int, int, int]


class Stamp(NamedTuple):
    """What something on disk was; the memory of a build holds thousands.

    Attributes:
        path: the file or folder.
        seen: its times (modified and changed, ns) and size; NOWHERE where nothing was.
        content: a hash, of a folder that of its names; empty where nothing was.
    """

    path: str
    seen: Sight
    content: str


def see(path: str) -> Sight:
    """What can be told without reading it."""
    try:
        info = os.stat(path)
    except OSError:
        return NOWHERE
    return info.st_mtime_ns, info.st_ctime_ns, info.st_size


def stamp(path: str) -> Stamp:
    """What is there now."""
    seen = see(path)
    return Stamp(path, seen, _content(path) if seen != NOWHERE else "")


def certain(was: Stamp, looked: int) -> bool | None:
    """Whether it is unchanged since somebody looked (ns); None where only its content can tell."""
    seen = see(was.path)
    if seen == NOWHERE or not was.content:
        return (seen == NOWHERE) == (not was.content)
    if seen == tuple(was.seen) and looked - max(seen[0], seen[1]) > RACY:
        return True
    return None


def is_same(was: Stamp, looked: int) -> bool:
    """Whether it is unchanged since somebody looked."""
    sure = certain(was, looked)
    return _content(was.path) == was.content if sure is None else sure


def _content(path: str) -> str:
    # what hashlib.blake2b is, without OpenSSL: loading that takes longer than looking at 200 pages
    from _blake2 import blake2b  # noqa: PLC0415 - times and sizes answer nearly always

    try:
        if os.path.isdir(path):
            names = sorted(name for name in os.listdir(path) if name != "__pycache__")
            text = "\0".join(names).encode(errors="surrogateescape")
        else:
            with open(path, "rb") as file:
                text = file.read()
    except OSError:
        return ""
    return str(blake2b(text, digest_size=16).hexdigest())
