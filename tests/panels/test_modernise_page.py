"""What a page of grafanalib says of itself: its name, times, links, annotations and inputs."""

from typing import Any

import grafanalib.core as lib
import pytest

from panels.grafana import modernise, modernised
from queries import Mistake
from tests.panels.grafanalib_pages import PANELS, page, panel, whole_page
from tests.panels.modern import changes, first, modern


def test_what_nobody_wrote_is_not_taken_for_said() -> None:
    bare = modern()
    assert (bare["refresh"], bare["timezone"], bare["timepicker"]) == ("30s", "browser", {})
    assert "refresh '10s' is grafanalib's own" in changes()
    said = modern(refresh=False, timezone="UTC")
    assert (said["refresh"], said["timezone"]) == ("", "UTC")
    assert "maxDataPoints" not in first(PANELS["TimeSeries, bare"])
    assert "intervalFactor" not in first(PANELS["TimeSeries, bare"])["targets"][0]
    assert first(panel(lib.TimeSeries, maxDataPoints=500))["maxDataPoints"] == 500


def test_a_page_is_complete_and_has_nothing_of_the_past() -> None:
    made = modernise(whole_page())
    assert made["schemaVersion"] == 41
    assert made["graphTooltip"] == 1
    assert made["gnetId"] == "1860"
    for key in ("fiscalYearStartMonth", "weekStart", "preload", "liveNow", "links", "annotations"):
        assert key in made
    for key in ("__inputs", "hideControls", "rows", "sharedCrosshair", "style", "version", "id"):
        assert key not in made
    assert made["timepicker"] == {"refresh_intervals": ["10s"], "nowDelay": "1m", "hidden": True}


def test_a_tooltip_that_was_said_is_not_lost() -> None:
    assert modern(graphTooltip=2)["graphTooltip"] == 2


def test_a_page_without_a_uid_takes_the_one_that_is_given() -> None:
    assert modernise(page(uid=None), "from-its-file")["uid"] == "from-its-file"
    assert modernise(page(uid="own"), "from-its-file")["uid"] == "own"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"uid": None}, "a page without a uid"),
        ({"uid": "a b"}, "letters, digits, - and _"),
        ({"uid": "a" * 41}, "longer than 40"),
        ({"title": " "}, "a page without a title"),
    ],
)
def test_a_page_needs_a_name(said: dict[str, Any], message: str) -> None:
    with pytest.raises(Mistake, match=message):
        modernise(page(**said))


def test_links_are_complete() -> None:
    pages, docs = modernise(whole_page())["links"]
    assert (pages["type"], pages["tags"]) == ("dashboards", ["a"])
    assert (docs["type"], docs["url"], docs["targetBlank"]) == ("link", "https://example.org", False)


def test_annotations_have_references_and_grafanas_own() -> None:
    own, deploys, alerts, default = modernise(whole_page())["annotations"]["list"]
    assert own["builtIn"] == 1
    assert deploys["datasource"] == {"type": "grafana", "uid": "-- Grafana --"}
    assert alerts["datasource"] == {"type": "prometheus", "uid": "Prom"}
    assert (default["enable"], "datasource" in default) == (True, False)
    built_in = {"name": "Own", "builtIn": 1, "enable": True, "iconColor": "red"}
    assert len(modern(annotations=lib.Annotations(list=[built_in]))["annotations"]["list"]) == 1


def test_inputs_become_variables() -> None:
    made = {one["name"]: one for one in modernise(whole_page())["templating"]["list"]}
    assert (made["DS_IN"]["type"], made["DS_IN"]["query"]) == ("datasource", "prometheus")
    assert (made["PREFIX"]["type"], made["PREFIX"]["query"]) == ("constant", "shop")
    assert made["DS"].get("label") != "Taken"


def test_what_grafana_does_not_read_is_said() -> None:
    class Odd(lib.Dashboard):  # type: ignore[misc]
        def to_json_data(self) -> dict[str, Any]:
            return {**super().to_json_data(), "odd": 1}

    made = modernised(Odd(title="Page", uid="page", timePicker=lib.TimePicker(["5s"], ["1y"])))
    assert "odd" not in made.page
    assert "odd is nothing that Grafana reads today; left out" in made.changes
    assert any("list of ranges" in one for one in made.changes)
