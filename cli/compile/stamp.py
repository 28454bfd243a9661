"""Whether a file or folder is still what it was: by its time and size, by its content where those could lie."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: A file written within this time before we looked may have changed again without a newer time on it.
RACY = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What something on disk was: `content` is a hash, of a folder that of its names; empty where it was not there."""

    path: str
    time: int = 0
    size: int = 0
    content: str = ""

    def as_json(self) -> list[Any]:
        """For the memory of a build."""
        return [self.path, self.time, self.size, self.content]


def stamp(path: str) -> Stamp:
    """What is there now."""
    try:
        info = os.stat(path)  # noqa: PTH116 - a Path a file is half of the time of a build with nothing to do
        content = _listing(path) if os.path.isdir(path) else _hash(path)  # noqa: PTH112
    except OSError:
        return Stamp(path)
    return Stamp(path, info.st_mtime_ns, info.st_size, content)


def is_same(was: Stamp, looked: int) -> bool:
    """Whether it is unchanged since it was stamped at the time `looked` (ns)."""
    try:
        info = os.stat(was.path)  # noqa: PTH116
    except OSError:
        return not was.content
    if (info.st_mtime_ns, info.st_size) == (was.time, was.size) and looked - was.time > RACY:
        return True
    return stamp(was.path).content == was.content


def _hash(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _listing(path: str) -> str:
    names = sorted(name for name in os.listdir(path) if name != "__pycache__")  # noqa: PTH208
    return hashlib.sha256("\0".join(names).encode()).hexdigest()
