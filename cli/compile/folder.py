"""The build folder as an earlier build left it: its manifest, its files, and which of them are a build's."""

# ruff: noqa: PTH113, PTH118, PTH123 - paths are strings: a Path each takes half of the time

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from cli.artifact import MANIFEST, manifest
from cli.artifact.manifest import Manifest
from cli.compile.place import near
from cli.errors import UsageError

#: What a build may have written; a manifest that names anything else was not made by one.
MADE = re.compile(
    r"dashboards/[a-zA-Z0-9_-]+\.json|rules/[^/]+\.yaml"
    r"|(?:alertmanager|compose|grafana|kubernetes|prometheus)(?:/\w[\w.-]*)+",
    re.ASCII,
)


class Folder:
    """One build folder; files are named relative to it.

    Attributes:
        previous: the manifest that is there; an empty one where there is none that we can read.
    """

    def __init__(self, path: str, project: str, outputs: Mapping[str, bool]) -> None:
        self.path = path
        self._outputs = outputs
        self._has_manifest = True
        try:
            self.previous = self._read(project)
        except UsageError:
            self.previous = Manifest(project=project)
            self._has_manifest = False

    def _read(self, project: str) -> Manifest:
        from pathlib import Path  # noqa: PLC0415 - the manifest wants one

        said = manifest.read(Path(self.path))
        pages = tuple(one for one in said.pages if MADE.fullmatch(one.file))
        rules = tuple(one for one in said.rules if MADE.fullmatch(one.file))
        stack = tuple(one for one in said.stack if MADE.fullmatch(one.file))
        return replace(said, project=project, pages=pages, rules=rules, stack=stack)

    def place(self, file: str) -> str:
        """Where the file is."""
        return os.path.join(self.path, file)

    def shown(self, file: str) -> str:
        """Where the file is, for a person."""
        return near(self.place(file))

    def has(self, file: str) -> bool:
        """Whether there is such a file."""
        return os.path.isfile(self.place(file))

    def text(self, file: str) -> bytes | None:
        """What is in the file; None where there is none."""
        try:
            with open(self.place(file), "rb") as there:
                return there.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            what = f"{self.shown(file)} cannot be read: {error.strerror}"
            raise UsageError(what, fix="move it away, or another --out") from error

    def is_as_left(self, file: str) -> bool:
        """Whether the file is what the last build left there."""
        return self._outputs.get(self.place(file), False)

    def owns(self, file: str) -> bool:
        """Whether an earlier build wrote the file."""
        if self.place(file) in self._outputs:
            return True
        return self._has_manifest if file == MANIFEST else file in self.previous.files()

    def gone(self, wanted: Collection[str]) -> list[str]:
        """What an earlier build wrote and this one does not want."""
        known = self.previous.files() | {path[len(self.path) + 1 :] for path in self._outputs}
        return sorted(file for file in known - {MANIFEST, *wanted} if os.path.lexists(self.place(file)))
