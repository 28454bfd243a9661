"""The line to a Prometheus, its own or through a Grafana: one question after the other, asked again where it helps.

Every question here only asks, so that each may be asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from threading import Event
from typing import Self
from urllib.parse import quote, urlencode

from cli.errors import RemoteError, Unreachable
from cli.grafana.no_answer import NoAnswer, Word
from cli.grafana.patience import Patience
from cli.grafana.question import Bound, ask
from cli.grafana.session import Straight
from cli.prometheus.failing import TooMuch, TooSlow
from cli.prometheus.heard import Said, heard, is_stopped
from cli.prometheus.hushed import secrets
from cli.prometheus.where import Where

__all__ = ["Line", "Where"]

AGENT = "dashboards-py"
#: A longer URL is a form: what is on the way may take no more.
LONGEST_URL = 2_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE = Patience(tries=3, base=0.25, cap=2.0, longest_wait=10.0)
AGAIN = (429, 500, 502, 503, 504)
#: Asked again, it would be the same.
IN_VAIN = ("slow", "large", "tls", "untrusted", "certificate")
#: What a word for no answer means.
WHY: Mapping[Word, str] = {
    "nobody": "nobody answers",
    "late": "nobody lets us in, in time",
    "cut": "the connection breaks off",
    "tls": "no secure connection; http:// if it has no TLS",
    "untrusted": "its certificate is not trusted; --ca FILE names who signed it",
    "certificate": "it wants a certificate of ours, and here none can be shown",
    "proxy": "the proxy on the way is not there, or does not let us through",
}


class Line:
    """A pool of connections to one Prometheus, safe to share between threads."""

    def __init__(self, where: Where, connections: int = 16, patience: Patience | None = None) -> None:
        self.where, self._patience, self._over = where, patience or PATIENCE, Event()
        self._below = f"/api/datasources/proxy/uid/{quote(where.source, safe='')}" if where.source else ""
        headers = {**_who(where), **where.headers}
        self._secrets = secrets(where.address.credentials, headers)
        self._session = Straight(where.address, connections, {"User-Agent": AGENT, **headers})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.give_up()
        self._session.close()

    def give_up(self) -> None:
        """No more tries: what fails now has failed."""
        self._over.set()

    def said(self, path: str, of: Iterable[tuple[str, str]] = (), bound: Bound | None = None) -> Said:
        """What it says to a path below `/api/v1/`.

        Raises:
            Declined: it refuses the query.
            TooSlow: it took too long.
            TooMuch: more came than is taken.
            Unreachable: nobody is there, or somebody else.
            Refused: we may not ask.
        """
        query = urlencode([*of])
        whole = f"{self._below}/api/v1/{path}"
        is_form = len(query) > LONGEST_URL
        url = whole if is_form or not query else f"{whole}?{query}"
        body, headers = (query.encode(), FORM) if is_form else (None, None)
        for failed in count(1):
            after = ""
            try:
                came = ask(self._session, url, body, headers, bound)
            except NoAnswer as error:
                if error.word in IN_VAIN or not self._patience.waited(self._over, failed, after):
                    raise self._nothing(error, bound or Bound()) from error
                continue
            if came.status_code not in AGAIN or is_stopped(came):
                return heard(self.where, came, self._secrets)
            after = str(came.headers.get("Retry-After") or "")
            if not self._patience.waited(self._over, failed, after):
                return heard(self.where, came, self._secrets)
        raise AssertionError("counting ends nowhere")

    def _nothing(self, error: NoAnswer, bound: Bound) -> RemoteError:
        if error.word == "slow":
            return TooSlow(f"no answer within {bound.seconds:g} s")
        if error.word == "large":
            return TooMuch(f"the answer is larger than {bound.largest // 2**20} MB")
        return Unreachable(f"{self.where.name}: {WHY[error.word]}", fix="look whether it is there, and its address")


def _who(where: Where) -> Mapping[str, str]:
    """Who asks, as a header; in which organisation of a Grafana."""
    organisation = where.address.organisation
    headers = {"X-Grafana-Org-Id": str(organisation)} if organisation and where.source else {}
    return {**headers, **where.address.credentials.authorization}
