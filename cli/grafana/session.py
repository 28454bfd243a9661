"""niquests' session, straight to the network: nothing of a request is decided by the machine that it runs on.

Its own session looks for a proxy, a certificate and a `~/.netrc` before every request, keeps cookies, follows redirects
and tries HTTP/2 and HTTP/3: none of it is wanted, and together it is a good third of what a request costs us.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from niquests import PreparedRequest, Session, exceptions
from niquests.packages.urllib3.exceptions import HTTPError
from niquests.utils import should_bypass_proxies

from cli import reading
from cli.errors import UsageError
from cli.grafana.address import EXAMPLE, Address

#: Where others look for the certificates that they trust, in this order.
TRUSTED = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")
#: Bytes that are unpacked at once: gzip makes a thousand times as many of them.
PIECE = 2**16
#: niquests' word for pieces that nobody waits for to be full.
AS_IT_COMES = -1
PROXIES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Came:
    """What came back, all of it."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


class Straight(Session):
    """A pool of connections to one address, through one proxy or none."""

    def __init__(self, where: Address, connections: int, headers: Mapping[str, str]) -> None:
        super().__init__(pool_maxsize=connections, disable_http2=True, disable_http3=True)
        self._blank = PreparedRequest()
        try:
            self._blank.prepare(
                method="GET",
                url=where.url,
                headers={**headers, "Accept": "application/json", "Accept-Encoding": "gzip"},
            )
        except ValueError:
            raise UsageError("the host in Grafana's URL is none that there can be", fix=EXAMPLE) from None
        self.verify = _trusted(where)
        if where.certificate:
            _must_be("client certificate", where.certificate)
            _must_be("key of the client certificate", where.key or where.certificate)
            self.cert = (where.certificate, where.key) if where.key else where.certificate
        self.proxies = _proxies(where)
        self._adapter = self.get_adapter(where.url)

    @property
    def base(self) -> str:
        """The address in the letters that a URL may have; a path follows it."""
        return str(self._blank.url).rstrip("/")

    def request(self, method: str, url: str, **more: Any) -> Any:  # type: ignore[override] # it only gets what it takes
        """One request, one answer, whatever it is; grafana-client calls it with all that it knows.

        Who also says `until` (of `monotonic`) and `largest` (bytes) waits no longer and takes no more.
        """
        asked: Any = self._blank.copy()
        asked.method, asked.url, asked.body = method.upper(), url, more["data"]
        asked.headers.update(more["headers"] or {})
        asked.prepare_content_length(asked.body)
        if more["auth"]:
            more["auth"](asked)
        try:
            answer: Any = self._adapter.send(
                asked,
                timeout=more["timeout"],
                verify=self.verify,
                cert=self.cert,
                proxies=self.proxies,
            )
            content = _all_of(answer, more.get("until", inf), more.get("largest", reading.LARGEST))
            return Came(answer.status_code, answer.headers, content)
        except (HTTPError, RecursionError) as error:  # a wrong chunk; a thousand early hints
            raise exceptions.ConnectionError("this is no HTTP") from error


def _all_of(answer: Any, until: float, largest: int) -> bytes:
    """The body, while an error is still this request's, and as long as no Grafana's is longer.

    Raises:
        ContentDecodingError: it is.
        ReadTimeout: it comes drop by drop.
    """
    pieces, size = list[bytes](), 0
    try:
        for piece in answer.iter_content(PIECE if until == inf else AS_IT_COMES):
            size += len(piece)
            if size > largest:
                raise exceptions.ContentDecodingError(reading.TOO_LARGE)  # noqa: TRY301 - one way out for all
            if monotonic() > until:
                raise exceptions.ReadTimeout("drop by drop")  # noqa: TRY301 - likewise
            pieces.append(piece)
    except Exception:
        answer.close()  # with what is left of it on the way, nobody can use its connection again
        raise
    return b"".join(pieces)


def _proxies(where: Address) -> dict[str, str]:
    """The proxy of the address, or else the machine's, which niquests would ask for once and never again."""
    said = where.proxy
    if not said and not should_bypass_proxies(where.url, no_proxy=None):
        machine = getproxies()
        said = machine.get(where.scheme) or machine.get("all", "")
    return {where.scheme: _proxy(said)} if said else {}


def _proxy(said: str) -> str:
    """Its URL, which may go without http://; what niquests says of one that is none repeats its password."""
    url = said if "://" in said else f"http://{said}"
    try:
        split = urlsplit(url)
        usable = split.scheme in PROXIES and bool(split.hostname) and split.port != 0
    except ValueError:
        usable = False
    if not usable or split.path not in ("", "/") or split.query or split.fragment:
        raise UsageError("the proxy on the way to Grafana is no URL of one", fix="http://proxy.example.com:3128")
    return url


def _trusted(where: Address) -> str | bool:
    """The file or folder of trusted certificates; True for the machine's own."""
    if where.ca:
        return _must_be("CA certificate", where.ca)
    for name in TRUSTED:
        if path := os.environ.get(name):
            return _must_be(f"CA certificate, which {name} names,", path)
    return True


def _must_be(what: str, path: str) -> str:
    if not Path(path).exists():
        raise UsageError(f"the {what} is not there: {path}", fix="its whole path, and a file that we may read")
    return path
