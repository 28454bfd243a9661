"""Public dashboards: every query is found, none is taken for another language's."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
import pytest

from cli.lint.reading import read
from cli.lint.settings import Settings
from cli.lint.subject import Inputs
from tests.lint.reading.given import CORPUS

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not beside the project")
FILES = sorted(CORPUS.glob("*.json"))


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return read([str(file) for file in FILES], stdin=lambda: b"", settings=Settings())


def written(value: Any) -> Counter[str]:
    """Every expression that stands anywhere, but Loki's."""
    found: Counter[str] = Counter()
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            expr, source = one.get("expr"), one.get("datasource")
            is_loki = isinstance(source, dict) and source.get("type") == "loki"
            if isinstance(expr, str) and expr and not is_loki:
                found[expr] += 1
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)
    return found


def test_every_query_is_found_exactly_once(inputs: Inputs) -> None:
    assert not inputs.unreadable
    assert len(inputs.pages) == len(FILES)
    count = 0
    for page, file in zip(inputs.pages, FILES, strict=True):
        found = Counter(
            one.expr
            for targets in (*(panel.targets for panel in page.panels), page.annotations)
            for one in targets
            if one.language == "promql" and one.expr
        )
        assert found == written(orjson.loads(file.read_bytes())), file.name
        assert page.title
        assert page.panels
        count += found.total()
    assert count > 1250


def test_no_query_of_loki_is_promql(inputs: Inputs) -> None:
    targets = [one for page in inputs.pages for panel in page.panels for one in panel.targets]

    assert sum(one.language == "logql" for one in targets) == 6
    assert not [one.expr for one in targets if one.language == "promql" and ("|=" in one.expr or "| json" in one.expr)]


def test_every_query_stands_where_it_is_said_to_stand(inputs: Inputs) -> None:
    for page in inputs.pages:
        for panel in page.panels:
            for one in panel.targets:
                spot = one.spot.below("expr")
                span = spot.document.span(spot.path)
                if one.expr:
                    assert span is not None
                    assert orjson.loads(spot.document.text[slice(*span)]) == one.expr
                    line, column = spot.document.position(spot.path)
                    assert spot.document.text.split("\n")[line - 1][column - 1] == '"'


def test_variables_are_read_with_their_language(inputs: Inputs) -> None:
    kinds = Counter((one.kind, one.language) for page in inputs.pages for one in page.variables)

    assert kinds["query", "promql"] > 90
    assert kinds["query", "logql"] == 12
    assert kinds["datasource", ""] == 41
