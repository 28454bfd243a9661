"""Catalogs and pages from texts, and what is wrong with those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.catalog import Catalog
from queries.catalogs.exposition import read_exposition
from queries.catalogs.file import read_catalog
from queries.catalogs.not_a_catalog import NotACatalog
from queries.catalogs.scraped import metrics_of
from queries.exposed import Exposed

FACTS = Path(__file__).parents[3] / "shared" / "facts"
NEEDS_FACTS = pytest.mark.skipif(not FACTS.is_dir(), reason=f"the facts are not beside the project: {FACTS}")


def catalog(text: str) -> Catalog:
    """The catalog that a text says."""
    return read_catalog(text.encode(), "c.yaml")


def one_metric(members: str) -> Exposed:
    """The metric that these members say, on one line."""
    (metric,) = catalog(f"domain: d\nmetrics:\n- {{name: m, {members}}}\n").metrics
    return metric


def page(text: str | bytes) -> dict[str, Exposed]:
    """The metrics of a page."""
    data = text if isinstance(text, bytes) else text.encode()
    return {one.name: one for one in metrics_of(read_exposition(data, "m.prom"))}


def faults(text: str | bytes) -> list[str]:
    """What is wrong with a catalog."""
    with pytest.raises(NotACatalog) as caught:
        read_catalog(text if isinstance(text, bytes) else text.encode(), "c.yaml")
    return [str(one).removeprefix("c.yaml:").strip() for one in caught.value.problems]


def page_fault(text: str | bytes) -> str:
    """What is wrong with a page."""
    with pytest.raises(NotACatalog) as caught:
        page(text)
    (fault,) = caught.value.problems
    return str(fault).removeprefix("m.prom:").strip()
