"""Texts of Grafana's provisioning files, with what they leave to the environment filled in.

Grafana expands `$NAME`, `${NAME}`, `$__env{NAME}` and `$__file{PATH}`, and takes `$$` for a dollar
(grafana.com/docs/grafana/latest/administration/provisioning, "Using environment variables").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMED = re.compile(
    r"\$(?:(?P<dollar>\$)|__env\{(?P<env>[^}]*)\}|__file\{(?P<file>[^}]*)\}|\{(?P<braced>\w+)\}|(?P<plain>[A-Za-z_]\w*))"
)


@dataclass
class Filled:
    """Fills texts in, and remembers what came from outside and what is not there; its secrets are never shown."""

    environment: Mapping[str, str] = field(repr=False)
    secrets: set[str] = field(default_factory=set, repr=False)
    missing: list[str] = field(default_factory=list)

    def value(self, said: Any) -> Any:
        """The same value, every text in it filled in."""
        if isinstance(said, dict):
            return {key: self.value(one) for key, one in said.items()}
        if isinstance(said, list):
            return [self.value(one) for one in said]
        if not isinstance(said, str):
            return said
        text = NAMED.sub(self._one, said)
        if text != said and any(one["dollar"] is None for one in NAMED.finditer(said)):
            self.secrets.add(text)
        return text

    def _one(self, found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        if found["file"] is not None:
            return self._file(found["file"])
        name = found["env"] or found["braced"] or found["plain"] or ""
        if name not in self.environment:
            self.missing.append(f"${name}")
        return self.environment.get(name, "")

    def _file(self, path: str) -> str:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError, ValueError):
            self.missing.append(f"the file {path}")
            return ""
