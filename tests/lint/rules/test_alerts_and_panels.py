"""PQL800 and PQL801: an alert has a panel, and its link leads there."""

from pathlib import Path

import pytest

from cli.lint.check import check
from cli.lint.reading import read_build
from cli.lint.rule import Example
from cli.lint.sample import page, panel
from cli.lint.settings import Settings
from queries.catalog import Catalogs
from tests.compile.shop import alarmed, small_shop
from tests.lint.rules.found import found, rule

PAGE = page(panel("sum(queue_depth)"), panel("sum(model_loaded)"), uid="shop")


def rules(annotations: str, expr: str = "sum(queue_depth) > 100") -> str:
    """A rule file with one alert."""
    return f"groups: [{{name: g, rules: [{{alert: A, expr: '{expr}', for: 5m, annotations: {annotations}}}]}}]\n"


def said(name: str, annotations: str, expr: str = "sum(queue_depth) > 100") -> list[str]:
    """What a rule says of that alert beside the page."""
    return [one.message for one in found(name, Example(page=PAGE, rules=rules(annotations, expr)))]


@pytest.mark.parametrize(
    ("annotations", "message"),
    [
        ('{__dashboardUid__: shop, __panelId__: "1"}', ""),
        ('{__dashboardUid__: shop, __panelId__: "2"}', ""),
        ('{__dashboardUid__: shop, __panelId__: "3"}', "A leads to panel 3 of page 'shop'"),
        ("{__dashboardUid__: shop}", "A has __dashboardUid__ and no __panelId__"),
        ('{__panelId__: "1"}', "A has __panelId__ and no __dashboardUid__"),
        # a page that was not read
        ('{__dashboardUid__: elsewhere, __panelId__: "3"}', ""),
        ("{summary: x}", ""),
    ],
)
def test_a_link_leads_to_a_panel_that_is_there(annotations: str, message: str) -> None:
    messages = said("PQL801", annotations)
    assert len(messages) == bool(message)
    assert all(one.startswith(message) for one in messages)


def test_an_alert_of_somebody_has_a_panel_where_one_shows_its_metric() -> None:
    assert said("PQL800", "{summary: x}") == []
    assert said("PQL800", "{summary: x}", "sum(nowhere) > 1") == ["no panel shows what A judges: nowhere"]
    assert said("PQL800", '{__dashboardUid__: shop, __panelId__: "3"}', "sum(nowhere) > 1") == []


def test_an_alert_of_a_build_has_a_panel_that_knows_it(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    shop.builds()
    # a page shows the metric that it judges, and nobody said that it is its page
    assert _of_build(shop.build) == ["no panel knows ShopErrors, so that it leads nowhere"]
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    shop.builds()
    assert _of_build(shop.build) == []


def test_a_panel_that_is_gone_from_a_built_page_is_found(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    shop.builds()
    path = shop.build / "dashboards/alarms.json"
    path.write_text(path.read_text().replace('"id": ', '"id": 1'))
    assert any(one.startswith("ShopErrors leads to panel") for one in _of_build(shop.build, "PQL801"))


def _of_build(build: Path, name: str = "PQL800") -> list[str]:
    checked = check(read_build(build, Settings()), Catalogs(()), Settings(), [rule(name)])
    return [one.message for one in checked.findings]
