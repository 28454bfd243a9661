"""Findings as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from cli.lint.baseline import Fingerprint, fingerprint
from cli.lint.finding import Finding, Severity
from cli.lint.report.machine import dumped
from cli.lint.report.printable import encodable
from cli.lint.report.result import Result, address
from cli.lint.rule import Rule
from cli.lint.subject import Unreadable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
#: Named so that a reader keeps the fingerprints of two ways of counting them apart.
FINGERPRINT = "dashFinding/v1"


def sarif(result: Result) -> str:
    """One run: the rules that were looked for, and a result for each finding."""
    index = {rule.id: number for number, rule in enumerate(result.rules)}
    seen: Counter[Fingerprint] = Counter()
    driver = {"name": "dash", "rules": [_rule(one) for one in result.rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not result.unreadable,
                "toolExecutionNotifications": [_notification(one) for one in result.unreadable],
            }
        ],
        "results": [_result(one, index, seen) for one in result.findings],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(one: Finding, index: Mapping[str, int], seen: Counter[Fingerprint]) -> dict[str, Any]:
    hint = f"\n\ntry: {one.hint}" if one.hint else ""
    location: dict[str, Any] = {"physicalLocation": _physical(*address(one))}
    if one.where:
        location["logicalLocations"] = [{"fullyQualifiedName": one.where}]
    said: dict[str, Any] = {
        "ruleId": one.rule,
        "level": LEVELS[one.severity],
        "message": {"text": one.message + hint},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: _digest(fingerprint(one), seen)},
    }
    if one.rule in index:
        said["ruleIndex"] = index[one.rule]
    return said


def _notification(one: Unreadable) -> dict[str, Any]:
    where = {"physicalLocation": _physical(one.file, one.line, one.column)}
    return {"level": "error", "message": {"text": one.why or "it cannot be read"}, "locations": [where]}


def _physical(file: str, line: int, column: int) -> dict[str, Any]:
    located: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if line > 0:
        located["region"] = {"startLine": line} | ({"startColumn": column} if column > 0 else {})
    return located


def _uri(file: str) -> str:
    """A reference relative to where lint was started; what lies elsewhere in full."""
    path = os.path.normpath(file).replace(os.sep, "/")
    return f"{'file://' * path.startswith('/')}{quote(encodable(path))}"


def _digest(of: Fingerprint, seen: Counter[Fingerprint]) -> str:
    """The same for the same finding in the next run, and different for the next of its kind."""
    seen[of] += 1
    spelled = "\0".join([*of, str(seen[of])])
    return sha256(spelled.encode()).hexdigest()[:32]
