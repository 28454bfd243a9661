"""Where something was written, as a person in this folder would type it."""

import os


def near(path: str) -> str:
    """The path from here on where it lies below the current folder; else the whole of it."""
    try:
        inside = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return path if inside.startswith("..") else inside
