"""A folder for what promtool reads and writes while it tests, gone when the tests are over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

#: Each test opens a database in the folder; in memory that takes half of the time.
MEMORY = "/dev/shm"  # noqa: S108 - the folder in it is new, and ours alone
#: Where less is free, as in many a container, a disk is the safer place.
ENOUGH = 2**30


@contextmanager
def scratch() -> Iterator[Path]:
    """The folder."""
    with TemporaryDirectory(prefix="dash-test-", dir=_place()) as folder:
        yield Path(folder)


def _place() -> str | None:
    try:
        good = os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
    except OSError:
        return None
    return MEMORY if good else None
