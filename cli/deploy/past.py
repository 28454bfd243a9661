"""What a page's history in Grafana says of our last push: what it left there, where, and which edits it kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cli.deploy.compare import put_at
from cli.deploy.message import Span, digest_in, kept_in, overwritten_in
from cli.deploy.normalise import Edit, compare
from cli.grafana.model import LivePage, Version
from cli.grafana.port import Grafana

#: As many as a Grafana keeps, and some more where it keeps more.
ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A page as a push of ours left it.

    Attributes:
        body: the dashboard's JSON, as Grafana keeps it.
        version: its number in the history.
        digest: what the push called it.
        moved: somebody put it into another folder since.
        spans: where in the history the edits by hand are that the push kept in the page.
        kept: those edits; None when the history no longer holds them.
    """

    body: Mapping[str, Any]
    version: int
    digest: str
    moved: bool
    spans: tuple[Span, ...] = ()
    kept: tuple[Edit, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Past:
    """What the history says: its last entry, what our last push left, and whether we ever pushed the page."""

    newest: Version | None
    left: Left | None
    pushed: bool


def read(
    grafana: Grafana, uid: str, live: LivePage, places: Sequence[str], *, wanted: str = "", refresh: Any = None
) -> Past:
    """Ask for as little of the history as the answer takes: one entry, where the last save was our push.

    A message alone is not believed, for anybody can write one: its digest must be that of the page below it.

    Args:
        grafana: where the page is.
        uid: the page's.
        live: the page as it is.
        places: how the place where it lies may be written.
        wanted: where it is wanted.
        refresh: the one that is wanted, which the server may have raised.
    """
    newest = next(iter(grafana.versions(uid, 1)), None)
    if newest is None or newest.number != live.version:
        return Past(newest, None, pushed=bool(newest and digest_in(newest.message)))

    def left(entry: Version, body: Mapping[str, Any] | None) -> Left | None:
        said = digest_in(entry.message)
        place = put_at(body, said, (*places, wanted), refresh) if said and body is not None else None
        if body is None or place is None:
            return None
        spans = kept_in(entry.message)
        kept = _kept(grafana, uid, spans)
        moved = place not in places
        return Left(body=body, version=entry.number, digest=said, moved=moved, spans=spans, kept=kept)

    if found := left(newest, live.body):
        return Past(newest, found, pushed=True)
    entries = grafana.versions(uid, ENTRIES)
    undone = {overwritten_in(entry.message) for entry in entries}
    ours = [entry for entry in entries if digest_in(entry.message) and entry.number not in undone]
    for entry in ours:
        if found := left(entry, grafana.body_of(uid, entry.number)):
            return Past(newest, found, pushed=True)
    return Past(newest, None, pushed=bool(ours))


def _kept(grafana: Grafana, uid: str, spans: Sequence[Span]) -> tuple[Edit, ...] | None:
    found: list[Edit] = []
    for span in spans:
        base, live = grafana.body_of(uid, span.base), grafana.body_of(uid, span.live)
        if base is None or live is None:
            return None
        found += compare(base, live)
    return tuple(found)
