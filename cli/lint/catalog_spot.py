"""Where a finding about a catalog stands: the metric's line in the catalog's file."""

from __future__ import annotations

from pathlib import Path as File
from typing import NamedTuple

from cli.lint.spot import Path, Spot
from queries.catalog import Catalog


class _CatalogFile(NamedTuple):
    """A catalog's file as the rules about catalogs speak of it."""

    file: str
    text: str
    is_json: bool = False

    def offset_in(self, _path: Path, _offset: int) -> None:
        """Nowhere: a finding about a catalog has no fix."""

    def span(self, _: Path) -> None:
        """Likewise."""

    def style(self, _: Path) -> str:
        """Likewise."""
        return ""

    @property
    def value(self) -> None:
        """Likewise."""

    def position(self, path: Path) -> tuple[int, int]:
        """The first line that says the metric's name; the file's first where none does."""
        name = next((one for one in path if isinstance(one, str)), "")
        for number, line in enumerate(self.text.splitlines(), start=1):
            column = line.find(name)
            if name and column >= 0:
                return number, column + 1
        return 1, 1

    def position_of_key(self, path: Path) -> tuple[int, int]:
        """As `position`: it is the name that is looked for."""
        return self.position(path)

    def position_in(self, path: Path, _: int) -> tuple[int, int]:
        """As `position`: a catalog has no expressions."""
        return self.position(path)

    def forget(self) -> None:
        """There is nothing to forget."""


def spot(catalog: Catalog, metric: str) -> Spot:
    """Where a catalog speaks of a metric."""
    try:
        text = File(catalog.source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    return Spot(_CatalogFile(catalog.source or catalog.domain, text), (metric,), f"metric {metric}")


def written(catalogs: tuple[Catalog, ...]) -> list[Catalog]:
    """The catalogs that somebody wrote; those that we ship are proven by our own tests."""
    return [one for one in catalogs if one.source]
