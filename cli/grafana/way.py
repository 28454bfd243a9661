"""The way to an address: a connection, straight or through a proxy, over TLS or not."""

import base64
import re
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies

from niquests.utils import should_bypass_proxies

from cli.errors import UsageError
from cli.grafana import trust
from cli.grafana.address import Address
from cli.grafana.no_answer import NoAnswer, Word

PORTS = {"http": 80, "https": 443}
#: How TLS says that the other side wants a certificate of ours, or another one.
WANTS_OURS = re.compile("certificate required|alert certificate|bad certificate", re.IGNORECASE)
PLAIN_PROXY = "http://proxy.example.com:3128"


class Way:
    """To one address, whenever it is gone."""

    def __init__(self, where: Address, base: SplitResult) -> None:
        """Args: base is the address in the letters that a URL may have.

        Raises:
            UsageError: a proxy that is none, a file of certificates that is not there.
        """
        self._host, self._secure = base.hostname or "", base.scheme == "https"
        self._port = base.port or PORTS[base.scheme]
        trust.look(where)
        self._proxy = _proxy(where)
        if self._secure and self._proxy is not None and self._proxy.scheme == "https":
            raise UsageError("a proxy that is reached by https:// lets nothing through to https://", fix=PLAIN_PROXY)
        secure = self._secure or (self._proxy is not None and self._proxy.scheme == "https")
        self._context = trust.context(where) if secure else None

    @property
    def is_passed_on(self) -> bool:
        """A proxy reads what we ask, which then names the whole URL, and asks it for us."""
        return self._proxy is not None and not self._secure

    @property
    def headers(self) -> Mapping[str, str]:
        """For a proxy that reads what we ask: who asks it."""
        return _basic(self._proxy) if self._proxy is not None and self.is_passed_on else {}

    def gone(self, seconds: float) -> HTTPConnection:
        """A new connection.

        Args:
            seconds: for each step of the way.

        Raises:
            NoAnswer: nobody is there, or not whom we trust.
        """
        line = self._line(seconds)
        try:
            line.connect()
        except (OSError, HTTPException, UnicodeError) as error:  # a name that no name service takes, too
            line.close()
            raise NoAnswer(self._why(error)) from error
        return line

    def _line(self, seconds: float) -> HTTPConnection:
        host, port = self._host, self._port
        if self._proxy is not None:
            host, port = self._proxy.hostname or "", self._proxy.port or PORTS[self._proxy.scheme]
        if self._context is None:
            return HTTPConnection(host, port, timeout=seconds)
        line = HTTPSConnection(host, port, timeout=seconds, context=self._context)
        if self._proxy is not None and self._secure:
            line.set_tunnel(self._host, self._port, dict(_basic(self._proxy)))
        return line

    def _why(self, error: Exception) -> Word:
        """Which side does not trust the other is in the words of the TLS library only."""
        if isinstance(error, ssl.SSLError):
            if wants_ours(error):
                return "certificate"
            return "untrusted" if isinstance(error, ssl.SSLCertVerificationError) else "tls"
        if self._proxy is not None:
            return "proxy"
        return "late" if isinstance(error, TimeoutError) else "nobody"


def wants_ours(error: OSError) -> bool:
    """Whether it is for want of a certificate of ours; in TLS 1.3 only the first answer says so."""
    return bool(WANTS_OURS.search(str(error)))


def _proxy(where: Address) -> SplitResult | None:
    """The proxy of the address, or else the machine's; what others say of one that is none repeats its password."""
    said = where.proxy
    if not said and not should_bypass_proxies(where.url, no_proxy=None):
        machine = getproxies()
        said = machine.get(where.scheme) or machine.get("all", "")
    if not said:
        return None
    try:
        split = urlsplit(said if "://" in said else f"http://{said}")
        usable = split.scheme in PORTS and bool(split.hostname) and split.port != 0
    except ValueError:
        usable = False
    if not usable or split.path not in ("", "/") or split.query or split.fragment:
        raise UsageError("the proxy on the way to Grafana is no URL of one", fix=PLAIN_PROXY)
    return split


def _basic(proxy: SplitResult) -> Mapping[str, str]:
    """The header that says who asks the proxy; nothing for nobody."""
    if not proxy.username:
        return {}
    said = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(said).decode()}"}
