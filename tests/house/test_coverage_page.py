"""docs/coverage.md: its paths and tests are there, each requirement names one, and none of a document is missing."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from queries.catalogs.shipped import NAMES, shipped

ROOT = Path(__file__).parents[2]
FACTS = ROOT.parent / "shared" / "facts"
TEXT = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
#: A path of ours, and of a test perhaps its name.
NAMED = re.compile(r"`((?:bench|cli|dashboards_py|docs|examples|panels|queries|tests)(?:/[\w./-]*)?)(?:::(\w+))?`")
ROWS = [
    line
    for line in TEXT.splitlines()
    if line.startswith("| ") and not re.match(r"\| (?:\||requirement|document \|)", line)
]
ALERT = re.compile(r"^\| (\d+) \| \d{3} \| (\w+) \| ([^|]+) \| `([^`]+)` \|$", re.MULTILINE)
PANEL = re.compile(r"^\| (\d+)(?:-(\d+))? \| \d{3} \| [^|]+ \| `(dashboards_py/\w+\.py)` \|$", re.MULTILINE)


@cache
def _tests(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


def _missing(text: str) -> list[str]:
    found = []
    for path, test in NAMED.findall(text):
        there = ROOT / path
        if not there.exists() or (test and test not in _tests(there)):
            found.append(f"{path}::{test}" if test else path)
    return found


def _facts(name: str) -> Any:
    path = FACTS / name
    if not path.is_file():
        pytest.skip(f"the facts are not beside the project: {path}")
    return yaml.safe_load(path.read_bytes())


def test_every_path_and_test_that_it_names_is_there() -> None:
    assert len(NAMED.findall(TEXT)) > 100
    assert _missing(TEXT) == []


def test_a_path_or_a_test_that_is_gone_is_found() -> None:
    gone = "`queries/gone.py` `tests/house/test_ci.py::test_gone` `tests/house/test_ci.py::test_its_forge_takes_it`"

    assert _missing(gone) == ["queries/gone.py", "tests/house/test_ci.py::test_gone"]


def test_every_requirement_has_a_place_and_a_test() -> None:
    """The tables of alerts and panels have theirs above them."""
    said = [line for line in ROWS if not ALERT.match(line) and not PANEL.match(line)]
    lacking = [line for line in said if "`tests/" not in line or len(NAMED.findall(line)) < 2]

    assert len(said) > 40
    assert lacking == []


def test_every_metric_of_the_documents_is_in_its_row() -> None:
    for document, said in _facts("source_catalogs.yaml").items():
        row = next(line for line in ROWS if line.startswith(f"| {document} | `"))
        names = {str(one["name"]).removesuffix("_total") for one in said["metrics"]}
        there = {name.removesuffix("_total") for name in re.findall(r"`(\w+)`", row)}
        assert names <= there, document


@pytest.mark.parametrize("domain", NAMES)
def test_every_metric_that_we_declare_is_there(domain: str) -> None:
    assert {one.name for one in shipped(domain).metrics} <= set(re.findall(r"`(\w+)`", TEXT))


def test_every_alert_of_the_documents_is_there_and_ours_are_where_it_says() -> None:
    rows = ALERT.findall(TEXT)
    corrected = {rule["alert"] for group in _facts("seed_alerts_corrected.yml")["groups"] for rule in group["rules"]}
    words = set(re.findall(r"\w+", TEXT))
    siblings = {name for name in corrected if name.endswith("Absent")}

    assert [int(number) for number, *_ in rows] == list(range(1, 23))
    assert corrected - siblings <= words
    for _, _, ours, path in rows:
        text = (ROOT / path).read_text(encoding="utf-8")
        name = re.split(r"\W", ours)[0]
        assert f'"{name}"' in text, name


def test_every_panel_of_the_documents_is_on_the_page_that_it_says() -> None:
    numbers = [n for first, last, _ in PANEL.findall(TEXT) for n in range(int(first), int(last or first) + 1)]

    assert numbers == list(range(23, 37))
