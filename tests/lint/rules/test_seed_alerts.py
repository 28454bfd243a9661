"""The alerts of the documents: what is wrong with them is found, and what was corrected is let pass."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from cli.lint.check import check
from cli.lint.finding import Finding, Severity
from cli.lint.reading import read
from cli.lint.rule import Rule
from cli.lint.rules import all_rules
from cli.lint.settings import Settings
from queries.catalog import Catalog, Catalogs
from queries.catalogs.file import read_catalog
from queries.catalogs.shipped import shipped
from tests.lint.rules.answers import ANSWERS, WRONG

FACTS = Path(__file__).parents[4] / "shared" / "facts"
pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason=f"the documents' expressions are not here: {FACTS}")
ALERTS = 22
RULES = all_rules()
#: What the groups of the corrected alerts are about.
DOMAINS = {
    "ai_app_alerts": "ai_app",
    "inference_alerts": "inference_server",
    "ai_api_alerts": "ai_api",
    "taskmaster": "taskmaster",
    "ml_serving_infrastructure": "ml_serving",
    "ml_model_performance": "ml_serving",
    "ml_business_metrics": "ml_serving",
}


@cache
def _read(name: str) -> Any:
    path = FACTS / name
    return yaml.safe_load(path.read_text()) if path.exists() else []


ROWS = dict(enumerate((one for one in _read("source_expressions.yaml") if one["where"].startswith("alert")), 1))


@cache
def _catalog(source: str) -> Catalog:
    said = {"domain": f"source{source}"} | _read("source_catalogs.yaml")[source]
    return read_catalog(yaml.safe_dump(said).encode(), "source_catalogs.yaml")


def _found(groups: list[Any], known: Catalogs, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    text = orjson.dumps({"groups": groups})
    return check(read(["-"], stdin=lambda: text, settings=Settings()), known, Settings(), list(rules)).findings


def _of_row(row: dict[str, Any], **change: Any) -> tuple[Finding, ...]:
    rule = {"alert": row["where"].removeprefix("alert "), "expr": row["expr"], "for": row["for"]}
    rule |= {"labels": {"severity": row["severity"]}, "annotations": row["annotations"]} | change
    return _found([{"name": "documents", "rules": [rule]}], Catalogs((_catalog(row["source"]),)))


@pytest.mark.parametrize("number", sorted(one for one in ANSWERS if one <= ALERTS))
def test_what_is_wrong_with_an_alert_is_named(number: int) -> None:
    found = _of_row(ROWS[number])
    assert {one.rule for one in found} >= ANSWERS[number]


@pytest.mark.parametrize("number", sorted(one for one in ANSWERS if one in WRONG and one <= ALERTS))
def test_an_alert_that_cannot_work_has_more_than_an_information(number: int) -> None:
    found = _of_row(ROWS[number])
    assert any(one.severity >= Severity.WARNING for one in found if one.rule in ANSWERS[number])


def test_the_alert_that_does_not_parse_has_more_faults_once_it_does() -> None:
    mended = 'avg(x{model_name="sentiment"}) < avg(x{model_name="sentiment"} offset 7d)'
    assert {"PQL501", "PQL540"} <= {one.rule for one in _of_row(ROWS[19], expr=mended)}


@pytest.mark.parametrize("domain", sorted(set(DOMAINS.values())))
def test_the_corrected_alerts_are_let_pass(domain: str) -> None:
    groups = [one for one in _read("seed_alerts_corrected.yml")["groups"] if DOMAINS[one["name"]] == domain]
    found = _found(groups, Catalogs((shipped(domain),)))
    assert [f"{one.rule} {one.where}: {one.message}" for one in found if one.severity > Severity.INFO] == []
