"""What a module is called that was made from a file: a name that Python can import and nobody else has."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Container
from urllib.parse import urlsplit

#: Modules that a build reads otherwise: their rules go into the file of their folder.
OF_THE_FOLDER = frozenset({"alerts", "recording", "rules", "__init__"})
TOOL = frozenset({"queries", "panels", "cli", "dashboards_py"})
NO_LETTER = re.compile(r"[^a-z0-9]+")
#: More is too much for some file systems, with `.py` and what a replaced file is called meanwhile.
LONGEST = 100


def stem(source: str) -> str:
    """The name of a file, or of what an address leads to, without what says its kind."""
    split = urlsplit(source) if "://" in source else None
    path = split.path if split is not None else source
    name = path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    bare = re.sub(r"(?:\.(?:ya?ml|json|rules|txt))+$", "", name, flags=re.IGNORECASE)
    if split is not None and bare in ("", "rules"):
        return split.hostname or "rules"
    return bare or name


def module_name(said: str, taken: Container[str] = ()) -> str:
    """A module's name from what people call its rules; not one of those that are taken."""
    name = NO_LETTER.sub("_", said.lower()).strip("_")[:LONGEST] or "rules"
    if name[0].isdigit():
        name = f"rules_{name}"
    if name in OF_THE_FOLDER | TOOL | sys.stdlib_module_names or keyword.iskeyword(name) or keyword.issoftkeyword(name):
        name = f"{name}_rules"
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
