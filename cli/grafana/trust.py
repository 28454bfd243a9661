"""Certificates: whom we trust, and what we show; settled once, and a file that is not there is said before we ask."""

import os
import ssl
from pathlib import Path

from cli.errors import UsageError
from cli.grafana.address import Address

#: Where others look for the certificates that they trust, in this order.
TRUSTED = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")


def context(where: Address) -> ssl.SSLContext:
    """What every secure connection to an address takes; UsageError where a file is not what it should be."""
    made = _trusting(_authorities(where))
    made.set_alpn_protocols(["http/1.1"])
    if where.certificate:
        try:
            # Without a password at hand, OpenSSL would ask for it on the terminal.
            made.load_cert_chain(where.certificate, where.key or where.certificate, password="")
        except OSError as error:
            raise _unusable("client certificate with its key", where.certificate) from error
    return made


def look(where: Address) -> None:
    """Raises UsageError where a file that is named is not there, whether or not a connection will take it."""
    _authorities(where)
    if where.certificate:
        _must_be("client certificate", where.certificate)
        _must_be("key of the client certificate", where.key or where.certificate)


def _trusting(authorities: str) -> ssl.SSLContext:
    if not authorities:
        import wassima  # noqa: PLC0415 - only a secure connection asks what the machine trusts

        return ssl.create_default_context(cadata=wassima.generate_ca_bundle())
    kind = "capath" if Path(authorities).is_dir() else "cafile"
    try:
        return ssl.create_default_context(**{kind: authorities})  # type: ignore[arg-type] # either is a path
    except OSError as error:
        raise _unusable("CA certificate", authorities) from error


def _authorities(where: Address) -> str:
    """The file or folder of trusted certificates; empty for the machine's own."""
    if where.ca:
        return _must_be("CA certificate", where.ca)
    for name in TRUSTED:
        if path := os.environ.get(name):
            return _must_be(f"CA certificate, which {name} names,", path)
    return ""


def _must_be(what: str, path: str) -> str:
    if not Path(path).exists():
        raise UsageError(f"the {what} is not there: {path}", fix="its whole path, and a file that we may read")
    return path


def _unusable(what: str, path: str) -> UsageError:
    return UsageError(f"the {what} is none that we can read: {path}", fix="PEM, and a key without a password")
