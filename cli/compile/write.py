"""Files into `build/`: whole, only when they changed, all of them or none."""

# ruff: noqa: PTH101, PTH103, PTH105, PTH106, PTH108, PTH116, PTH118, PTH120, PTH123 - paths are strings: a Path each takes half of the time

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO, TypeVar

from cli.compile.place import near
from cli.errors import UsageError

Path = str | os.PathLike[str]
_Path = TypeVar("_Path", bound=Path)
_FULL = (errno.ENOSPC, errno.EDQUOT)


def replace_all(folder: Path, files: Mapping[_Path, bytes], gone: Iterable[Path] = ()) -> None:
    """Put the files there, in this order, and take the others away.

    Every byte is on the disk before the first file is replaced, so that a full disk changes nothing.

    Raises:
        UsageError: the folder cannot be written.
    """
    staged: dict[str, str] = {}
    so_far = "nothing was changed"
    try:
        for path, text in files.items():
            staged[str(path)] = _stage(str(path), text)
        so_far = "some files are replaced already, each of them whole"
        for target in list(staged):
            os.replace(staged[target], target)
            del staged[target]
        for left in map(str, gone):
            with suppress(FileNotFoundError):
                os.unlink(left)
            with suppress(OSError):
                for above in _above(left, str(folder)):
                    os.rmdir(above)
    except OSError as error:
        fix = "free some space" if error.errno in _FULL else "another --out"
        what = f"{near(str(folder))} cannot be written: {error.strerror or error}; {so_far}"
        raise UsageError(what, fix=fix) from error
    finally:
        for part in staged.values():
            with suppress(OSError):
                os.unlink(part)


def _above(path: str, folder: str) -> Iterator[str]:
    """The folders that a file was in, from the inside out, but not the whole one."""
    while len(path := os.path.dirname(path)) > len(folder):
        yield path


def replace(path: str, text: bytes) -> None:
    """One file, whole, with the permissions that it had; OSError when it cannot be written."""
    staged = _stage(path, text)
    try:
        with suppress(FileNotFoundError):
            os.chmod(staged, os.stat(path).st_mode & 0o7777)
        os.replace(staged, path)
    except OSError:
        os.unlink(staged)
        raise


def _stage(path: str, text: bytes) -> str:
    """The bytes beside the place where they belong."""
    folder, name = os.path.split(path)
    staged = os.path.join(folder, f".{name}.{os.getpid()}.part")
    try:
        with _opened(staged, folder) as file:
            file.write(text)
    except BaseException:
        with suppress(OSError):
            os.unlink(staged)
        raise
    return staged


def _opened(path: str, folder: str) -> BinaryIO:
    """A new file; most often its folder is there, so that is not asked first."""
    try:
        return open(path, "wb")
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        return open(path, "wb")
