"""What counts as read while a module runs."""

import os
import sys
from pathlib import Path

import pytest

from cli.compile import reading
from cli.compile.stamp import NOWHERE


def _read(event: str, *args: object) -> set[str]:
    """What is noted when Python says that; the hook itself runs where no coverage sees it."""
    with reading.reads() as found:
        reading._heard(event, args)
    return set(found)


@pytest.mark.parametrize(
    ("path", "mode", "flags", "is_read"),
    [
        ("/x", "r", 0, True),
        ("/x", "rb", 0, True),
        ("/x", "r+", 0, True),
        ("/x", "w", 0, False),
        ("/x", "ab", 0, False),
        ("/x", "x", 0, False),
        (b"/x", "r", 0, True),
        (Path("/x"), "r", 0, True),
        ("/x", None, os.O_RDONLY, True),
        ("/x", None, os.O_RDWR, True),
        ("/x", None, os.O_WRONLY, False),
        ("/x", None, os.O_RDWR | os.O_CREAT, False),
        (3, "r", 0, False),
        (os.__file__, "r", 0, False),
        (reading.__file__, "r", 0, False),
        (pytest.__file__, "r", 0, False),
    ],
)
def test_a_file_that_is_opened(path: object, mode: str | None, flags: int, is_read: bool) -> None:  # noqa: FBT001
    assert _read("open", path, mode, flags) == ({"/x"} if is_read else set())


def test_the_source_behind_a_cache() -> None:
    assert _read("open", f"/x/__pycache__/y.{sys.implementation.cache_tag}.pyc", "rb", 0) == {"/x/y.py"}
    assert _read("open", "/x/y.pyc", "rb", 0) == {"/x/y.pyc"}


def test_a_folder_that_is_listed() -> None:
    assert _read("os.listdir", "/x") == {"/x"}
    assert _read("os.scandir", None) == {str(Path.cwd())}
    assert _read("os.listdir", 3) == set()


def test_what_no_file_shows() -> None:
    assert _read("subprocess.Popen", "true") == {reading.UNKNOWABLE}
    assert _read("compile", "x") == set()


def test_nobody_listens_outside() -> None:
    reading._heard("open", ("/x", "r", 0))
    reading.note("/x")
    with reading.reads() as outer:
        with reading.reads() as inner:
            reading.note("/x")
        reading.note("/y")
    assert inner == {"/x": NOWHERE}
    assert outer == {"/x": NOWHERE, "/y": NOWHERE}
