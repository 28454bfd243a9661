"""A service's `/metrics` page over HTTP: its text, or one clear word for why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cli.errors import RemoteError
from cli.prometheus.fetch import fetch
from queries.catalogs.exposition import Exposition, read_exposition
from queries.catalogs.not_a_catalog import NotACatalog

if TYPE_CHECKING:
    from ssl import SSLContext

#: Text first: who can speak protobuf only is told so.
ACCEPT = "application/openmetrics-text;version=1.0.0;q=0.9,text/plain;version=0.0.4;q=0.8,*/*;q=0.1"
OPEN = "application/openmetrics-text"
BINARY = ("application/vnd.google.protobuf", "application/x-protobuf", "application/octet-stream")
#: Seconds that a page may take: Prometheus' own default is 10, and it gives up then.
LONGEST = 30.0


class NoPage(RemoteError):
    """Something answered, and it is no `/metrics` page."""


def metrics_page(
    address: str, *, headers: Mapping[str, str], context: SSLContext | None = None, longest: float = LONGEST
) -> Exposition:
    """The page.

    Args:
        address: of the page.
        headers: that are sent besides, a token's for one.
        context: whose certificates are trusted; None for this machine's.
        longest: seconds that it may take.

    Raises:
        NoPage: what answers is none: HTML, JSON, protobuf, or text that is broken or was cut; says the line.
        RemoteError: nobody answers, not in time, or with an error.
    """
    fetched = fetch(address, longest, headers={"Accept": ACCEPT, **headers}, context=context)
    name, begin = fetched.name, fetched.raw[:100].lstrip()
    if fetched.kind in BINARY:
        raise NoPage(f"{name} answers protobuf, although it was asked for text", fix="its text format, 0.0.4")
    if fetched.kind == "text/html" or begin.startswith(b"<"):
        raise NoPage(f"{name} answers with a web page", fix="the address of its /metrics")
    if begin.startswith((b'{"', b"[")) and fetched.kind == "application/json":
        raise NoPage(f"{name} answers JSON", fix="the address of its /metrics")
    try:
        return read_exposition(fetched.raw, name, is_open=fetched.kind == OPEN)
    except NotACatalog as error:
        first = error.problems[0]
        raise NoPage(first.what, where=first.where, fix=first.fix) from error
