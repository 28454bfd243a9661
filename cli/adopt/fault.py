"""Why a file of rules is no YAML, in the words of whoever wrote rules and not YAML."""

from __future__ import annotations

import re

from cli.lint.reading.stops import Stops

JINJA = re.compile(r"^\s*\{%", re.MULTILINE)
LINT, IMPORT = "dash lint -", "dash import alerts -"


def clearer(stop: Stops, raw: bytes) -> Stops:
    """The same stop; what is usual in rules is said by its name."""
    text = raw.decode(errors="replace").removeprefix("\ufeff")
    lines = text.split("\n")
    line = lines[stop.line - 1] if 0 < stop.line <= len(lines) else ""
    if JINJA.search(text):
        why = "this is a template, not YAML yet: let the tool that it was written for fill it in first"
    elif stop.line and line[stop.column - 1 : stop.column] == "\t":
        why = "a tab stands where YAML wants blanks"
    elif re.search(r":\s+\{\{", line):
        why = "a text that begins with {{ must stand in quotes"
    else:
        why = stop.why.replace(LINT, IMPORT)
    return Stops(why, stop.line, stop.column)
