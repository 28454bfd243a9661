"""Our own pages and rules, with the catalogs of all domains: nothing above an information."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cli.compile.build import Request, build
from cli.config import Config
from cli.lint.check import check
from cli.lint.finding import Finding, Severity
from cli.lint.reading import read_build
from cli.lint.rules import all_rules
from cli.lint.settings import Settings
from queries.catalog import Catalogs
from queries.catalogs.shipped import NAMES, shipped

ROOT = Path(__file__).parents[2]
#: 12 pages and 5 rule files ask this and more.
QUERIES = 280


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ours") / "build"
    assert build(Request(config=Config(), folder=ROOT, out=out)).problems == ()
    return out


@pytest.fixture(scope="module")
def findings(built: Path) -> Sequence[Finding]:
    known = Catalogs(tuple(map(shipped, NAMES)))
    checked = check(read_build(built, Settings()), known, Settings(), all_rules())
    assert checked.expressions > QUERIES
    return checked.findings


def test_nothing_above_an_information_is_said_of_our_own_pages_and_rules(findings: Sequence[Finding]) -> None:
    assert [f"{one.rule} {one.where}: {one.message}" for one in findings if one.severity > Severity.INFO] == []


def test_what_is_said_of_them_is_little(findings: Sequence[Finding]) -> None:
    assert {one.rule for one in findings} <= {"PQL511", "PQL605"}
