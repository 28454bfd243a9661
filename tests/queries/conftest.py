"""What the parser is asked."""

import promql_parser
import pytest


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that promql-parser is given from now on."""
    seen: list[str] = []
    real = promql_parser.parse

    def parse(text: str) -> object:
        seen.append(text)
        return real(text)

    monkeypatch.setattr(promql_parser, "parse", parse)
    return seen
