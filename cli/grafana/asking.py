"""What both adapters do alike with a question: a path that stays in its place, an answer read or told apart."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from cli.errors import UsageError
from cli.grafana import failure
from cli.grafana.address import Address
from cli.grafana.answer import DONE, Answer, understood, value
from cli.grafana.shown import shown
from cli.grafana.wire import Wire

#: Grafana's own law for uids; anything else could leave its place in a URL.
UID = re.compile(r"[A-Za-z0-9_-]{1,40}")
#: More answers than these have no list that there is.
ENDLESS = 10_000
NOT_FOUND, CONFLICT, PRECONDITION = 404, 409, 412


class Asking:
    """One Grafana over one wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def where(self) -> Address:
        """Its address; safe to print."""
        return self._wire.where

    def give_up(self) -> None:
        """No more tries, and no more waiting for one: what fails now has failed."""
        self._wire.give_up()

    def _said(self, answer: Answer, doing: str, *, needs: str = "a role") -> Any:
        return value(self.where, answer, doing, needs)

    def _done(self, answer: Answer, doing: str, *, needs: str) -> None:
        """A delete was obeyed; Grafana 9 says so with nothing at all."""
        if answer.status not in DONE or answer.body.strip():
            self._said(answer, doing, needs=needs)

    def _pages(self, path: str, limit: int, doing: str, *, needs: str, inside: tuple[str, ...] = ()) -> Iterator[Any]:
        """The entries of a list that comes in pages of `limit`, the first being 1.

        Args:
            path: ends with what its pages follow: `?` or `&`.
            limit: of a page; a shorter one is the last.
            doing: what was asked, for the error.
            needs: the permission that it takes.
            inside: the keys that lead to the list in the answer.
        """
        before: list[Any] = []
        for number in range(1, ENDLESS):
            found = self._said(self._wire.get(f"{path}page={number}"), doing, needs=needs)
            with understood(self.where):
                for key in inside:
                    found = found[key]
                entries = list(found)
            if entries == before:
                return  # a server that does not know pages would answer the first one for ever
            yield from entries
            if len(entries) < limit:
                return
            before = entries
        raise failure.endless(self.where, doing)


def quoted(uid: str) -> str:
    """A uid that stays in its place in a URL, whoever wrote it."""
    if not UID.fullmatch(uid):
        raise UsageError(
            f"{shown(uid)!r} is no uid that Grafana knows",
            fix="at most 40 letters, digits, - and _",
        )
    return quote(uid, safe="")
