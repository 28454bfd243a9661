"""All 36 expressions of the documents, each with its own catalog: what is wrong is named, what is good is let pass.

What the corrected alerts are let pass is in rules/test_seed_alerts.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from cli.lint.check import check
from cli.lint.finding import Finding, Severity
from cli.lint.reading import read
from cli.lint.rules import all_rules
from cli.lint.settings import Settings
from queries.catalog import Catalogs
from queries.catalogs.file import read_catalog
from tests.lint.rules.answers import ANSWERS, GOOD, WRONG

FACTS = Path(__file__).parents[3] / "shared" / "facts"
pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason=f"the documents' expressions are not here: {FACTS}")
ROWS = range(1, 37)
WEAK = frozenset(ROWS) - WRONG - GOOD
#: Rules that speak of any panel, whatever it asks.
OF_ANY_PANEL = frozenset({"PQL702", "PQL705", "PQL810"})
#: Nothing names the cause of this weak one: one line for each series, which no legend names.
UNNAMED = frozenset({26})


@cache
def _facts(name: str) -> Any:
    return yaml.safe_load((FACTS / name).read_text(encoding="utf-8"))


@cache
def _row(number: int) -> Mapping[str, Any]:
    rows = _facts("source_expressions.yaml")
    alerts, panels = ([one for one in rows if one["where"].startswith(kind)] for kind in ("alert", "panel"))
    return {**[*alerts, *panels][number - 1]}


def _rules(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The alert as a rule file has it."""
    labels = {"severity": row["severity"]}
    rule = {"alert": row["where"].removeprefix("alert "), "labels": labels} | {
        key: row[key] for key in ("expr", "for", "annotations")
    }
    return {"groups": [{"name": "documents", "rules": [rule]}]}


def _page(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The panel as a dashboard's JSON has it."""
    steps = [{"value": value, "color": colour} for value, colour in row.get("thresholds", ())]
    defaults = {key: row[key] for key in ("unit", "min", "max") if key in row}
    panel = {
        "id": 1,
        "type": row.get("kind", "timeseries"),
        "title": row["title"],
        "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "fieldConfig": {"defaults": defaults | ({"thresholds": {"mode": "absolute", "steps": steps}} if steps else {})},
        "targets": [{"refId": "A", "expr": row["expr"], "legendFormat": row.get("legend", "__auto")}],
    }
    return {"uid": "documents", "title": "Documents", "schemaVersion": 39, "panels": [panel]}


@cache
def _found(number: int) -> Sequence[Finding]:
    row = _row(number)
    text = orjson.dumps(_rules(row) if row["where"].startswith("alert") else _page(row))
    inputs = read(["-"], stdin=lambda: text, settings=Settings())
    assert not inputs.unreadable
    said = {"domain": "document"} | _facts("source_catalogs.yaml")[row["source"]]
    known = Catalogs((read_catalog(yaml.safe_dump(said).encode(), "catalog.yaml"),))
    return check(inputs, known, Settings(), list(all_rules())).findings


def test_the_documents_have_17_wrong_16_weak_and_3_good_ones() -> None:
    assert len(_facts("source_expressions.yaml")) == len(ROWS)
    assert [len(one) for one in (WRONG, WEAK, GOOD)] == [17, 16, 3]
    assert ANSWERS.keys() == WRONG | WEAK


@pytest.mark.parametrize("number", sorted(ANSWERS))
def test_the_rules_that_answer_are_those_of_the_table(number: int) -> None:
    assert {one.rule for one in _found(number)} >= ANSWERS[number]


@pytest.mark.parametrize("number", sorted(WRONG))
def test_each_wrong_one_has_an_error_or_a_warning_that_names_the_cause(number: int) -> None:
    assert any(one.severity > Severity.INFO for one in _found(number) if one.rule in ANSWERS[number])


def test_of_the_weak_ones_all_but_one_have_a_finding_about_their_query() -> None:
    silent = {number for number in WEAK if not {one.rule for one in _found(number)} - OF_ANY_PANEL}
    assert {number for number in WEAK if ANSWERS[number] <= OF_ANY_PANEL} == UNNAMED
    assert silent <= UNNAMED


@pytest.mark.parametrize("number", sorted(GOOD))
def test_nothing_above_an_information_is_said_of_the_good_ones(number: int) -> None:
    assert [f"{one.rule}: {one.message}" for one in _found(number) if one.severity > Severity.INFO] == []
