"""Files into `build/`: whole, only when they changed, all of them or none."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from cli.errors import UsageError


def replace_all(folder: Path, files: Mapping[Path, bytes], gone: Iterable[Path]) -> None:
    """Put the files there and take the others away.

    Every byte is on the disk before the first file is replaced, so that a full disk changes nothing.

    Raises:
        UsageError: the folder cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_stage(path, text), path))
        for temporary, path in staged:
            temporary.replace(path)
        for path in gone:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {error.strerror or error}",
            where=str(error.filename or folder),
            fix="free some space, or another --out; what was there is untouched",
        ) from error
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _stage(path: Path, text: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        temporary.chmod(0o644)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
