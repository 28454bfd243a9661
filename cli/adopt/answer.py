"""What a Prometheus answers at /api/v1/rules: as the rule files that it was made from would say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from cli.lint.reading.members import mapping, objects, text
from cli.lint.reading.running import as_written
from cli.reading import parsed

PATH = "/api/v1/rules"


def rule_files(raw: bytes) -> Mapping[str, dict[str, Any]] | None:
    """For each of the server's files what it says; None where the bytes are no such answer."""
    if not raw.lstrip().startswith(b"{"):
        return None
    try:
        said = parsed(raw)
    except ValueError:
        return None
    if text(said, "status") != "success" or not isinstance(mapping(said, "data").get("groups"), list):
        return None
    files: dict[str, dict[str, Any]] = {}
    for _, one in objects(said, "data", "groups"):
        files.setdefault(text(one, "file"), {"groups": []})["groups"].append(as_written(one))
    return files


def written(file: Mapping[str, Any]) -> str:
    """A rule file as text."""
    return orjson.dumps(file).decode()
