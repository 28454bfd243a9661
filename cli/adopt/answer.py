"""What a Prometheus answers at /api/v1/rules: as the rule files that it was made from would say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from cli.lint.reading.members import mapping, objects, text
from cli.reading import parsed
from queries.duration import spelled

PATH = "/api/v1/rules"


def rule_files(raw: bytes) -> Mapping[str, dict[str, Any]] | None:
    """For each of the server's files what it says; None where the bytes are no such answer.

    How often a group is evaluated is what it really is: the answer does not tell whether the file says so.
    """
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
        files.setdefault(text(one, "file"), {"groups": []})["groups"].append(dict(_group(one)))
    return files


def written(file: Mapping[str, Any]) -> str:
    """A rule file as text."""
    return orjson.dumps(file).decode()


def _group(json: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "name", text(json, "name")
    yield from _length(json, "interval", "interval")
    if json.get("limit"):
        yield "limit", json["limit"]
    yield "rules", [dict(_rule(one)) for _, one in objects(json, "rules")]


def _rule(json: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield ("record" if text(json, "type") == "recording" else "alert"), text(json, "name")
    yield "expr", text(json, "query")
    yield from _length(json, "duration", "for")
    yield from _length(json, "keepFiringFor", "keep_firing_for")
    for kind in ("labels", "annotations"):
        if mapping(json, kind):
            yield kind, mapping(json, kind)


def _length(json: Mapping[str, Any], key: str, name: str) -> Iterator[tuple[str, str]]:
    """A number of seconds as a duration; 0 is what a file that says nothing has."""
    seconds = json.get(key)
    if isinstance(seconds, int | float) and seconds > 0:
        yield name, spelled(round(seconds * 1000))
