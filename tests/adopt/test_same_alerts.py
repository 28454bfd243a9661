"""By promtool: the rules that come back are accepted, and for the same series the same alerts fire."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.prometheus.process import Running
from cli.prometheus.told import Told
from tests.adopt.round_trip import there_and_back
from tests.adopt.test_there_and_back import GROUPS
from tests.prometheus.promtool import NEEDS_PROMTOOL

pytestmark = NEEDS_PROMTOOL
FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "facts"
PROMTOOL = shutil.which("promtool") or "promtool"
#: Comments and line breaks in the expression, a spelled-out `for`, a recording that an alert reads, a template.
RULES = r"""groups:
- name: a group
  interval: 60s
  rules:
  - record: shop:errors:ratio
    expr: |
      # the share: "of all
      sum by (job) (rate(errors_total{code=~'5..'}[5m]))  # ' above
        /
      sum by (job) (rate(requests_total[5m]))
    labels: {team: shop, level: 1}
  - alert: Errors & more
    expr: >-
      shop:errors:ratio
      > 0.05
    for: 0h2m
    keep_firing_for: 180s
    labels: {severity: page, at: '{{ $labels.job }}'}
    annotations:
      summary: '{{ $value | humanizePercentage }} of {{ $labels.job }} {braces} 100 %'
      description: |
        two
          lines
"""
SERIES = [
    {"series": 'errors_total{job="shop", code="500"}', "values": "0+6x10 60x20"},
    {"series": 'errors_total{job="quiet", code="500"}', "values": "0+1x30"},
    {"series": 'requests_total{job="shop"}', "values": "0+60x30"},
    {"series": 'requests_total{job="quiet"}', "values": "0+60x30"},
]
TIMES = ("1m", "2m", "3m", "4m", "5m", "10m", "13m", "16m", "17m", "18m", "20m")


def _told(rules: dict[str, Any]) -> str:
    """What promtool finds where nothing is expected: every alert and every recorded sample, word by word."""
    alerts = {rule["alert"] for group in rules["groups"] for rule in group["rules"] if "alert" in rule}
    records = {rule["record"] for group in rules["groups"] for rule in group["rules"] if "record" in rule}
    wrong: list[dict[str, str]] = []
    test = {
        "interval": "1m",
        "input_series": SERIES,
        "alert_rule_test": [
            {"eval_time": at, "alertname": name, "exp_alerts": wrong} for at in TIMES for name in alerts
        ],
        "promql_expr_test": [{"eval_time": at, "expr": name, "exp_samples": []} for at in TIMES for name in records],
    }
    Path("judged.yml").write_text(yaml.safe_dump(rules))
    Path("test.yml").write_text(yaml.safe_dump({"rule_files": ["judged.yml"], "tests": [test]}))
    return _promtool("test", "rules", "test.yml").text


def test_the_same_alerts_fire_for_the_same_series() -> None:
    Path("rules.yml").write_text(RULES)
    before = _told(yaml.safe_load(RULES))

    after = _told({"groups": there_and_back(Path("rules.yml"))})

    assert "Errors & more" in before
    assert "5 lines" not in before
    assert "10% of shop {braces} 100 %" in before
    assert before == after


def _promtool(*words: str) -> Told:
    with Running([PROMTOOL, *words], Path.cwd(), longest=60) as ran:
        return ran.answer()


def _checked(file: Path) -> str:
    told = _promtool("check", "rules", str(file))
    assert told.passed, told.text
    return told.text.partition("\n")[2]


@pytest.mark.parametrize("text", [RULES, GROUPS])
def test_promtool_says_of_the_new_file_what_it_says_of_the_old_one(text: str) -> None:
    Path("rules.yml").write_text(text)

    there_and_back(Path("rules.yml"))

    assert _checked(Path("rules.yml")) == _checked(next(iter(Path("build/rules").glob("*.yaml"))))


@pytest.mark.skipif(not FACTS.is_dir(), reason="no ../shared/facts beside this checkout")
def test_the_corrected_rules_of_the_source_documents_come_back() -> None:
    file = FACTS / "seed_alerts_corrected.yml"

    said = there_and_back(file)

    assert said == yaml.safe_load(file.read_text())["groups"]
    assert _checked(file) == _checked(Path("build/rules/seed-alerts-corrected.yaml"))
