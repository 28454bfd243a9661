"""The queries of real dashboards and of the five source documents, where ../shared has them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

SHARED = Path(__file__).parents[3] / "shared"
NEEDS_SHARED = pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared: its corpus is not part of the project")


@cache
def dashboard_queries() -> tuple[str, ...]:
    """Every query to Prometheus of the corpus; a query to Loki is no PromQL."""
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((SHARED / "corpus").glob("*.json"))]
    said = [target for page in pages for target in _targets(page, "prometheus")]
    return tuple(dict.fromkeys(one for one in said if one.strip()))


@cache
def source_expressions() -> tuple[str, ...]:
    """The 36 expressions of the source documents as they were written."""
    text = (SHARED / "facts" / "source_expressions.yaml").read_text(encoding="utf-8")
    return tuple(str(one["expr"]) for one in yaml.safe_load(text))


def _targets(node: Any, kind: str) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _targets(one, kind)
    elif isinstance(node, dict):
        kind = _kind(node, kind)
        for target in node.get("targets") or ():
            if isinstance(target, dict) and isinstance(target.get("expr"), str) and _kind(target, kind) != "loki":
                yield target["expr"]
        for key, one in node.items():
            if key != "targets":
                yield from _targets(one, kind)


def _kind(node: dict[str, Any], inherited: str) -> str:
    source = node.get("datasource")
    return str(source.get("type") or inherited) if isinstance(source, dict) else inherited
