"""What a file, standard input, a service or a whole Prometheus exports, told apart by what it answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from cli.errors import RemoteError
from cli.prometheus.access import Access
from cli.prometheus.failing import TooMuch, TooSlow
from cli.prometheus.fetch import is_address
from queries.catalogs.by_name import read
from queries.catalogs.compared import ALWAYS, Live
from queries.catalogs.exposition import read_exposition
from queries.catalogs.seen import Seen, seen_on
from queries.labels import TARGET

if TYPE_CHECKING:
    from cli.prometheus.line import Where

STDIN = "-"
PAGE = "/metrics"
#: A service that is asked whether it is a Prometheus has little to say.
PROBE = 5.0


class Source(NamedTuple):
    """What was found.

    Attributes:
        name: what to call it, without a password.
        live: what it exports.
        is_prometheus: whether it scrapes others, and is no service itself.
        target_labels: what scraping adds.
        interval: the longest time between two scrapes, in seconds; None where nobody says.
    """

    name: str
    live: Live
    is_prometheus: bool = False
    target_labels: tuple[str, ...] = TARGET
    interval: float | None = None


def found(source: str, jobs: Collection[str] = (), access: Access | None = None) -> Source:
    """All that it exports, whatever it is.

    Args:
        source: a file, "-" or an address: of a page, of a service or of a Prometheus.
        jobs: of a Prometheus only these; a page is of this job, where it is one.
        access: how an address is asked.

    Raises:
        NotACatalog: a file or standard input is no page.
        UsageError: it cannot be asked so.
        RemoteError: nobody answers, or with something else.
    """
    job = next(iter(jobs)) if len(jobs) == 1 else ""
    if not is_address(source):
        data, name = (read(source), source) if source != STDIN else (sys.stdin.buffer.read(), "<stdin>")
        return Source(name, Live(seen_on(read_exposition(data, name), job)))
    asks = access or Access()
    if urlsplit(source).path in ("", "/"):
        return _of_a_host(source, jobs, job, asks)
    return _of_a_path(source, jobs, job, asks)


def _of_a_host(source: str, jobs: Collection[str], job: str, asks: Access) -> Source:
    """A Prometheus is asked whether it is one; whoever is none has a page, probably."""
    try:
        there = _prometheus(source, asks)
    except (TooSlow, TooMuch):
        raise
    except RemoteError as error:
        split = urlsplit(source)
        try:
            return _page(urlunsplit(split._replace(path=PAGE)), job, asks)
        except RemoteError as other:
            # an address that answers with something is told by that; any other by why it does not answer at all
            raise (other if _is_something(other) else error) from error
    return _all_of(there, jobs)


def _of_a_path(source: str, jobs: Collection[str], job: str, asks: Access) -> Source:
    """A path is a page's, as a rule; a Prometheus may lie below one, too."""
    try:
        return _page(source, job, asks)
    except RemoteError as error:
        # a page that is broken is a page, and no Prometheus' address has a query
        if error.where or not _is_something(error) or urlsplit(source).query:
            raise
        try:
            there = _prometheus(source, asks)
        except RemoteError:
            raise error from None
    return _all_of(there, jobs)


def _is_something(error: RemoteError) -> bool:
    """Whether somebody answered."""
    from cli.errors import Unreachable  # noqa: PLC0415 - only a failure asks

    return not isinstance(error, Unreachable)


def _page(address: str, job: str, asks: Access) -> Source:
    from cli.prometheus.metrics_page import metrics_page  # noqa: PLC0415 - a file needs no network

    page = metrics_page(address, headers=asks.sent(address, os.environ), context=asks.context())
    split = urlsplit(address)
    name = urlunsplit(split._replace(netloc=split.netloc.rpartition("@")[2], query="", fragment=""))
    return Source(name, Live(seen_on(page, job)))


def _prometheus(source: str, asks: Access) -> Where:
    """Where it is; RemoteError where there is none."""
    from cli.grafana.question import Bound  # noqa: PLC0415 - likewise
    from cli.prometheus.api import prometheus  # noqa: PLC0415 - likewise

    there = asks.where(source, os.environ)
    with prometheus(there, connections=1, bound=Bound(PROBE)) as api:
        api.hello()
    return there


def _all_of(there: Where, jobs: Collection[str]) -> Source:
    from cli.prometheus.api import prometheus  # noqa: PLC0415 - likewise
    from cli.prometheus.exported import exported  # noqa: PLC0415 - likewise

    with prometheus(there, connections=2) as api:
        every = exported(api, jobs)
    seen: list[Seen] = []
    for job, page in every.pages.items():
        seen += (one for one in seen_on(page, job) if one.name not in ALWAYS)
    live = Live(tuple(seen), every.jobs, every.recorded, every.described)
    return Source(there.address.url, live, True, every.target_labels, every.interval)
