"""Files that are whole or not there, and nobody else's to read."""

import os
from pathlib import Path

OWN, OWN_FOLDER = 0o600, 0o700


def write(path: Path, text: bytes) -> None:
    """Put a file in its place.

    What lies where it is made is taken away, and never written through: it may be a link, or another's to read.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    staged = path.with_name(f".{path.name}.part")
    try:
        staged.unlink(missing_ok=True)
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN), "wb") as file:
            file.write(text)
        staged.replace(path)
    except OSError:
        staged.unlink(missing_ok=True)
        raise
