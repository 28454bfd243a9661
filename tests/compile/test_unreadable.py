"""Files and folders of a project that cannot be read."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests.compile.shop import Shop


def _unreadable(shop: Shop, make: Callable[[Path], Any], said: str) -> None:
    make(shop.path / "src/pages/bad.py")
    ran = shop.builds()
    assert ran.code == 3
    assert ran.err.startswith(f"error: src/pages/bad.py{said}")
    assert sorted(shop.pages()) == ["api", "speed"]


def test_a_file_that_cannot_be_read(shop: Shop) -> None:
    _unreadable(shop, Path.mkdir, ": it cannot be read: Is a directory")


def test_a_link_to_nowhere(shop: Shop) -> None:
    _unreadable(shop, lambda path: path.symlink_to("nowhere.py"), ": it cannot be read: No such file")


def test_a_file_that_is_no_utf8(shop: Shop) -> None:
    _unreadable(shop, lambda path: path.write_bytes(b"x = '\xff'\n"), ":1: syntax error: (unicode error) 'utf-8' codec")


def test_a_file_with_a_null_byte(shop: Shop) -> None:
    _unreadable(shop, lambda path: path.write_bytes(b"x = 1\ny = 2\0\n"), ":2: syntax error: a null byte")


def test_links_in_a_circle_are_followed_once(shop: Shop) -> None:
    (shop.path / "src/pages/again").symlink_to(shop.path / "src", target_is_directory=True)

    assert shop.builds().code == 0


@pytest.mark.parametrize("name", [b"bad\xff.py", b"bad\n.py"])
def test_a_file_whose_name_cannot_be_shown(shop: Shop, name: bytes) -> None:
    (shop.path / "src" / os.fsdecode(name)).write_bytes(b"")

    ran = shop.builds()

    assert ran.code == 2
    assert ran.err.startswith("error: 'src/bad")
    assert ran.err.endswith("a file name that cannot be shown\n  try: rename it\n")


def test_a_folder_that_cannot_be_listed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: str) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "scandir", refused)

    assert shop.builds().err == "error: src: source 'src' cannot be read: Permission denied\n"


def test_a_current_folder_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise FileNotFoundError

    monkeypatch.setattr("cli.config.os.getcwd", gone)
    with pytest.raises(SystemExit) as ended:
        main(["build"])

    assert ended.value.code == 2
