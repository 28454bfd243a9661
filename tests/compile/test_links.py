"""An alert leads to its panel: by ids, by a URL where somebody said which Grafana, and also while a page is broken."""

from typing import Any

import yaml

from panels.grafana.ids import panel_id
from tests.compile.shop import ALERTS, ALERTS_BY_REGION, Run, Shop, alarmed, page

GRAFANA = '[build]\ngrafana = "https://grafana.example.com/"\n'
NOTE = "note: alerts name their panels, and no URL"
FAILING = panel_id("alarms", "Failing")


def annotations(shop: Shop, file: str = "shop", rule: int = 0) -> dict[str, str]:
    """What the rule file says of an alert."""
    said: dict[str, str] = rules(shop, file)[rule]["annotations"]
    return said


def rules(shop: Shop, file: str = "shop") -> list[dict[str, Any]]:
    """The rules of the first group of a file."""
    groups = yaml.safe_load((shop.build / f"rules/{file}.yaml").read_text())["groups"]
    found: list[dict[str, Any]] = groups[0]["rules"]
    return found


def good(ran: Run) -> None:
    """It went well."""
    assert (ran.code, ran.err) == (0, "")


def test_an_alert_names_the_page_and_the_panel_that_shows_it(shop: Shop) -> None:
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    ran = shop.builds()
    assert annotations(shop) == {"summary": "x", "__dashboardUid__": "alarms", "__panelId__": str(FAILING)}
    assert FAILING in [one["id"] for one in shop.page("alarms")["panels"]]
    assert (ran.code, ran.err.count(NOTE)) == (0, 1)
    assert NOTE not in shop.builds().err


def test_an_alert_without_a_panel_leads_nowhere(shop: Shop) -> None:
    good(shop.builds())
    assert annotations(shop) == {"summary": "x"}


def test_the_url_shows_the_panel_alone_and_what_the_alert_is_about(shop: Shop) -> None:
    shop.write("dash.toml", GRAFANA)
    shop.write("src/shop/alerts.py", ALERTS_BY_REGION)
    shop.write("src/pages/alarms.py", alarmed("alarms", "What é fails", variables='label_variable(ORDERS, "region")'))
    good(shop.builds())
    assert annotations(shop)["dashboard_url"] == (
        f"https://grafana.example.com/d/alarms/what-e-fails?viewPanel={FAILING}&from=now-1h&to=now"
        "&var-region={{ $labels.region | urlquery }}"
    )


def test_a_label_that_the_alert_does_not_keep_is_not_chosen(shop: Shop) -> None:
    shop.write("dash.toml", GRAFANA)
    shop.write("src/shop/alerts.py", ALERTS_BY_REGION)
    shop.write("src/pages/alarms.py", alarmed("alarms", variables='label_variable(ORDERS, "status")'))
    good(shop.builds())
    assert annotations(shop)["dashboard_url"].endswith("&to=now")


def test_the_default_context_says_which_grafana_where_nobody_else_does(shop: Shop) -> None:
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    context = 'default_context = "home"\n[contexts.home]\nurl = "http://localhost:3000"\n'
    shop.write("dash.toml", context)
    good(shop.builds())
    assert annotations(shop)["dashboard_url"].startswith("http://localhost:3000/d/alarms/alarms?")
    shop.write("dash.toml", context + GRAFANA)
    good(shop.builds())
    assert annotations(shop)["dashboard_url"].startswith("https://grafana.example.com/d/")


def test_credentials_of_a_context_never_reach_a_rule_file(shop: Shop) -> None:
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    shop.write("dash.toml", 'default_context = "home"\n[contexts.home]\nurl = "https://me:secret@example.com"\n')
    assert NOTE in shop.builds().err
    assert "secret" not in str(annotations(shop))


def test_a_wrong_url_is_refused_without_being_repeated(shop: Shop) -> None:
    for url in ('"https://me:secret@example.com"', '"example.com"', "3", '"https://x/{{ secret }}"', '"https://x?a=b"'):
        shop.write("dash.toml", f"[build]\ngrafana = {url}\n")
        ran = shop.builds()
        assert ran.code == 2
        assert "dash.toml:2" in ran.err
        assert "secret" not in ran.err


