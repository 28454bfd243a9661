"""Public dashboards, judged without a catalog: every error is one that was looked at and found right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from cli.lint.check import check
from cli.lint.finding import Finding, Severity
from cli.lint.reading import read
from cli.lint.rules import all_rules
from cli.lint.settings import Settings
from queries.catalog import Catalogs

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the public dashboards are not here: {CORPUS}")
ERRORS = yaml.safe_load(Path(__file__).with_name("corpus_errors.yaml").read_text(encoding="utf-8"))
#: Of all rules together: more, and nobody reads them.
MOST_WARNINGS = 40


@pytest.fixture(scope="module")
def findings() -> Sequence[Finding]:
    inputs = read([str(CORPUS)], stdin=lambda: b"", settings=Settings())
    assert not inputs.unreadable
    return check(inputs, Catalogs(), Settings(), list(all_rules())).findings


def test_every_error_is_one_that_was_found_right(findings: Sequence[Finding]) -> None:
    found = Counter(
        (Path(one.place.file).name, one.where, one.rule) for one in findings if one.severity is Severity.ERROR
    )
    assert found == Counter((one["file"], one["where"], one["rule"]) for one in ERRORS)


def test_every_error_says_why_it_is_right() -> None:
    assert all(
        len(one["why"]) > len("it is wrong") and one.keys() == {"file", "where", "rule", "why"} for one in ERRORS
    )


def test_there_are_not_more_warnings_than_a_person_reads(findings: Sequence[Finding]) -> None:
    """1,410 queries on 40 pages."""
    assert sum(one.severity is Severity.WARNING for one in findings) < MOST_WARNINGS
