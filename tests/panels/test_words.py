"""Panels of words: logs, texts and lists of alerts."""

from panels import alert_list, logs, text
from tests.panels.drawn import made


def test_logs_ask_loki_by_the_pages_variable() -> None:
    panel = made(logs("Errors", '{job="shop"}'))
    assert panel["datasource"] == {"type": "loki", "uid": "${loki}"}
    assert panel["targets"][0]["expr"] == '{job="shop"}'
    assert "legendFormat" not in panel["targets"][0]


def test_words_ask_nobody() -> None:
    panel = made(text("About", "words"))
    assert "datasource" not in panel
    assert "targets" not in panel
    assert panel["fieldConfig"] == {"defaults": {}, "overrides": []}


def test_an_alert_list_shows_the_states_that_are_said() -> None:
    options = made(alert_list("Alerts", show=["noData"], group_by=["job"]))["options"]
    assert options["stateFilter"] == {
        "error": False,
        "firing": False,
        "noData": True,
        "normal": False,
        "pending": False,
    }
    assert options["groupMode"] == "custom"
