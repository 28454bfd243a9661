"""A build folder that cannot be written: nothing of somebody's is lost, and no file is half."""

import builtins
import errno
import os
from typing import Any

import pytest

from tests.compile.shop import Shop, page


def test_a_build_folder_that_is_a_file(shop: Shop) -> None:
    shop.write("build", "mine")

    ran = shop.builds()

    assert ran.code == 2
    assert ran.err.startswith("error: build")
    assert "cannot be" in ran.err
    assert (shop.path / "build").read_text(encoding="utf-8") == "mine"


def test_a_folder_where_a_page_belongs(shop: Shop) -> None:
    shop.write("build/dashboards/api.json/x")

    ran = shop.builds()

    assert ran.code == 2
    assert ran.err == (
        "error: build/dashboards/api.json cannot be read: Is a directory\n  try: move it away, or another --out\n"
    )


def _full_disk(monkeypatch: pytest.MonkeyPatch, *, after: int, only: str = "") -> None:
    """The disk takes so many files more, and then half a file."""
    left, real = [after], builtins.open

    def opened(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        made = real(file, mode, *more, **named)
        if mode == "wb" and only in str(file):
            left[0] -= 1
            if left[0] < 0:
                made.write(b"{")
                made.close()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return made

    monkeypatch.setattr(builtins, "open", opened)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_half_way_changes_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    shop.builds()
    before = shop.contents()
    for uid in ("api", "speed"):
        shop.write(f"src/pages/{uid}.py", page(uid, "Other"))

    with monkeypatch.context() as patched:
        _full_disk(patched, after=after)
        ran = shop.builds()

    assert ran.code == 2
    assert ran.err == (
        "error: build cannot be written: No space left on device; nothing was changed\n  try: free some space\n"
    )
    assert shop.contents() == before
    assert shop.builds().code == 0
    assert shop.page("api")["title"] == "Other"


def test_what_cannot_be_remembered_is_built_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        _full_disk(patched, after=0, only=".dash")
        ran = shop.builds()

    assert ran.code == 0
    assert ran.err == (
        "note: the next build builds everything again: .dash/build.json cannot be written: No space left on device\n"
    )
    assert shop.builds().total == "2 pages, 1 rule file: 4 unchanged"


def test_a_folder_that_cannot_be_written_half_way(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is whole all the same, and nothing else is left behind."""
    shop.builds()
    shop.write("src/pages/api.py", page("api", "Other"))
    real = os.replace

    def refused(source: str, target: str) -> None:
        if "manifest" in target:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), source)
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refused)
        ran = shop.builds()

    assert ran.code == 2
    assert ran.err == (
        "error: build cannot be written: Permission denied; some files are replaced already, each of them whole\n"
        "  try: another --out\n"
    )
    assert shop.page("api")["title"] == "Other"
    assert not list(shop.build.rglob(".*"))
    assert shop.builds().code == 0
    assert shop.pages() == {"api": "", "speed": ""}
