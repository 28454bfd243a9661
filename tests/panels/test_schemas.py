"""A page with every kind and every option is one that Grafana itself could have saved."""

from panels.grafana import to_grafana
from panels.grafana.template import PLUGIN_VERSION
from panels.kinds import KINDS
from tests.panels.every_kind import page
from tests.panels.grafana_schemas import complaints, nulls, panels


def test_grafanas_schemas_have_nothing_against_every_kind_and_every_option() -> None:
    assert complaints(to_grafana(page)) == []


def test_the_page_has_every_kind() -> None:
    assert {one["type"] for one in panels(to_grafana(page))} == {*KINDS, "row"}


def test_every_panel_has_its_version_and_every_option_of_its_kind() -> None:
    for one in panels(to_grafana(page)):
        if one["type"] == "row":
            continue
        assert one["pluginVersion"] == PLUGIN_VERSION
        assert one["options"].keys() >= KINDS[one["type"]].options.keys(), one["title"]
        custom = one["fieldConfig"]["defaults"].get("custom", {})
        assert custom.keys() >= KINDS[one["type"]].custom.keys(), one["title"]


def test_the_judge_sees_what_is_wrong() -> None:
    made = to_grafana(page)
    stat = made["panels"][1]
    broken = {**stat, "options": {**stat["options"], "colorMode": "rainbow", "odd": 1}, "span": 4, "interval": None}
    said = complaints({**made, "panels": [broken], "rows": []})
    for part in ("colorMode", "odd", "span", "rows", "null at .panels.0.interval"):
        assert any(part in one for one in said), part


def test_nulls_are_found_but_for_the_first_threshold() -> None:
    steps = [{"color": "green", "value": None}, {"color": "red", "value": None}]
    assert list(nulls({"thresholds": {"steps": steps}})) == [".thresholds.steps.1.value"]
