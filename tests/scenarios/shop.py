"""A shop's rules, and scenarios to try them in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from cli.lint.reading import read_text
from cli.lint.settings import Settings
from cli.scenarios.rules import Rules, of_groups
from cli.scenarios.trial import Trial
from queries import Alarm, Scenario, Value

RULES = """groups:
- name: shop
  rules:
  - record: shop:errors:ratio
    expr: sum by (job) (rate(errors_total[5m])) / sum by (job) (rate(requests_total[5m]))
  - alert: ShopErrors
    expr: shop:errors:ratio > 0.05
    for: 5m
    labels: {severity: critical, tier: 007}
    annotations: {summary: 'Errors of {{ $labels.job }}: {{ $value | humanizePercentage }}'}
  - alert: ShopQueue
    expr: queue_depth > 100
    for: 2m
"""
#: So many of a hundred requests fail.
BAD, GOOD = "0+6x40", "0+4x40"


def rules(text: str = RULES, file: str = "shop.yaml") -> tuple[Rules, ...]:
    """The rule files of a text."""
    return tuple(of_groups(read_text(file, text, Settings()).groups))


def errors(share: str = BAD) -> dict[str, str]:
    """A hundred requests a minute, of which some fail."""
    return {'requests_total{job="shop"}': "0+100x40", 'errors_total{job="shop"}': share}


def trial(
    *expected: Alarm | Value, series: Mapping[str, str] | None = None, name: str = "a case", text: str = RULES
) -> Trial:
    """A scenario on the shop's rules."""
    scenario = Scenario(name=name, series=errors() if series is None else series, expected=expected)
    return Trial(scenario, rules(text))


def put(folder: Path, **files: str) -> None:
    """Files, `a_test_yaml` for a.test.yaml."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def said(faults: Sequence[object]) -> list[str]:
    """What is wrong, without where."""
    return [str(getattr(one, "what", one)) for one in faults]
