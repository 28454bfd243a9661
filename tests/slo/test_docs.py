"""`docs/slo.md` does what it says, and our own objectives are built into their service's rule file."""

import re
from pathlib import Path

import yaml

from cli.compile.build import Request, build
from cli.config import Config
from panels import burn_rates
from queries import TIMES
from tests.slo.shipped import DOMAINS, SHIPPED
from tests.slo.shop import BAD

ROOT = Path(__file__).parents[2]
SAID = (ROOT / "docs" / "slo.md").read_text(encoding="utf-8")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _rules(path: Path) -> list[dict[str, str]]:
    groups = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)["groups"]  # noqa: S506 - a C SafeLoader
    return [rule for group in groups for rule in group["rules"]]


def test_the_example_builds_what_the_table_says(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", SAID, re.MULTILINE | re.DOTALL)
    page = tmp_path / "pages" / "shop.py"
    page.parent.mkdir()
    page.write_text(example, encoding="utf-8")
    report = build(Request(config=Config(sources=("pages",)), folder=tmp_path, out=tmp_path / "build"))

    assert report.problems == ()
    names = [rule.get("record") or rule["alert"] for rule in _rules(tmp_path / "build" / "rules" / "shop.yaml")]
    assert len(names) == 14
    assert {one for one in re.findall(r"`(shop:\w+:\w+|ShopOrders\w+)`", SAID) if one not in names} == set()
    assert (tmp_path / "build" / "dashboards" / "shop-orders.json").is_file()


def test_our_objectives_are_in_their_service_s_rule_file(tmp_path: Path) -> None:
    report = build(Request(config=Config(), folder=ROOT, out=tmp_path / "build"))

    assert report.problems == ()
    assert len(DOMAINS) == 5
    for slo in SHIPPED.values():
        names = {rule.get("alert") for rule in _rules(tmp_path / "build" / "rules" / _file(slo.name))}
        assert names >= {rule.alert for rule in slo.alerts}


def _file(name: str) -> str:
    return f"{name.partition(':')[0].replace('_', '-')}.yaml"


def test_every_service_promises_answers_and_that_they_come_in_time() -> None:
    assert sorted(SHIPPED) == sorted(f"{domain}:{what}" for domain in DOMAINS for what in ("availability", "latency"))


def test_the_panel_shows_a_line_for_each_long_window_and_the_limit_of_its_alert() -> None:
    panel = burn_rates(BAD)
    shown = [target.query for target in panel.targets]

    assert [query.name for query in shown if query] == ["over 1h", "over 6h", "over 1d", "over 3d"]
    assert {query.unit for query in shown if query} == {TIMES}
    assert [step.value for step in panel.steps] == [None, 1, 3, 6, 14.4]
    assert panel.alerts == BAD.alerts
    assert burn_rates(BAD, "Orders", width=12).title == "Orders"
