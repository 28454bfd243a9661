"""SARIF: what a code scanning service asks of it."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from cli.lint.finding import Severity
from cli.lint.report.result import Result
from cli.lint.report.sarif import FINGERPRINT, sarif
from cli.lint.subject import Unreadable
from tests.lint.findings import finding, result
from tests.lint.report.sarif_schema import LOG


def _run(said: Result) -> dict[str, Any]:
    log = json.loads(sarif(said))
    Draft202012Validator(LOG).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_a_finding_is_a_result_of_its_rule_at_its_place() -> None:
    run = _run(result(finding()))
    one = run["results"][0]

    assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] == "PQL121"
    assert one["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "x.json"},
        "region": {"startLine": 31, "startColumn": 17},
    }
    assert one["message"]["text"].startswith("rate() of the gauge")


def test_rules_say_what_they_are_about() -> None:
    rule = _run(result())["tool"]["driver"]["rules"][0]

    assert rule["shortDescription"] == {"text": "rate() of a gauge"}
    assert "\n" not in rule["fullDescription"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_each_severity_has_its_level() -> None:
    run = _run(result(*(finding(severity=severity) for severity in Severity)))

    assert [one["level"] for one in run["results"]] == ["note", "warning", "error"]


def test_a_fingerprint_stays_when_lines_move_and_tells_twins_apart() -> None:
    def prints(*lines: int) -> list[str]:
        run = _run(result(*(finding(line=line) for line in lines)))
        return [one["partialFingerprints"][FINGERPRINT] for one in run["results"]]

    assert prints(31, 40) == prints(50, 60)
    assert len(set(prints(31, 40))) == 2


def test_odd_places_are_still_valid() -> None:
    odd = [
        finding(line=0),
        finding(column=0),
        finding(file="/srv/a b%c:d.json"),
        finding(file="<stdin>", where=""),
        finding(file="b\udcff.json", rule="SHOP1"),
        finding(source="pages/shop.py:3"),
    ]
    run = _run(result(*odd))
    uris = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]]

    assert uris[2:] == ["file:///srv/a%20b%25c%3Ad.json", "%3Cstdin%3E", "b%5Cudcff.json", "pages/shop.py"]
    assert "region" not in run["results"][0]["locations"][0]["physicalLocation"]
    assert "ruleIndex" not in run["results"][4]


def test_what_could_not_be_read_makes_the_run_unsuccessful() -> None:
    run = _run(result(unreadable=(Unreadable("y.json", "it is empty", 1, 1),)))

    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"] == {"text": "it is empty"}
    assert _run(result())["invocations"][0]["executionSuccessful"] is True
