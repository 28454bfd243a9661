"""The data sources that pages name, and those that a Grafana has, as checks. Pure."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cli.commands._doctor_check import Check
from cli.deploy import sources as deploy
from cli.grafana.model import DataSource
from cli.grafana.shown import shown


def lacking(
    pages: Mapping[str, Mapping[str, Any]],
    sources: Collection[DataSource],
    pinned: Mapping[str, str],
) -> Iterator[Check]:
    """A check for each data source that is named and not there, or one that all are."""
    references = {name: deploy.named(page) for name, page in pages.items()}
    lacks = (*deploy.unknown(pinned, sources), *deploy.lacking(references, sources, pinned))
    for one in lacks:
        yield Check(f"data source {shown(one.name)}", False, shown(one.what), one.fix)
    if not lacks:
        yield Check(
            "data sources", True, shown(", ".join(f"{one.name} ({one.type})" for one in sources)) or "none needed"
        )
