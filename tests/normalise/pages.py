"""Pages to compare: what a real Grafana saved, one with every kind of panel, and all that we ship."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from panels.grafana import to_grafana
from tests.panels.every_kind import page as every_kind

SAVES = Path(__file__).parents[3] / "shared" / "oracles" / "grafana-9.4" / "ui_saves"
#: What a build makes, byte for byte (`tests/snapshots`), and is there without one.
SHIPPED = Path(__file__).parents[1] / "snapshots" / "__snapshots__" / "test_shipped"
Json = dict[str, Any]
Place = tuple[str | int, ...]


def saved(name: str) -> Json:
    """A page as a real 9.4 answered it after one edit in a browser."""
    if not SAVES.is_dir():
        pytest.skip(f"what Grafana saved is not there: {SAVES}")
    page: Json = json.loads((SAVES / f"{name}.json").read_text(encoding="utf-8"))
    return page


@cache
def _written() -> str:
    return json.dumps(to_grafana(every_kind))


def ours() -> Json:
    """A new copy of the page with every kind of panel."""
    page: Json = json.loads(_written())
    return page


def shipped() -> list[Json]:
    """The pages that we ship."""
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.json"))]
    if not pages:
        raise FileNotFoundError(f"no page in {SHIPPED}")
    return pages


def panels(page: Json) -> Iterator[Json]:
    """Every panel, also those in closed rows."""
    for panel in page["panels"]:
        yield panel
        yield from panel.get("panels", ())


def panel(page: Json, title: str) -> Json:
    """The panel with a title."""
    return next(one for one in panels(page) if one["title"] == title)


def leaves(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value that holds no other."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not value or not isinstance(value, dict | list):
        yield path, value
    for key, one in inner:
        yield from leaves(one, (*path, key))


def with_leaf(page: Json, path: Place, value: Any) -> Json:
    """A copy that says something else at one place."""
    made = copy.deepcopy(page)
    inner: Any = made
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return made
