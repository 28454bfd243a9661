"""Whether something on disk is still what it was: times and size say so, and content where they could lie."""

import os
from pathlib import Path

import pytest

from cli.compile.stamp import RACY, Stamp, is_same, stamp


def test_what_was_written_just_before_somebody_looked_is_read_again(tmp_path: Path) -> None:
    """A second change within one tick of the clock leaves time and size as they were."""
    path = tmp_path / "x"
    path.write_bytes(b"new")
    now = stamp(str(path))
    changed = max(now.seen[:2])
    before = Stamp(str(path), now.seen, "hash of something else")

    assert is_same(now, changed)
    assert not is_same(before, changed)
    assert not is_same(before, changed + RACY)
    assert is_same(before, changed + RACY + 1), "so long ago that the time would be another"


def test_what_cannot_be_read_is_never_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: str) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(os, "listdir", refused)

    assert not is_same(stamp(str(tmp_path)), 0)


def test_gone_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "x"
    absent = stamp(str(path))
    assert is_same(absent, 0)
    path.touch()
    there = stamp(str(path))
    assert not is_same(absent, 0)
    path.unlink()
    assert not is_same(there, 0)
    path.mkdir()
    folder = stamp(str(path))
    (path / "y").touch()
    assert not is_same(folder, 0)
