"""The link that Prometheus makes of an alert: what the labels hold arrives in the URL, whatever it is."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from tests.compile.shop import ALERTS_BY_REGION, alarmed, small_shop
from tests.prometheus.promtool import NEEDS_PROMTOOL, Case, run

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

HOSTILE = 'a&b=c d/ü?#"%'


def test_a_label_arrives_in_the_url_whatever_it_holds(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    shop.write("dash.toml", '[build]\ngrafana = "https://grafana.example.com"\n')
    shop.write("src/shop/alerts.py", ALERTS_BY_REGION)
    shop.write("src/pages/alarms.py", alarmed("alarms", variables='label_variable(ORDERS, "region")'))
    shop.builds()
    rules = yaml.safe_load((shop.build / "rules/shop.yaml").read_text())
    told = rules["groups"][0]["rules"][0]["annotations"]
    url = told["dashboard_url"].replace("{{ $labels.region | urlquery }}", "a%26b%3Dc+d%2F%C3%BC%3F%23%22%25")
    assert parse_qs(urlsplit(url).query)["var-region"] == [HOSTILE]
    assert not run([_case(rules, told | {"dashboard_url": url})], tmp_path)["as it is"]
    assert "dashboard_url" in run([_case(rules, told | {"dashboard_url": f"{url}x"})], tmp_path)["as it is"]


def _case(rules: dict[str, object], annotations: dict[str, str]) -> Case:
    """All orders of a region fail, so that the alert of that region fires."""
    region = HOSTILE.replace('"', '\\"')
    series = f'shop_orders_total{{job="shop-api", status="error", region="{region}"}}'
    alert = {"exp_labels": {"severity": "critical", "region": HOSTILE}, "exp_annotations": annotations}
    test = {
        "interval": "1m",
        "input_series": [{"series": series, "values": "0+60x30"}],
        "alert_rule_test": [{"eval_time": "20m", "alertname": "ShopErrors", "exp_alerts": [alert]}],
    }
    return Case("as it is", rules, test)
