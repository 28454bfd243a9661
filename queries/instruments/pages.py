"""A `/metrics` page, of one process or of all that share a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

#: Several processes of one service write their numbers there, and each answers for all.
MANY = "PROMETHEUS_MULTIPROC_DIR"
OPENMETRICS = "application/openmetrics-text"


def exposition(of: CollectorRegistry, accept: str) -> tuple[bytes, str]:
    """The page and its content type, by what a request's Accept asks for."""
    import prometheus_client as client  # noqa: PLC0415 - whoever made this has it
    from prometheus_client.openmetrics import exposition as openmetrics  # noqa: PLC0415 - likewise

    registry: Any = of
    if MANY in os.environ:
        from prometheus_client import multiprocess  # noqa: PLC0415 - likewise

        registry = client.CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # it ships no types there
    view: Any = _WithoutCreated(registry)
    if OPENMETRICS in accept:
        text: bytes = openmetrics.generate_latest(view)  # type: ignore[no-untyped-call] # likewise
        return text, openmetrics.CONTENT_TYPE_LATEST
    return client.generate_latest(view), client.CONTENT_TYPE_PLAIN_0_0_4


def gone(pid: int) -> None:
    """What the gauges of an ended process held is forgotten."""
    if MANY in os.environ:
        from prometheus_client import multiprocess  # noqa: PLC0415 - likewise

        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call] # likewise


class _WithoutCreated:
    """A registry without the series that say when each other one began: they double a page, and nobody asks them."""

    def __init__(self, of: CollectorRegistry) -> None:
        self._of = of

    def collect(self) -> Iterator[Any]:
        for family in self._of.collect():
            family.samples = [one for one in family.samples if not one.name.endswith("_created")]
            yield family
