"""The JSON that programs read: its shape is a promise."""

import json

from cli.lint.finding import Severity
from cli.lint.report.machine import machine
from cli.lint.subject import Unreadable
from tests.lint.findings import EXPR, WHERE, finding, result


def test_the_whole_shape() -> None:
    assert json.loads(machine(result(finding(path="panels[2].targets[0].expr"), suppressed=1, known=2, gone=3))) == {
        "type": "lint",
        "version": 1,
        "findings": [
            {
                "rule": "PQL121",
                "severity": "error",
                "file": "x.json",
                "line": 31,
                "column": 17,
                "path": "panels[2].targets[0].expr",
                "source": "",
                "where": WHERE,
                "expr": EXPR,
                "span": [4, 25],
                "message": "rate() of the gauge queue_depth",
                "hint": "deriv(queue_depth[5m])",
            }
        ],
        "counts": {
            "error": 1,
            "warning": 0,
            "info": 0,
            "suppressed": 1,
            "baseline": 2,
            "gone": 3,
            "expressions": 57,
            "skipped": 0,
            "files": 3,
        },
    }


def test_what_could_not_be_read_is_listed() -> None:
    said = json.loads(machine(result(unreadable=(Unreadable("y.json", "it is empty", 1, 2),))))

    assert said["unreadable"] == [{"file": "y.json", "why": "it is empty", "line": 1, "column": 2, "fix": ""}]


def test_statistics_are_a_list() -> None:
    said = json.loads(machine(result(finding(), finding(severity=Severity.INFO)), statistics=True))

    assert said["statistics"] == [{"rule": "PQL121", "count": 2, "title": "rate() of a gauge"}]


def test_names_that_utf8_cannot_hold_are_spelled_out() -> None:
    said = json.loads(machine(result(finding(file="b\udcffd.json", expr="\ud800"))))

    assert said["findings"][0]["file"] == r"b\udcffd.json"
    assert said["findings"][0]["expr"] == r"\ud800"
