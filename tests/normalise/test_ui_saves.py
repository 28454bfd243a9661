"""Of what a person's one edit in a real Grafana 9.4 did to the JSON, just that edit is reported."""

import pytest

from cli.deploy.normalise import applied, compare, said
from tests.normalise.pages import Json, panel, saved

EDITS = {
    "description": 'page: description "A page." -> "Edited by hand."',
    "panel_title": 'panel "Latency": title "Latency" -> "Latency by hand"',
    "panel_resized": 'panel "About": resized 8x6 -> 13x8',
    "panel_duplicated": 'panel "About" (201): added',
    "row_collapsed": 'row "Is it healthy?": collapsed',
    "time_range": 'page: refresh "30s" -> "5m"',
}
BACK = {
    "description": 'page: description "Edited by hand." -> "A page."',
    "panel_title": 'panel "Latency by hand": title "Latency by hand" -> "Latency"',
    "panel_resized": 'panel "About": resized 13x8 -> 8x6',
    "panel_duplicated": 'panel "About" (201): removed',
    "row_collapsed": 'row "Is it healthy?": expanded',
    "time_range": 'page: refresh "5m" -> "30s"',
}


def told(base: Json, live: Json) -> list[str]:
    """The edits in words."""
    return [said(edit) for edit in compare(base, live)]


@pytest.mark.parametrize("name", EDITS)
def test_just_the_edit_is_reported(name: str) -> None:
    assert told(saved("pushed"), saved(name)) == [EDITS[name]]


@pytest.mark.parametrize("name", BACK)
def test_the_same_the_other_way_round(name: str) -> None:
    assert told(saved(name), saved("pushed")) == [BACK[name]]


@pytest.mark.parametrize("name", EDITS)
def test_the_edit_makes_the_one_page_of_the_other(name: str) -> None:
    base, live = saved("pushed"), saved(name)
    assert told(applied(base, compare(base, live)), live) == []
    assert told(applied(live, compare(live, base)), base) == []


def test_two_edits_of_one_page_are_seen_among_all_that_wrote_itself() -> None:
    assert sorted(told(saved("panel_title"), saved("panel_resized"))) == [
        'panel "About": resized 8x6 -> 13x8',
        'panel "Latency by hand": title "Latency by hand" -> "Latency"',
    ]


def test_a_real_edit_right_beside_what_wrote_itself_is_seen() -> None:
    live = saved("panel_title")
    panel(live, "Quality")["fieldConfig"]["defaults"]["max"] = 2
    panel(live, "Latency heatmap")["options"]["color"]["exponent"] = 0.7
    panel(live, "Latency by hand")["fieldConfig"]["defaults"]["custom"]["hideFrom"]["viz"] = True
    panel(live, "Share")["options"]["pieType"] = "pie"
    live["templating"]["list"][0]["skipUrlSync"] = True
    live["annotations"]["list"][0]["target"]["limit"] = 200
    assert sorted(
        one.split(": ")[0] + ": " + one.split(": ")[1].split(" ")[0] for one in told(saved("pushed"), live)
    ) == [
        'annotation "Annotations & Alerts": target',
        'panel "Latency heatmap": color',
        'panel "Latency": hideFrom',
        'panel "Latency": title',
        'panel "Quality": maximum',
        'panel "Share": pieType',
        "variable datasource: skipUrlSync",
    ]


def test_a_bare_panel_of_each_kind_equals_the_one_that_was_saved() -> None:
    live = saved("panel_defaults")
    base = {
        **live,
        "panels": [
            {key: one[key] for key in ("datasource", "gridPos", "id", "targets", "title", "type")}
            for one in live["panels"]
        ],
    }
    assert told(base, live) == []
    assert told(live, base) == []
