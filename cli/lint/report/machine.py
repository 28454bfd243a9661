"""Findings for a program: JSON whose shape is a promise."""

from __future__ import annotations

from typing import Any

import orjson

from cli.lint.finding import Finding
from cli.lint.report.printable import encodable
from cli.lint.report.result import Result

VERSION = 1


def machine(result: Result, *, statistics: bool = False) -> str:
    """`{"type": "lint", "version": 1, "findings": [...], "counts": {...}}`; with statistics a count for each rule."""
    said: dict[str, Any] = {
        "type": "lint",
        "version": VERSION,
        "findings": [_finding(one) for one in result.findings],
        "counts": {str(severity): count for severity, count in result.counts.items()}
        | {
            "suppressed": result.suppressed,
            "baseline": result.known,
            "gone": result.gone,
            "expressions": result.expressions,
            "skipped": result.skipped,
            "files": result.files,
        },
    }
    if result.unreadable:
        said["unreadable"] = [one._asdict() for one in result.unreadable]
    if statistics:
        said["statistics"] = [{"rule": rule, "count": count, "title": title} for rule, count, title in result.by_rule]
    return dumped(said)


def dumped(said: object) -> str:
    """JSON; a file's name or text that UTF-8 cannot hold is spelled out."""
    try:
        return orjson.dumps(said, option=orjson.OPT_INDENT_2).decode()
    except TypeError:
        return orjson.dumps(_encodable(said), option=orjson.OPT_INDENT_2).decode()


def _encodable(said: object) -> object:
    match said:
        case str():
            return encodable(said)
        case dict():
            return {key: _encodable(member) for key, member in said.items()}
        case list() | tuple():
            return [_encodable(member) for member in said]
        case _:
            return said


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": str(one.severity),
        "file": one.place.file,
        "line": one.place.line,
        "column": one.place.column,
        "path": one.place.path,
        "source": one.place.source,
        "where": one.where,
        "expr": one.expr,
        "span": one.span,
        "message": one.message,
        "hint": one.hint,
    }
