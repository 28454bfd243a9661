"""The variables of grafanalib's pages: what is chosen, asked and shown."""

from typing import Any

import grafanalib.core as lib
import pytest

from panels.grafana import modernise
from queries import Mistake
from tests.panels.grafanalib_pages import TEMPLATES
from tests.panels.modern import changes, modern


def variable(name: str) -> dict[str, Any]:
    """One of the page's variables."""
    found = modern(templating=lib.Templating(list=TEMPLATES))["templating"]["list"]
    return next(one for one in found if one["name"] == name)


def test_all_is_all() -> None:
    assert variable("job")["current"] == {"text": ["All"], "value": ["$__all"]}
    assert variable("one")["current"] == {"text": "All", "value": "$__all"}
    assert variable("one")["allValue"] == ".+"
    assert variable("chosen")["current"] == {"text": ["a"], "value": ["a"]}


def test_a_query_is_one_of_its_data_source() -> None:
    job = variable("job")
    assert job["datasource"] == {"type": "prometheus", "uid": "${DS}"}
    assert job["definition"] == "label_values(up, job)"
    assert job["query"]["qryType"] == 1
    assert "qryType" not in variable("metrics")["query"]
    assert "auto" not in job


def test_the_default_data_source_is_the_default_one() -> None:
    assert variable("DS")["current"] == {"text": "default", "value": "default"}
    assert variable("LOGS")["current"] == {"text": "Logs", "value": "Logs"}


def test_a_query_that_is_an_object_already_stays_one() -> None:
    said = {"query": "label_values(up, job)", "refId": "own"}
    made = modern(templating=lib.Templating(list=[lib.Template("x", said, dataSource="Prom")]))["templating"]["list"][0]
    assert made["query"] == said
    assert made["definition"] == "label_values(up, job)"
    loki = lib.Template("x", "label_values(job)", dataSource={"type": "loki", "uid": "l"})
    assert modern(templating=lib.Templating(list=[loki]))["templating"]["list"][0]["query"] == "label_values(job)"


def test_tags_of_variables_are_said() -> None:
    assert "variables have no tags today" in changes(templating=lib.Templating(list=TEMPLATES))


def test_all_of_a_choice_is_all() -> None:
    said = [{"type": "custom", "name": "x", "query": "a,b", "includeAll": True, "current": {"value": "$__all"}}]
    made = modernise({"title": "T", "uid": "u", "templating": {"list": said}})["templating"]["list"][0]
    assert made["current"] == {"text": "All", "value": "$__all"}


def test_choices_are_stripped_and_one_is_chosen() -> None:
    made = variable("q")
    assert [one["value"] for one in made["options"]] == ["0.5", "0.95", "0.99"]
    assert made["current"] == {"text": "0.95", "value": "0.95"}
    assert variable("many")["current"] == {"text": ["a"], "value": ["a"]}
    assert variable("listed")["current"] == {"text": ["x"], "value": ["y"]}


def test_windows_words_constants_and_filters_have_their_shape() -> None:
    window, search, cluster, filters = (variable(one) for one in ("window", "search", "cluster", "filters"))
    assert (window["query"], window["current"]["value"], window["auto_count"]) == ("1m,5m", "5m", 10)
    assert (search["query"], search["current"]["value"]) == ("error", "error")
    assert (cluster["query"], cluster["hide"]) == ("eu", 2)
    assert filters["datasource"] == {"type": "prometheus", "uid": "Prom"}
    assert "query" not in filters


def test_a_variable_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="variable 'x' is a 'odd'"):
        modern(templating=lib.Templating(list=[lib.Template("x", "", type="odd")]))
