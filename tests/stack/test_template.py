"""What a message says, rendered by Alertmanager's own tool."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cli.stack import alertmanager
from tests.stack import amtool, carried

pytestmark = [pytest.mark.prometheus, amtool.NEEDS_AMTOOL]
PAGE = "https://grafana.example.com/d/ml?viewPanel=7&from=now-1h&to=now&var-model=a%26b"
BEGAN, ENDED = "2026-03-01T12:00:00Z", "2026-03-01T13:30:00Z"
HOUR = 3_600_000


def _ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1000


def _alert(status: str = "firing", **annotations: str) -> dict[str, Any]:
    return {
        "status": status,
        "labels": {"alertname": "Slow", "severity": "critical"},
        "annotations": {"summary": "a <b> is slow", **annotations},
        "startsAt": BEGAN,
        "endsAt": ENDED if status == "resolved" else "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus:9090/graph?g0.expr=1",
    }


def _data(*alerts: dict[str, Any], **common: str) -> dict[str, Any]:
    status = "firing" if any(one["status"] == "firing" for one in alerts) else "resolved"
    labels = common or {"alertname": "Slow", "severity": "critical"}
    return {"receiver": "a", "status": status, "alerts": list(alerts), "commonLabels": labels, "groupLabels": {}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the template is."""
    return amtool.written(carried.made(alertmanager.files, carried.whole()), tmp_path)


def test_the_link_of_an_alert_begins_an_hour_before_it_did(folder: Path) -> None:
    said = amtool.rendered(folder, "dash.link", _data(_alert(dashboard_url=PAGE)))

    assert said == PAGE.replace("from=now-1h&to=now", f"from={_ms(BEGAN) - HOUR}&to=now")


def test_the_link_of_one_that_is_over_ends_an_hour_after_it_did(folder: Path) -> None:
    said = amtool.rendered(folder, "dash.link", _data(_alert("resolved", dashboard_url=PAGE)))

    assert said == PAGE.replace("from=now-1h&to=now", f"from={_ms(BEGAN) - HOUR}&to={_ms(ENDED) + HOUR}")


def test_an_alert_without_a_page_leads_to_its_expression(folder: Path) -> None:
    assert amtool.rendered(folder, "dash.link", _data(_alert())) == "http://prometheus:9090/graph?g0.expr=1"


def test_the_first_line_says_how_bad_it_is_and_what(folder: Path) -> None:
    one, over = _alert(), _alert("resolved")

    assert amtool.rendered(folder, "dash.title", _data(one)) == "CRITICAL: a <b> is slow"
    assert amtool.rendered(folder, "dash.title", _data(over)) == "RESOLVED: a <b> is slow"
    assert amtool.rendered(folder, "dash.title", _data(one, one, over)) == "CRITICAL: Slow (2 firing, 1 resolved)"
    assert (
        amtool.rendered(folder, "dash.title", _data(one, one, job="a"))
        == "FIRING: several alerts (2 firing, 0 resolved)"
    )
    bare = {**one, "annotations": {}}
    assert amtool.rendered(folder, "dash.title", _data(bare)) == "CRITICAL: Slow"


def test_the_text_says_what_is_wrong_what_to_do_and_where_to_look(folder: Path) -> None:
    one = _alert(description="p95 is 3 s", runbook="Restart it", dashboard_url=PAGE)

    assert amtool.rendered(folder, "dash.text", _data(one)).splitlines() == [
        "a <b> is slow",
        "p95 is 3 s",
        "What to do: Restart it",
        "Look: " + PAGE.replace("now-1h", str(_ms(BEGAN) - HOUR)),
    ]
    over = _alert("resolved", runbook_url="https://wiki/slow")
    assert amtool.rendered(folder, "dash.text", _data(over)).splitlines()[:2] == [
        "Resolved: a <b> is slow",
        "What to do: https://wiki/slow",
    ]


def test_an_e_mail_is_html_in_which_nothing_of_an_alert_is_markup(folder: Path) -> None:
    one = _alert(dashboard_url=PAGE, runbook_url="https://wiki/slow", description='<script>"')

    said = amtool.rendered(folder, "dash.html", _data(one), kind="html")

    link = PAGE.replace("now-1h", str(_ms(BEGAN) - HOUR)).replace("&", "&amp;")
    assert f'<a href="{link}">Look</a> (since 2026-03-01 12:00:00 UTC)' in said
    assert '<a href="https://wiki/slow">What to do</a>' in said
    assert "<h2>CRITICAL: a &lt;b&gt; is slow</h2>" in said
    assert "<script>" not in said


@pytest.mark.parametrize(
    ("severity", "pagerduty", "colour"),
    [("critical", "critical", "danger"), ("warning", "warning", "warning"), ("page", "error", "warning")],
)
def test_how_bad_it_is_in_the_words_of_pagerduty_and_slack(
    folder: Path, severity: str, pagerduty: str, colour: str
) -> None:
    data = _data(_alert(), severity=severity)

    assert amtool.rendered(folder, "dash.severity", data) == pagerduty
    assert amtool.rendered(folder, "dash.colour", data) == colour


def test_an_alert_without_a_severity_is_an_error_to_pagerduty(folder: Path) -> None:
    assert amtool.rendered(folder, "dash.severity", _data(_alert(), job="a")) == "error"
    assert amtool.rendered(folder, "dash.colour", _data(_alert("resolved"))) == "good"
