"""Workflow commands: one line a finding, whatever the file says."""

from cli.lint.finding import Severity
from cli.lint.report.github import github
from cli.lint.subject import Unreadable
from tests.lint.findings import finding, result


def test_a_finding_is_an_annotation_of_its_line() -> None:
    assert github(result(finding())) == (
        "::error file=x.json,line=31,col=17,title=PQL121 rate() of a gauge"
        '::rate() of the gauge queue_depth%0Apanel "Errors", query A%0Asum(rate(queue_depth[5m]))'
        "%0Atry: deriv(queue_depth[5m])"
    )


def test_each_severity_has_its_command() -> None:
    lines = github(result(*(finding(severity=severity) for severity in Severity))).splitlines()

    assert [line.split()[0] for line in lines] == ["::notice", "::warning", "::error"]


def test_what_would_end_a_property_or_a_command_is_escaped() -> None:
    said = github(result(finding(file="a,b:c%.json", message="100%\n::error::forged\r\x1b[2J")))

    assert said.startswith("::error file=a%2Cb%3Ac%25.json,line=31")
    assert r"100%25\n::error::forged\r\x1b[2J" in said
    assert len(said.splitlines()) == 1


def test_a_page_written_in_python_is_annotated_there() -> None:
    said = github(result(finding(source="dashboards_py/ai_api.py:31")))

    assert said.startswith("::error file=dashboards_py/ai_api.py,line=31,title=")


def test_what_could_not_be_read_is_an_error() -> None:
    said = github(result(unreadable=(Unreadable("y.json", "it is empty"),)))

    assert said == "::error file=y.json,title=cannot be read::it is empty"