def test_of_several_pages_the_one_about_the_fewest_services_is_opened(shop: Shop) -> None:
    other = ALERTS.replace("ShopErrors", "OtherErrors").replace('"shop"', '"other"')
    shop.write("src/other/alerts.py", other)
    both = 'row("All", timeseries("One", errors(), alerts=[*SHOP.rules, *OTHER.rules]))'
    overview = alarmed("a-overview", rows=both).replace(
        "\n\nfrom panels", "\nfrom other.alerts import group as OTHER\n\nfrom panels"
    )
    shop.write("src/pages/overview.py", overview)
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    shop.builds()
    assert annotations(shop)["__dashboardUid__"] == "alarms"
    assert annotations(shop, "other")["__dashboardUid__"] == "a-overview"


def test_the_sibling_leads_to_the_same_panel(shop: Shop) -> None:
    gone = ALERTS.replace('summary="x"', 'summary="x", gone=Gone("ShopGone", "Nothing is sold")')
    shop.write("src/shop/alerts.py", gone.replace("import AlertRule", "import AlertRule, Gone"))
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    shop.builds()
    assert [one["alert"] for one in rules(shop)] == ["ShopErrors", "ShopGone"]
    assert annotations(shop, rule=1)["__panelId__"] == str(FAILING)


def test_the_links_of_a_page_that_broke_stay(shop: Shop) -> None:
    shop.write("dash.toml", GRAFANA)
    shop.write("src/shop/alerts.py", ALERTS_BY_REGION)
    shop.write("src/pages/alarms.py", alarmed("alarms", variables='label_variable(ORDERS, "region")'))
    good(shop.builds())
    before = annotations(shop)
    shop.write("src/pages/alarms.py", "1 / 0\n")
    assert shop.builds().code == 3
    assert annotations(shop) == before
    # also where the rule file is made again meanwhile
    shop.write("src/shop/alerts.py", ALERTS_BY_REGION.replace("5m", "9m"))
    assert shop.builds().code == 3
    assert rules(shop)[0]["for"] == "9m"
    assert annotations(shop) == before


def test_a_page_that_is_gone_takes_its_links_with_it(shop: Shop) -> None:
    path = shop.write("src/pages/alarms.py", alarmed("alarms"))
    shop.builds()
    path.unlink()
    good(shop.builds())
    assert annotations(shop) == {"summary": "x"}


def test_a_renamed_panel_takes_its_links_along(shop: Shop) -> None:
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    shop.builds()
    shop.write("src/pages/alarms.py", alarmed("alarms").replace("Failing", "Renamed"))
    shop.builds()
    assert annotations(shop)["__panelId__"] == str(panel_id("alarms", "Renamed"))
    assert shop.builds("--check").code == 0


def test_what_somebody_wrote_keeps_what_it_says(shop: Shop) -> None:
    given = """from queries import GivenAlert, RuleGroup

group = RuleGroup(name="shop", rules=[GivenAlert(alert="Given", expr="up == 0", annotations=ANNOTATIONS)])
"""
    shop.write("dash.toml", GRAFANA)
    shop.write("src/pages/alarms.py", alarmed("alarms"))
    shop.write("src/shop/alerts.py", given.replace("ANNOTATIONS", '{"dashboard_url": "theirs"}'))
    good(shop.builds())
    theirs = {"dashboard_url": "theirs", "__dashboardUid__": "alarms", "__panelId__": str(FAILING)}
    assert annotations(shop) == theirs
    shop.write("src/shop/alerts.py", given.replace("ANNOTATIONS", '{"__dashboardUid__": "theirs"}'))
    good(shop.builds())
    assert annotations(shop) == {"__dashboardUid__": "theirs"}


def test_a_page_without_alerts_says_nothing_of_them(shop: Shop) -> None:
    shop.write("src/pages/alarms.py", page("alarms"))
    good(shop.builds())
    entry = next(one for one in shop.manifest()["pages"] if one["uid"] == "alarms")
    assert (entry["alerts"], entry["variables"]) == ({}, {})
