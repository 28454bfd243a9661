"""Texts as a person would have typed or piped them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from cli.lint.reading import read
from cli.lint.settings import Settings
from cli.lint.subject import Inputs, Page

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
PROMETHEUS = {"type": "prometheus", "uid": "$datasource"}


def piped(text: str | bytes, **settings: Any) -> Inputs:
    """What `dash lint -` reads."""
    raw = text.encode() if isinstance(text, str) else text
    return read(["-"], stdin=lambda: raw, settings=Settings(**settings))


def value(json: Any) -> Inputs:
    """What it reads of a value."""
    return piped(orjson.dumps(json))


def page(json: Any) -> Page:
    """The only page of a value that is read without a word."""
    inputs = value(json)
    assert not inputs.unreadable
    (only,) = inputs.pages
    return only


def dashboard(**members: Any) -> dict[str, Any]:
    """A dashboard with one panel that asks `up`."""
    panel = {"id": 2, "type": "timeseries", "title": "Up", "targets": [target("up")]}
    return {"uid": "a", "title": "A", "schemaVersion": 41, "panels": [panel], **members}


def target(expr: str, **members: Any) -> dict[str, Any]:
    """A query of Prometheus."""
    return {"refId": "A", "expr": expr, "datasource": PROMETHEUS, **members}


def exprs(inputs: Inputs) -> list[str]:
    """Every PromQL text of the panels."""
    return [
        one.expr
        for page_ in inputs.pages
        for panel in page_.panels
        for one in panel.targets
        if one.language == "promql"
    ]


def found(folder: Path, *paths: str) -> Inputs:
    """What paths below a folder hold."""
    return read([str(folder / path) for path in paths], stdin=lambda: b"", settings=Settings())
